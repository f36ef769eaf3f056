import { fProbability, fQuantile } from '../numeric/distributions.ts'
import { mean } from '../numeric/moments.ts'
import type { Message } from '../messages/message.ts'
import { iccForms, type IccForm } from './iccForms.ts'
import { refuse, tell } from './messages.ts'

export interface Icc {
  /** NaN when undefined; `reason` says why. */
  readonly icc: number
  readonly lower: number
  readonly upper: number
  readonly f: number
  readonly df1: number
  readonly df2: number
  readonly p: number
  readonly reason?: Message
}

export interface IccOptions {
  /** Of the two-sided interval. */
  readonly confidence: number
}

const defaultIccOptions: IccOptions = { confidence: 0.95 }

/** Mean squares of the two-way analysis of variance of patients and readers. */
export interface AgreementVariance {
  readonly patients: number
  readonly readers: number
  readonly betweenPatients: number
  readonly betweenReaders: number
  readonly residual: number
  /** Between readers and residual together: the error of the one-way analysis. */
  readonly withinPatients: number
}

/**
 * Splits the variance of readings. Sums of squares that rounding alone explains are 0, so that readings which do not vary are
 * recognised.
 * @param readings one array a reader, of the same patients in the same order, without missing values
 * @throws DataError for fewer than two readers or patients, unequal lengths, or a value that is not finite
 */
export function splitVariance(readings: readonly ArrayLike<number>[]): AgreementVariance {
  const readers = readings.length
  const patients = readings[0]?.length ?? 0
  if (readers < 2 || patients < 2) throw refuse('icc-size', { readers, patients })
  let size = 0
  for (const reading of readings) {
    if (reading.length !== patients) throw refuse('icc-lengths', { patients, readings: reading.length })
    for (let i = 0; i < patients; i++) {
      if (!Number.isFinite(reading[i])) throw refuse('icc-value', { patient: i + 1, found: reading[i] })
      size = Math.max(size, Math.abs(reading[i]))
    }
  }
  const ofPatients = new Float64Array(patients)
  for (let i = 0; i < patients; i++) {
    // As differences from the first reader: readings that are equal have exactly their own value as mean.
    let rest = 0
    for (const reading of readings) rest += reading[i] - readings[0][i]
    ofPatients[i] = readings[0][i] + rest / readers
  }
  const centre = mean(ofPatients)
  let [patientSquares, readerSquares, residualSquares] = [0, 0, 0]
  for (let i = 0; i < patients; i++) patientSquares += square(ofPatients[i] - centre)
  for (const reading of readings) {
    let shift = 0
    for (let i = 0; i < patients; i++) shift += reading[i] - ofPatients[i]
    shift /= patients
    readerSquares += square(shift)
    for (let i = 0; i < patients; i++) residualSquares += square(reading[i] - ofPatients[i] - shift)
  }
  const noise = patients * readers * square(4 * Number.EPSILON * size)
  const clear = (squares: number) => (squares <= noise ? 0 : squares)
  const [p, r, e] = [clear(readers * patientSquares), clear(patients * readerSquares), clear(residualSquares)]
  return {
    patients,
    readers,
    betweenPatients: p / (patients - 1),
    betweenReaders: r / (readers - 1),
    residual: e / ((patients - 1) * (readers - 1)),
    withinPatients: (r + e) / (patients * (readers - 1)),
  }
}

/** All six forms for the same readings; see `iccOf` and `splitVariance`. */
export function computeIcc(
  readings: readonly ArrayLike<number>[],
  options: Partial<IccOptions> = {},
): Readonly<Record<IccForm, Icc>> {
  const variance = splitVariance(readings)
  const entries = iccForms.map((form) => [form, iccOf(variance, form, options)] as const)
  return Object.fromEntries(entries) as Record<IccForm, Icc>
}

