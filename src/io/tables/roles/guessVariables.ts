import { foldCell } from '../../../core/cohort/clinical/readCell.ts'
import type { VariableKind, VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import { idNames } from '../columnWords.ts'
import { nameColumns } from './nameColumns.ts'

/** What columns of a hospital's table are called, English and Chinese; the first that fits a column counts, the first column that fits is the variable's. */
const names: readonly (readonly [id: string, kind: VariableKind, words: RegExp])[] = [
  ['age', 'age', /^age\b|\u5e74\u9f84/],
  ['bmi', 'bmi', /^bmi\b|body mass|\u4f53\u91cd\u6307\u6570|\u4f53\u8d28\u6307\u6570/],
  ['size_cm', 'size', /size|diameter|\u80bf\u7624\u5927\u5c0f|\u6700\u5927\u5f84|\u76f4\u5f84/],
  ['tic', 'tic', /^tic\b|time.intensity|curve type|\u66f2\u7ebf/],
  ['side', 'side', /^(side|laterality)\b|\u4fa7\u522b|\u60a3\u4fa7|\u5de6\u53f3/],
  ['er', 'receptor', /^e\.?r\b|estrogen|oestrogen|\u96cc\u6fc0\u7d20/],
  ['pr', 'receptor', /^p\.?r\b|progesterone|\u5b55\u6fc0\u7d20/],
  ['ki67', 'ki67', /^ki.?67/],
  ['aln', 'nodes', /^aln\b|^ln\b|lymph|\u6dcb\u5df4/],
  ['surgery_date', 'date', /(surgery|operation|op).*(date|day)|(date|day).*(surgery|operation)|\u624b\u672f\u65e5\u671f/],
  ['mri_date', 'date', /(mri|scan|exam).*(date|day)|(date|day).*(mri|scan|exam)|\u68c0\u67e5\u65e5\u671f/],
]
/** The variables that a table can be asked for, in the order of tables. */
export const knownVariables: readonly Pick<VariableSpec, 'id' | 'kind'>[] = [
  { id: 'her2', kind: 'her2' },
  ...names.map(([id, kind]) => ({ id, kind })),
]

const personNames = /name|\u59d3\u540d/i
const ishWords = /fish|cish|dish|\bish\b|\u539f\u4f4d\u6742\u4ea4/
const her2Words = /her.?2|c-?erbb-?2|\bihc\b/

export interface ClinicalColumns {
  /** Column of the patients' IDs; null where none is called so. */
  readonly id: string | null
  readonly variables: readonly VariableSpec[]
  /** Not read: nothing says what they are. */
  readonly others: readonly string[]
}

/** What the columns of a clinical table are, by their names: guesses, to be shown. */
export function guessVariables(columns: readonly string[]): ClinicalColumns {
  const folded = columns.map((column) => foldCell(column).replaceAll('_', ' '))
  const find = (words: RegExp, but?: RegExp) => columns.find((_, at) => words.test(folded[at]) && !but?.test(folded[at]))
  const ids = columns.filter((column) => idNames.test(column))
  // Hospitals write names beside IDs.
  const id =
    columns.find((column) => /^id$/i.test(column)) ?? ids.find((column) => !personNames.test(column)) ?? ids.at(0) ?? null
  const [ish, her2] = [find(ishWords), find(her2Words, ishWords)]
  const variables = names.flatMap(([name, kind, words]): VariableSpec[] => {
    const column = find(words)
    return column === undefined || column === id ? [] : [{ id: name, kind, column }]
  })
  const ofHer2: VariableSpec[] = her2 === undefined ? [] : [{ id: 'her2', kind: 'her2', column: her2, ...(ish !== undefined && { ishColumn: ish }) }] // prettier-ignore
  const all = [...variables, ...ofHer2]
  const taken = new Set([id, ...all.flatMap(({ column, ishColumn }) => [column, ishColumn])])
  return { id, variables: all, others: columns.filter((column) => !taken.has(column)) }
}

/** So many named variables tell the row of names from what stands above it. */
const fewestNamed = 3

/** A clinical table whose row of names is found; what stands above it, and blank rows, are left out. */
export interface ClinicalRows {
  /** Blanks at the ends are gone; each name is there once. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** @param rows as they lie in a file, of whatever length each */
export function findClinicalRows(rows: readonly (readonly string[])[]): ClinicalRows {
  const head = Math.max(0, rows.findIndex((row) => guessVariables(row).variables.length >= fewestNamed)) // prettier-ignore
  return {
    columns: nameColumns((rows[head] ?? []).map((name) => name.trim())),
    rows: rows.slice(head + 1).filter((row) => row.some((cell) => cell.trim() !== '')),
  }
}
