import { messagesOf, type Message } from '../../core/messages/message.ts'

/** What a column says of a patient: in the protocol, in a clinical table, or by its name. */
export type Role =
  'patient' | 'outcome' | 'cohort' | 'batch' | 'covariate' | 'outcome by name' | 'cohort by name' | { readonly clinical: string }

/** IDs that are likely the same, written in two ways. */
type SamePairs = readonly (readonly [string, string])[]

/** Whose bytes may pass for GB18030 or Windows-1252, and which is not read; `alphabet` is one of another alphabet than the Latin one. */
export type OtherEncoding = 'korean' | 'traditionalChinese' | 'japanese' | 'alphabet'

export interface TablesMessages {
  'csv-broken': { readonly path: string; readonly row: number; readonly words: string }
  'table-empty': { readonly path: string }
  'table-without-rows': { readonly path: string }
  'column-unnamed': { readonly path: string; readonly column: number }
  'no-id-column': { readonly path: string; readonly likely: string | null; readonly columns: readonly string[] }
  'no-features': { readonly path: string }
  'no-computed-rows': { readonly path: string }
  'no-column': {
    readonly path: string
    readonly column: string
    readonly near: string | null
    readonly columns: readonly string[]
  }
  'outcome-values': { readonly path: string; readonly column: string; readonly present: readonly string[] }
  'positive-unsaid': {
    readonly path: string
    readonly column: string
    readonly present: readonly string[]
    readonly sayIn: 'option' | 'protocol'
  }
  'positive-absent': {
    readonly path: string
    readonly column: string
    readonly positive: string
    readonly present: readonly string[]
  }
  'no-ids': { readonly path: string }
  'table-unusable': { readonly path: string; readonly some: readonly Message[]; readonly problems: number }
  'column-repeated': { readonly column: string }
  'row-length': { readonly row: number; readonly cells: number; readonly columns: number }
  'row-cells': { readonly path: string; readonly row: number; readonly cells: number; readonly columns: number }
  'row-without-id': { readonly row: number }
  'id-repeated': { readonly id: string }
  cell: { readonly row: number; readonly id: string; readonly column: string; readonly problem: Message }
  'decimal-comma': { readonly text: string }
  'no-number': { readonly text: string }
  'column-unusable': { readonly path: string; readonly column: string; readonly problem: Message }
  'cell-unusable': {
    readonly path: string
    readonly row: number
    readonly id: string
    readonly column: string
    readonly problem: Message
  }
  'covariate-unusable': { readonly path: string; readonly column: string; readonly id: string; readonly problem: Message }
  'text-is-zip': Readonly<Record<never, never>>
  'gzip-damaged': Readonly<Record<never, never>>
  'text-is-binary': Readonly<Record<never, never>>
  'text-has-controls': Readonly<Record<never, never>>
  'encoding-unknown': Readonly<Record<never, never>>
  /** What was assumed of a table that is not UTF-8. */
  'encoding-assumed': { readonly encoding: string }
  'encoding-other': { readonly encoding: OtherEncoding }
  'encodings-mixed': Readonly<Record<never, never>>
  'predictor-has-role': { readonly column: string; readonly role: Role }
  'levels-unknown': {
    readonly path: string
    readonly column: string
    readonly strange: readonly { readonly id: string; readonly level: string }[]
    readonly levels: readonly string[]
  }
  'reference-absent': {
    readonly path: string
    readonly column: string
    readonly reference: string
    readonly levels: readonly string[]
  }
  'one-level': { readonly path: string; readonly column: string; readonly reference: string }
  'many-levels': { readonly path: string; readonly column: string; readonly levels: number; readonly most: number }
  'predictor-unusable': {
    readonly path: string
    readonly column: string
    readonly id: string
    readonly problem: Message
    readonly levels: readonly string[] | null
  }
  'infinite-value': Readonly<Record<never, never>>
  'role-columns': { readonly path: string; readonly columns: readonly { readonly column: string; readonly role: Role }[] }
  'score-roles': { readonly path: string; readonly columns: readonly { readonly column: string; readonly role: Role }[] }
  'many-readers': { readonly path: string; readonly readers: readonly string[] }
  'no-reader': { readonly path: string; readonly reader: string; readonly readers: readonly string[] }
  'read-by-second-only': {
    readonly path: string
    readonly first: string
    readonly second: string
    readonly ids: readonly string[]
    readonly likely: SamePairs
  }
  'sheet-not-held': { readonly path: string; readonly sheet: string }
  'sheet-chosen': { readonly path: string; readonly sheets: readonly string[]; readonly chosen: string; readonly other: string }
  'workbook-encrypted': { readonly path: string }
  'workbook-old': { readonly path: string }
  'no-workbook': { readonly path: string }
  'workbook-damaged': { readonly path: string }
  /** Unpacked, with the most that is read. */
  'workbook-too-large': { readonly path: string; readonly bytes: number; readonly most: number }
  'workbook-unreadable': { readonly path: string; readonly words: string }
  'no-sheet': { readonly path: string; readonly sheet: string; readonly sheets: readonly string[] }
  'cells-merged': { readonly path: string; readonly sheet: string; readonly cells: readonly string[] }
  'cells-without-value': {
    readonly path: string
    readonly sheet: string
    readonly cells: readonly { readonly cell: string; readonly error: string | null }[]
  }
  'parquet-nested': { readonly path: string; readonly column: string }
  'parquet-codec': { readonly path: string; readonly codec: string }
  'parquet-damaged': { readonly path: string; readonly words: string }
  'no-patient-shared': {
    readonly features: string
    readonly clinical: string
    readonly first: readonly [string, string]
    readonly likely: SamePairs
  }
  'patients-undescribed': {
    readonly features: string
    readonly clinical: string
    readonly ids: readonly string[]
    readonly likely: SamePairs
  }
  'cells-empty': { readonly path: string; readonly column: string; readonly ids: readonly string[] }
  'sequence-missing': { readonly sequence: string; readonly ids: readonly string[] }
  /** Examples are the first of each. */
  'profiles-mixed': {
    readonly path: string
    readonly pyradiomics: { readonly count: number; readonly example: string }
    readonly ibsi: { readonly count: number; readonly example: string }
  }
  'rows-of-patients': { readonly rows: number; readonly patients: number }
  'ids-likely-twice': { readonly path: string; readonly likely: SamePairs }
  'ids-of-one-patient': { readonly groups: readonly (readonly string[])[] }
  'patients-unmeasured': { readonly clinical: string; readonly ids: readonly string[]; readonly likely: SamePairs }
  'patients-unlabelled': { readonly column: string; readonly ids: readonly string[]; readonly harmonised: boolean }
  'outcome-classes': { readonly column: string; readonly positive: string; readonly negative: string }
  'outcome-empty': { readonly path: string; readonly column: string; readonly ids: readonly string[] }
  'cohort-empty': { readonly path: string; readonly column: string; readonly ids: readonly string[] }
  'patient-empty': { readonly path: string; readonly ids: readonly string[] }
  'patients-in-cohorts': {
    readonly path: string
    readonly patients: readonly { readonly patient: string; readonly cohorts: readonly string[] }[]
  }
  /** Of a model: columns that it looks at, each with what may be meant by it. */
  'model-columns-lacking': {
    readonly path: string
    readonly lacking: readonly { readonly column: string; readonly near: string | null }[]
    readonly needed: number
  }
  'two-readers': { readonly path: string }
  'no-row-for': { readonly path: string; readonly ids: readonly string[]; readonly likely: SamePairs }
  'rows-differ': {
    readonly path: string
    readonly column: string
    readonly id: string
    readonly values: readonly [string, string]
  }
  'training-unlabelled': { readonly column: string; readonly ids: readonly string[]; readonly likely: SamePairs }
  'nobody-complete': Readonly<Record<never, never>>
}

export const { refuse, tell } = messagesOf<TablesMessages>('tables')