/**
 * One form of the intraclass correlation with F test and interval: Shrout and Fleiss (1979), for ICC2 the interval of McGraw and
 * Wong (1996, table 7); equal to `psych::ICC(lmer = FALSE)`. Without any difference between readers it is 1, with the
 * interval 1 to 1; it is undefined when neither patients nor readers differ, and where its denominator is 0.
 */
export function iccOf(variance: AgreementVariance, form: IccForm, options: Partial<IccOptions> = {}): Icc {
  const { confidence } = { ...defaultIccOptions, ...options }
  const { patients: n, readers: k, betweenPatients: b, betweenReaders: j } = variance
  const oneWay = form === 'ICC1' || form === 'ICC1k'
  const e = oneWay ? variance.withinPatients : variance.residual
  const icc = (b - e) / denominator(variance, form)
  const df1 = n - 1
  const df2 = oneWay ? n * (k - 1) : (n - 1) * (k - 1)
  const f = b / e
  const test = { f, df1, df2, p: fProbability(f, df1, df2, true) }
  if (b === 0 && j === 0 && e === 0) return undefinedIcc(test, 'icc-constant')
  if (!Number.isFinite(icc)) return undefinedIcc(test, b === 0 ? 'icc-patients-equal' : 'icc-not-finite')
  const point = 1 - (1 - confidence) / 2
  const ofReaders = form.endsWith('k')
  const bounds = form === 'ICC2' || form === 'ICC2k' ? absoluteBounds(variance, point) : ratioBounds(f, df1, df2, k, point)
  const [lower, upper] = ofReaders ? bounds.map((bound) => stepUp(bound, k)) : bounds
  return { icc, lower, upper, ...test }
}

function denominator({ patients, readers, ...ms }: AgreementVariance, form: IccForm): number {
  const { betweenPatients: b, betweenReaders: j, residual: e, withinPatients: w } = ms
  switch (form) {
    case 'ICC1':
      return b + (readers - 1) * w
    case 'ICC2':
      return b + (readers - 1) * e + (readers * (j - e)) / patients
    case 'ICC3':
      return b + (readers - 1) * e
    case 'ICC2k':
      return b + (j - e) / patients
    case 'ICC1k':
    case 'ICC3k':
      return b
  }
}

/** One reader's bounds from those of F. */
function ratioBounds(f: number, df1: number, df2: number, readers: number, point: number): [number, number] {
  if (f === Infinity) return [1, 1]
  const bound = (ratio: number) => (ratio - 1) / (ratio + readers - 1)
  return [bound(f / fQuantile(point, df1, df2)), bound(f * fQuantile(point, df2, df1))]
}

/** One reader's bounds of absolute agreement, with Satterthwaite's degrees of freedom; a form that allows a residual of 0. */
function absoluteBounds(variance: AgreementVariance, point: number): [number, number] {
  const { patients: n, readers: k, betweenPatients: b, betweenReaders: j, residual: e } = variance
  if (j === 0 && e === 0) return [1, 1]
  const icc = (b - e) / denominator(variance, 'ICC2')
  const ofReaders = k * icc * j
  const ofResidual = (n * (1 + (k - 1) * icc) - k * icc) * e
  const df = ((k - 1) * (n - 1) * square(ofReaders + ofResidual)) / ((n - 1) * square(ofReaders) + square(ofResidual))
  const error = k * j + (k * n - k - n) * e
  const [above, below] = [fQuantile(point, n - 1, df), fQuantile(point, df, n - 1)]
  return [(n * (b - above * e)) / (above * error + n * b), (n * (below * b - e)) / (error + n * below * b)]
}

/** Spearman and Brown: from one reader to the mean of all. */
function stepUp(bound: number, readers: number): number {
  return (bound * readers) / (1 + bound * (readers - 1))
}

function undefinedIcc(
  test: Pick<Icc, 'f' | 'df1' | 'df2' | 'p'>,
  why: 'icc-constant' | 'icc-patients-equal' | 'icc-not-finite',
): Icc {
  return { icc: NaN, lower: NaN, upper: NaN, ...test, reason: tell(why, {}) }
}

function square(x: number): number {
  return x * x
}
