import { equalToPyradiomics } from './equality.ts'

/** What is asked of features that should equal those of another implementation. */
export interface ComparisonTolerance {
  /** Relative difference that a feature may have. */
  readonly relative: number
  /** Absolute difference that counts as none. */
  readonly absolute: number
  /** The same for features that lose digits by cancellation (Skewness, ClusterShade, MCC, Imc1, Imc2, Correlation). */
  readonly absoluteWhereCancelling: number
  /** Fraction of the ROI's range that counts as none for grey values of float32 images (LoG, gradient). */
  readonly float32Range: number
  /** Relative difference that the median feature may have. */
  readonly median: number
}

export const defaultTolerance: ComparisonTolerance = {
  relative: equalToPyradiomics.relative,
  absolute: 1e-9,
  absoluteWhereCancelling: equalToPyradiomics.absoluteWhereCancelling,
  float32Range: 1e-6,
  median: 1e-9,
}

export interface FeatureDifference {
  readonly name: string
  readonly got: number
  readonly want: number
  /** 0 within the absolute tolerance, NaN where one side alone is NaN. */
  readonly relative: number
}

export interface Comparison {
  readonly equal: boolean
  /** One line for a reader: what is missing, what is outside, how far. */
  readonly summary: string
  readonly missing: readonly string[]
  readonly extra: readonly string[]
  /** Outside the tolerance, the worst first. */
  readonly outside: readonly FeatureDifference[]
  readonly medianRelative: number
}

const cancelling = ['Skewness', 'ClusterShade', 'MCC', 'Imc', 'Correlation']
const greyValues = new Set([
  'Minimum', 'Maximum', 'Mean', 'Median', 'Range', '10Percentile', '90Percentile', 'InterquartileRange', 'MeanAbsoluteDeviation',
  'RobustMeanAbsoluteDeviation', 'RootMeanSquared',
]) // prettier-ignore

/**
 * Compares features with those of another implementation, by PyRadiomics's names (`wavelet-LLH_glcm_Idm`).
 * Two NaN, and two equal infinities, are equal. Order does not matter.
 */
export function compareFeatures(
  got: Iterable<readonly [string, number]>,
  want: Iterable<readonly [string, number]>,
  tolerance: ComparisonTolerance = defaultTolerance,
): Comparison {
  const [ours, theirs] = [new Map(got), new Map(want)]
  const missing = [...theirs.keys()].filter((name) => !ours.has(name))
  const extra = [...ours.keys()].filter((name) => !theirs.has(name))
  const differences = [...theirs]
    .filter(([name]) => ours.has(name))
    .map(([name, wanted]) => {
      const value = ours.get(name)!
      return {
        name,
        got: value,
        want: wanted,
        relative: relativeDifference(value, wanted, absoluteFloor(name, theirs, tolerance)),
      }
    })
    .sort((a, b) => severity(b.relative) - severity(a.relative))

  const outside = differences.filter(({ relative }) => !(relative <= tolerance.relative))
  const medianRelative = differences.length ? differences[Math.floor(differences.length / 2)].relative : 0
  const equal = missing.length + extra.length + outside.length === 0 && medianRelative <= tolerance.median
  const summary = [
    `${differences.length - outside.length}/${theirs.size} within ${tolerance.relative}`,
    `missing ${list(missing)}`,
    `extra ${list(extra)}`,
    `outside ${list(outside.map(describe))}`,
    `median ${medianRelative.toExponential(1)}`,
  ].join('; ')
  return { equal, summary, missing, extra, outside, medianRelative }
}

/**
 * Features out of `feature,value` lines (header first); diagnostics are left out.
 * @throws if a value is no number.
 */
export function parseFeatureLines(text: string): [string, number][] {
  return text
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line && !line.startsWith('diagnostics_') && !line.startsWith('"diagnostics_'))
    .map((line) => {
      const comma = line.lastIndexOf(',')
      return [line.slice(0, comma), parseNumber(line.slice(comma + 1), line)]
    })
}

/** Python writes nan, inf and -inf. */
function parseNumber(text: string, line: string): number {
  const infinity = /^(-?)inf(inity)?$/i.exec(text)
  if (infinity) return infinity[1] ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return NaN
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value))
    throw new Error(`A feature's value must be a number, found "${text}" in the line "${line}".`)
  return value
}

function absoluteFloor(name: string, want: ReadonlyMap<string, number>, tolerance: ComparisonTolerance): number {
  const floor = cancelling.some((part) => name.includes(part)) ? tolerance.absoluteWhereCancelling : tolerance.absolute
  const [image, featureClass, feature] = name.split('_') as [string, string, string]
  const isFloat32 = image === 'gradient' || image.startsWith('log-')
  if (!isFloat32 || featureClass !== 'firstorder' || !greyValues.has(feature)) return floor
  return Math.max(floor, tolerance.float32Range * Math.abs(want.get(`${image}_firstorder_Range`) ?? 0))
}

function relativeDifference(got: number, want: number, floor: number): number {
  if (Object.is(got, want) || got === want || Math.abs(got - want) <= floor) return 0
  if (!Number.isFinite(got) || !Number.isFinite(want)) return NaN
  return Math.abs(got - want) / Math.max(Math.abs(want), Number.MIN_VALUE)
}

function severity(relative: number): number {
  return Number.isNaN(relative) ? Number.MAX_VALUE : relative
}

function describe({ name, got, want, relative }: FeatureDifference): string {
  return `${name} got ${got} want ${want} (${relative.toExponential(1)})`
}

function list(names: readonly string[]): string {
  if (names.length === 0) return '0'
  return `${names.length} (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''})`
}
