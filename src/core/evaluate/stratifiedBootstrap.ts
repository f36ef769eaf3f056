import { groupBy } from '../numeric/groupBy.ts'
import { createRandom, deriveSeed, type Random, type Seed } from '../numeric/random.ts'
import { quantileOfSorted } from '../numeric/quantile.ts'
import { requireLevel, type Interval } from './interval.ts'
import { refuse } from './messages.ts'

export interface BootstrapOptions {
  readonly resamples: number
  readonly seed: Seed
  readonly level: number
  /** The patient of each row, where a patient has several rows: patients are drawn then, not rows, and from all of them alike. */
  readonly clusters?: readonly string[]
}

/** pROC's number for the coordinates at a cut-off is 2000; AUC alone is cheap enough for 10,000. */
export const defaultBootstrapOptions: BootstrapOptions = { resamples: 2000, seed: 1, level: 0.95 }

/** A percentile interval. Resamples in which the figure is not defined (0 / 0) are left out and counted. */
export interface BootstrapInterval extends Interval {
  readonly undefinedResamples: number
}

/**
 * Draws patients with replacement within each class, so that every resample has the cohort's numbers of positive and negative
 * patients (Carpenter and Bithell 2000; pROC's `boot.stratified`). The same seed and outcome give the same resamples: figures
 * of two models computed with them are paired. With clusters, whole patients are drawn with replacement, without regard to class: the
 * numbers of rows and classes vary, and a resample may have one class only.
 * @param outcome 0 or 1 a row
 * @param visit is given the drawn rows, positives first, and how many these are; the array is used again for the next resample
 * @throws DataError unless the number of resamples is a whole number from 1
 */
export function forEachResample(
  outcome: ArrayLike<number>,
  { resamples, seed, level, clusters }: BootstrapOptions,
  visit: (rows: Int32Array, resample: number, positives: number) => void,
): void {
  requireLevel(level)
  if (!Number.isSafeInteger(resamples) || resamples < 1) throw refuse('resamples', { given: resamples })
  const all = Array.from(outcome, (_, row) => row)
  const positives = Int32Array.from(all.filter((row) => outcome[row] === 1))
  const negatives = Int32Array.from(all.filter((row) => outcome[row] !== 1))
  if (clusters && new Set(clusters).size < clusters.length) return drawPatients(outcome, clusters, { resamples, seed }, visit)
  const random = createRandom(deriveSeed(seed, 'stratified bootstrap'))
  const rows = new Int32Array(all.length)
  for (let resample = 0; resample < resamples; resample++) {
    drawInto(rows, 0, positives, random)
    drawInto(rows, positives.length, negatives, random)
    visit(rows, resample, positives.length)
  }
}

function drawPatients(
  outcome: ArrayLike<number>,
  clusters: readonly string[],
  { resamples, seed }: Pick<BootstrapOptions, 'resamples' | 'seed'>,
  visit: (rows: Int32Array, resample: number, positives: number) => void,
): void {
  const patients = [...groupBy([...clusters.keys()], (row) => clusters[row]).values()]
  const positives = patients.map((rows) => rows.filter((row) => outcome[row] === 1))
  const negatives = patients.map((rows) => rows.filter((row) => outcome[row] !== 1))
  const random = createRandom(deriveSeed(seed, 'bootstrap of patients'))
  const drawn = new Int32Array(patients.length)
  const rows = new Int32Array(patients.length * Math.max(...patients.map(({ length }) => length)))
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = random.integer(patients.length)
    const ones = fillDrawn(rows, 0, drawn, positives)
    visit(rows.subarray(0, fillDrawn(rows, ones, drawn, negatives)), resample, ones)
  }
}

/** @returns where the rows of the drawn patients end */
function fillDrawn(rows: Int32Array, from: number, drawn: Int32Array, rowsOf: readonly (readonly number[])[]): number {
  let at = from
  for (const patient of drawn) for (const row of rowsOf[patient]) rows[at++] = row
  return at
}

/**
 * Scales 32 random bits instead of rejecting some, which is three times as fast; the chances of two rows differ by at most
 * their number / 2^32.
 */
function drawInto(rows: Int32Array, from: number, of: Int32Array, random: Random): void {
  const scale = of.length / 0x100000000
  for (let i = 0; i < of.length; i++) rows[from + i] = of[Math.floor(random.bits() * scale)]
}

/** Quantiles of type 7 at (1 - level) / 2 and (1 + level) / 2 of the values that are not NaN. */
export function percentileInterval(values: Float64Array, level: number): BootstrapInterval {
  const defined = values.filter((value) => !Number.isNaN(value)).sort()
  return {
    lower: quantileOfSorted(defined, (1 - level) / 2),
    upper: quantileOfSorted(defined, (1 + level) / 2),
    undefinedResamples: values.length - defined.length,
  }
}
