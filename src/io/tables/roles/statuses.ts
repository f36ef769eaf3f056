import { daysToSurgery } from '../../../core/cohort/clinical/daysToSurgery.ts'
import type { ClinicalStudy } from '../../../core/cohort/clinical/clinicalStudy.ts'
import { readClinical, type ClinicalReading } from '../../../core/cohort/clinical/readClinical.ts'
import { proposeExclusions, studyInclusion, type ExclusionFacts, type ExclusionReason } from '../../../core/study/exclusions.ts'
import type { NamedRows } from './nameRows.ts'
import type { RawTable } from './rawTable.ts'
import { statusColumns, type StatusColumn } from './statusColumns.ts'
import type { StatusChoice } from './studyChoice.ts'

/** What could not be read for sure: one answer for all its patients, or, in the rule's `words`, one a text. */
export interface StatusDoubt {
  readonly id: string
  readonly code: ClinicalReading['doubts'][number]['code']
  readonly variable: string
  readonly patients: readonly string[]
  /** What stands in the cells, each once, the most frequent first. */
  readonly texts: readonly { readonly text: string; readonly count: number }[]
  readonly options: readonly string[]
  readonly proposed: string | null
}

/** What the rules made of the tables. */
export interface StatusReading {
  /** As `statusColumns`, a text by patient; '' where nothing is known. */
  readonly columns: readonly (StatusColumn & { readonly textOf: ReadonlyMap<string, string> })[]
  readonly doubts: readonly StatusDoubt[]
  /** By the first reason that holds, who would be left out; in the order in which reasons count. */
  readonly proposed: ReadonlyMap<ExclusionReason, readonly string[]>
  /** Of these, who is. */
  readonly excluded: ReadonlyMap<ExclusionReason, readonly string[]>
  /** Whose HER2 of 3+ has a negative hybridisation beside it: they count as positive. */
  readonly against: readonly string[]
  readonly atOnePercent: ClinicalStudy['atOnePercent']
}

interface NamedTable {
  readonly raw: RawTable
  readonly named: NamedRows
}

/**
 * Statuses of the patients of a feature table, and its rows without those who are left out.
 * @param tables of features, and the clinical one that the rules read; without it the facts stand beside the features
 * @param textsIn the texts of a column, one a patient
 */
export function takeStatuses(
  choice: StatusChoice,
  tables: readonly NamedTable[],
  textsIn: (table: RawTable, named: NamedRows, patients: readonly string[]) => (at: number) => string[],
): StatusReading & { readonly named: NamedRows } {
  const [{ named: found }] = tables
  const { raw, named } = tables[tables.length - 1]
  const patients = [...new Set(found.ids)]
  const textsOf = textsIn(raw, named, patients)
  const told = new Set(named.ids)
  // A column that the table no longer has is one of blanks, as the rules say.
  const cellsOf = (column: string) => raw.header.includes(column) ? textsOf(raw.header.indexOf(column)) : patients.map(() => '') // prettier-ignore
  const taken = tables.flatMap(({ raw }) => raw.header)
  const reading = readStatuses(patients, cellsOf, (id) => told.has(id), choice, taken)
  const out = new Set([...reading.excluded.values()].flat())
  const kept = found.ids.flatMap((id, at) => (out.has(id) ? [] : [at]))
  return { ...reading, named: { rows: kept.map((at) => found.rows[at]), ids: kept.map((at) => found.ids[at]) } }
}

/**
 * Statuses by the rules that `texel study --clinical` has.
 * @param cellsOf of a column, one a patient
 * @param hasRow whether the table tells of a patient at all: of one it does not know no reason holds
 * @param taken names that the columns must not have
 */
function readStatuses(
  patients: readonly string[],
  cellsOf: (column: string) => readonly string[],
  hasRow: (patient: string) => boolean,
  { variables, answers, exclude }: StatusChoice,
  taken: readonly string[],
): StatusReading {
  const names = [...new Set(variables.flatMap(({ column, ishColumn }) => [column, ...(ishColumn === undefined ? [] : [ishColumn])]))] // prettier-ignore
  const cells = new Map(names.map((name) => [name, cellsOf(name)]))
  const rows = patients.map((_, row) => names.map((name) => cells.get(name)![row]))
  const { values, doubts, against, atOnePercent } = readClinical({ columns: names, rows }, variables, answers)
  const facts = patients.map((id, row): ExclusionFacts => {
    return {
      id,
      daysToSurgery: daysToSurgery({ surgery_date: values.surgery_date?.[row], mri_date: values.mri_date?.[row] }),
      treatedBefore: null,
      her2Known: hasRow(id) && values.her2 ? values.her2[row].value !== null : null,
      phases: null,
    }
  })
  const proposed = proposeExclusions(facts, studyInclusion)
  const textOf = ({ variable, task, values: [negative, positive] }: StatusColumn, row: number): string => {
    const { value } = values[variable][row]
    const text = value === null ? '' : String(value)
    if (!task) return text
    return task.positive.includes(text) ? positive : task.negative.includes(text) ? negative : ''
  }
  return {
    columns: statusColumns(variables, taken).map((column) => ({ ...column, textOf: new Map(patients.map((id, row) => [id, textOf(column, row)])) })), // prettier-ignore
    doubts: doubts.map(({ id, code, variable, rows, options, proposed }) => ({
      ...{ id, code, variable, options, proposed },
      patients: rows.map((row) => patients[row]),
      texts: countTexts(rows.map((row) => cells.get(variables.find((one) => one.id === variable)!.column)![row])),
    })),
    proposed,
    excluded: new Map([...proposed].filter(([reason]) => exclude.includes(reason))),
    against: against.map((row) => patients[row]),
    atOnePercent: Object.fromEntries(Object.entries(atOnePercent).map(([variable, rows]) => [variable, rows.length])),
  }
}

function countTexts(texts: readonly string[]): StatusDoubt['texts'] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count)
}
