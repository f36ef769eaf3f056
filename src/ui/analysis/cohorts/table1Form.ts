import {
  formatMoments,
  formatQuartiles,
  formatShare,
  type CategoricalRow,
  type ContinuousRow,
  type Table1,
} from '../../../core/cohort/table1.ts'
import { formatP } from '../../../core/numeric/formatP.ts'
import type { PaperTable } from '../../../io/results/paperTable.ts'

/** A line of Table 1 as a paper prints it. */
export interface FormLine {
  readonly name: string
  /** A level of the variable above it, or how many are missing. */
  readonly isLevel: boolean
  /** One a group. */
  readonly cells: readonly string[]
  readonly p: string
  /** Of the test, for its footnote; '' where there is no P. */
  readonly mark: string
}

export interface Table1Form {
  readonly heads: readonly string[]
  readonly lines: readonly FormLine[]
  /** Marks and the tests that they stand for. */
  readonly footnotes: readonly (readonly [mark: string, test: string])[]
}

const marks = ['a', 'b', 'c', 'd', 'e']

export function formOfTable1({ groups, rows }: Table1, centre: Centre): Table1Form {
  const tests = [...new Set(rows.flatMap((row) => testOf(row) ?? []))]
  const markOf = (row: ContinuousRow | CategoricalRow) => marks[tests.indexOf(testOf(row) ?? '')] ?? ''
  const patients = groups.map(({ patients }) => patients)
  const below = (name: string, cells: readonly string[]): FormLine => ({ name, isLevel: true, cells, p: '', mark: '' })
  const lines = rows.flatMap((row): FormLine[] => {
    const head = { name: row.name, isLevel: false, p: formatP(row.test.fisherP ?? row.test.p), mark: markOf(row) }
    const missing = row.missing.some((count) => count > 0) ? [below('missing', row.missing.map(String))] : []
    if (row.kind === 'continuous')
      return [
        {
          ...head,
          cells: centre === 'median' ? row.quartiles.map((quartiles) => formatQuartiles(quartiles)) : row.moments.map((moments) => formatMoments(moments)), // prettier-ignore
        },
        ...missing,
      ]
    const present = patients.map((count, g) => count - row.missing[g])
    const levels = row.levels.map((level, l) =>
      below(
        level,
        row.counts[l].map((count, g) => formatShare(count, present[g])),
      ),
    )
    return [{ ...head, cells: patients.map(() => '') }, ...levels, ...missing]
  })
  return {
    heads: groups.map(({ name, patients }) => `${name} (n = ${patients})`),
    lines,
    footnotes: tests.map((test, i) => [marks[i], test]),
  }
}

function testOf({ test: { p, fisherP, method } }: ContinuousRow | CategoricalRow): string | undefined {
  if (fisherP !== undefined) return 'Fisher’s exact test, as an expected count is below 5'
  return Number.isNaN(p) ? undefined : method
}

export type Centre = 'median' | 'mean'

/** How continuous variables and levels are told. */
export const noteOf = (centre: Centre) =>
  `${centre === 'median' ? 'Median [first quartile;third quartile]' : 'Mean ± standard deviation'}, or number of patients (%).`

/** As it is pasted into a manuscript. */
export function paperOfTable1({ heads, lines, footnotes }: Table1Form, centre: Centre, withP: boolean): PaperTable {
  return {
    title: 'Table 1',
    heads: ['Variable', ...heads, ...(withP ? ['P'] : [])],
    rows: lines.map(({ name, isLevel, cells, p, mark }) => ({
      cells: [name, ...cells, ...(withP ? [{ text: p, mark }] : [])],
      ...(isLevel && { kind: 'below' as const }),
    })),
    notes: [noteOf(centre), ...(withP ? footnotes.map(([mark, test]) => `${mark}: ${test}.`) : [])],
  }
}
