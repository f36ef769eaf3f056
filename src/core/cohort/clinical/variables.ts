/** What a variable is, and so how its cells are read and what of them is doubtful. */
export type VariableKind =
  'age' | 'bmi' | 'size' | 'number' | 'tic' | 'side' | 'receptor' | 'her2' | 'ki67' | 'nodes' | 'category' | 'date'

/** A variable of the study, and where the table has it. */
export interface VariableSpec {
  /** In tables and figures: `er`. */
  readonly id: string
  readonly kind: VariableKind
  /** Of the table; of `her2` the staining's. */
  readonly column: string
  /** Of `her2`: in-situ hybridisation. */
  readonly ishColumn?: string
  /** Words of this table that stand for another word or level, by the word as `foldCell` leaves it. */
  readonly words?: Readonly<Record<string, string>>
}

/** The levels that a variable of a kind can have, in the order of tables; null of numbers and of categories of the table's own. */
export const levelsOf: Readonly<Record<VariableKind, readonly string[] | null>> = {
  age: null,
  bmi: null,
  size: null,
  number: null,
  date: null,
  category: null,
  tic: ['I', 'II', 'III'],
  side: ['left', 'right'],
  receptor: ['negative', 'positive'],
  her2: ['zero', 'low', 'negative', 'positive'],
  ki67: ['low', 'high'],
  nodes: ['negative', 'positive'],
}

/** Words for levels, English and Chinese, as `foldCell` leaves them. A table's own stand above them. */
export const levelWords: Readonly<Partial<Record<VariableKind, Readonly<Record<string, string>>>>> = {
  tic: {
    '1': 'I', i: 'I', 'type 1': 'I', 'type i': 'I', inflow: 'I', persistent: 'I', '\u6d41\u5165\u578b': 'I', '\u4e0a\u5347\u578b': 'I', '\u6301\u7eed\u578b': 'I',
    '2': 'II', ii: 'II', 'type 2': 'II', 'type ii': 'II', plateau: 'II', '\u5e73\u53f0\u578b': 'II',
    '3': 'III', iii: 'III', 'type 3': 'III', 'type iii': 'III', outflow: 'III', washout: 'III', 'wash-out': 'III', '\u6d41\u51fa\u578b': 'III', '\u5ed3\u6e05\u578b': 'III',
  },
  side: { l: 'left', left: 'left', '\u5de6': 'left', '\u5de6\u4fa7': 'left', '\u5de6\u4e73': 'left', r: 'right', right: 'right', '\u53f3': 'right', '\u53f3\u4fa7': 'right', '\u53f3\u4e73': 'right' },
  receptor: { '-': 'negative', '(-)': 'negative', neg: 'negative', negative: 'negative', '\u9634\u6027': 'negative', pos: 'positive', positive: 'positive', '\u9633\u6027': 'positive' },
  ki67: { low: 'low', high: 'high', '\u4f4e': 'low', '\u9ad8': 'high', '\u4f4e\u8868\u8fbe': 'low', '\u9ad8\u8868\u8fbe': 'high' },
  nodes: {
    '0': 'negative', '-': 'negative', n0: 'negative', no: 'negative', neg: 'negative', negative: 'negative', '\u65e0': 'negative', '\u9634\u6027': 'negative', '\u5426': 'negative',
    '1': 'positive', '+': 'positive', n1: 'positive', n2: 'positive', n3: 'positive', yes: 'positive', pos: 'positive', positive: 'positive', '\u6709': 'positive', '\u9633\u6027': 'positive', '\u662f': 'positive',
  },
} // prettier-ignore
