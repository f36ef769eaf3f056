import { chiSquareTest } from '../statistics/chiSquareTest.ts'
import type { CountTable } from '../statistics/countTable.ts'
import { fisherExactTest } from '../statistics/fisherExactTest.ts'
import { kruskalTest } from '../statistics/kruskalTest.ts'
import { DataError, type Message } from '../messages/message.ts'
import { mean, standardDeviation } from '../numeric/moments.ts'
import { quantileOfSorted } from '../numeric/quantile.ts'
import { rankSumTest } from '../statistics/rankSumTest.ts'
import { sortPresent } from '../numeric/ranks.ts'
import { refuse, tell } from './messages.ts'

export interface ContinuousVariable {
  readonly name: string
  readonly kind: 'continuous'
  /** A value each patient; NaN is missing. */
  readonly values: ArrayLike<number>
}

export interface CategoricalVariable {
  readonly name: string
  readonly kind: 'categorical'
  /** A level each patient; null is missing. */
  readonly values: readonly (string | null)[]
  /** In the order to show; levels that no patient has are shown as 0. */
  readonly levels: readonly string[]
}

export type ClinicalVariable = ContinuousVariable | CategoricalVariable

export interface Quartiles {
  readonly median: number
  readonly q1: number
  readonly q3: number
}

export interface GroupTest {
  readonly method: 'Mann-Whitney U' | 'Kruskal-Wallis' | 'chi-square' | "chi-square with Yates's correction"
  /** NaN when the groups cannot be compared; the notes say why. */
  readonly p: number
  /** Fisher's exact P, where an expected count is below 5. */
  readonly fisherP?: number
}

interface Row {
  readonly name: string
  /** Missing values in each group. */
  readonly missing: readonly number[]
  readonly test: GroupTest
  readonly notes: readonly Message[]
}

export interface ContinuousRow extends Row {
  readonly kind: 'continuous'
  /** Of each group. */
  readonly quartiles: readonly Quartiles[]
  readonly moments: readonly { readonly mean: number; readonly sd: number }[]
}

export interface CategoricalRow extends Row {
  readonly kind: 'categorical'
  readonly levels: readonly string[]
  /** A row each level, a column each group. */
  readonly counts: CountTable
}

export interface Table1 {
  readonly groups: readonly { readonly name: string; readonly patients: number }[]
  /** Patients without a group, who are left out. */
  readonly withoutGroup: number
  readonly rows: readonly (ContinuousRow | CategoricalRow)[]
}

/**
 * The table that describes the patients of a study by group (cohort, outcome, centre). Continuous variables: median and
 * quartiles (R's type 7), Mann and Whitney's test, of three groups or more Kruskal and Wallis's. Categorical: counts, chi-square
 * test, with Yates's correction in 2 x 2 tables, and Fisher's where an expected count is below 5. Missing values are counted
 * and left out of their variable. A variable that does not vary, or has no value in a group, is shown without a P.
 * @param groupOf a group each patient; null is unknown. Groups stand in order of appearance.
 * @throws DataError when there are fewer than two groups, or a variable has not one value each patient
 */
export function makeTable1(groupOf: readonly (string | null)[], variables: readonly ClinicalVariable[]): Table1 {
  const names = [...new Set(groupOf)].filter((name) => name !== null)
  if (names.length < 2) throw refuse('groups', { only: names[0] })
  const wrong = variables.find(({ values }) => values.length !== groupOf.length)
  if (wrong) throw refuse('values-a-patient', { variable: wrong.name, values: wrong.values.length, patients: groupOf.length })
  const members = names.map((name) => groupOf.flatMap((group, i) => (group === name ? [i] : [])))
  return {
    groups: names.map((name, g) => ({ name, patients: members[g].length })),
    withoutGroup: groupOf.filter((group) => group === null).length,
    rows: variables.map((variable) =>
      variable.kind === 'continuous' ? describeContinuous(variable, members) : describeCategorical(variable, members),
    ),
  }
}

function describeContinuous({ name, values }: ContinuousVariable, members: readonly number[][]): ContinuousRow {
  const groups = members.map((rows) => sortPresent(rows.map((row) => values[row])))
  const quartiles = groups.map((sorted) => ({
    median: quantileOfSorted(sorted, 0.5),
    q1: quantileOfSorted(sorted, 0.25),
    q3: quantileOfSorted(sorted, 0.75),
  }))
  const moments = groups.map((sorted) => ({ mean: mean(sorted), sd: standardDeviation(sorted) }))
  const missing = groups.map((sorted, g) => members[g].length - sorted.length)
  const method = groups.length === 2 ? 'Mann-Whitney U' : 'Kruskal-Wallis'
  const comparable = groups.every((sorted) => sorted.length > 0)
  const p = !comparable ? NaN : groups.length === 2 ? rankSumTest(groups[0], groups[1]).p : kruskalTest(groups).p
  const notes = !comparable ? [tell('group-without-values', {})] : Number.isNaN(p) ? [tell('constant', {})] : []
  return { kind: 'continuous', name, missing, quartiles, moments, test: { method, p }, notes }
}

function describeCategorical({ name, values, levels }: CategoricalVariable, members: readonly number[][]): CategoricalRow {
  const unknown = values.find((value): value is string => value !== null && !levels.includes(value))
  if (unknown !== undefined) throw refuse('level-unknown', { variable: name, level: unknown, levels })
  const counts = levels.map((level) => members.map((rows) => rows.filter((row) => values[row] === level).length))
  const missing = members.map((rows) => rows.filter((row) => values[row] === null).length)
  const comparable = members.every((rows, g) => missing[g] < rows.length)
  const present = counts.filter((row) => row.some((count) => count > 0))
  const twoByTwo = present.length === 2 && members.length === 2
  const method = twoByTwo ? "chi-square with Yates's correction" : 'chi-square'
  const row = { kind: 'categorical', name, missing, levels, counts } as const
  if (!comparable || present.length < 2)
    return { ...row, test: { method, p: NaN }, notes: [comparable ? tell('constant', {}) : tell('group-without-values', {})] }
  const { p, expected } = chiSquareTest(present)
  const small = expected.flat().filter((count) => count < 5).length
  if (small === 0) return { ...row, test: { method, p }, notes: [] }
  const note = tell('counts-below-5', { small, cells: expected.flat().length })
  const fisher = tryFisher(present)
  return typeof fisher === 'number'
    ? { ...row, test: { method, p, fisherP: fisher }, notes: [note] }
    : { ...row, test: { method, p }, notes: [note, fisher] }
}

/** @returns P, or why there is none: a table too large is told, and the chi-square test stands. */
function tryFisher(counts: CountTable): number | Message {
  try {
    return fisherExactTest(counts).p
  } catch (error) {
    if (error instanceof DataError) return error.told
    throw error
  }
}

/** Median [Q1;Q3] as the paper prints it. */
export function formatQuartiles({ median, q1, q3 }: Quartiles, digits = 2): string {
  return Number.isNaN(median) ? '' : `${median.toFixed(digits)} [${q1.toFixed(digits)};${q3.toFixed(digits)}]`
}

/** Mean ± SD; of one value there is no SD. */
export function formatMoments({ mean, sd }: ContinuousRow['moments'][number], digits = 2): string {
  if (Number.isNaN(mean)) return ''
  return Number.isNaN(sd) ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${sd.toFixed(digits)}`
}

/** n (%) of the patients with a value. */
export function formatShare(count: number, of: number): string {
  return of === 0 ? '' : `${count} (${((100 * count) / of).toFixed(1)}%)`
}
