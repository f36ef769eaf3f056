import type { Volume } from '../image/volume.ts'
import type { Mask } from '../mask/mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { refuse } from './messages.ts'
import { defaultTimeIntensityOptions, type TimeIntensityOptions } from './timeIntensityOptions.ts'

/** The signal of a region over the phases of a dynamic series. */
export interface TimeIntensityCurve {
  /** Seconds from injection, ascending; one a phase. */
  readonly timesS: readonly number[]
  /** Mean grey level of the region in each phase; NaN if no voxel there is finite. */
  readonly means: readonly number[]
}

/** Kuhl et al. 1999, Radiology 211: I goes on rising, II stays (plateau), III falls (wash-out). */
export type CurveType = 'I' | 'II' | 'III'

export interface TimeIntensityDescription {
  /** From baseline to the early peak, of the baseline signal. */
  readonly washInPercent: number
  /** That, a second from the baseline phase to the early peak. */
  readonly washInPercentPerS: number
  readonly earlyPeakTimeS: number
  /** When the signal of all phases after the baseline is highest, the first of equals. */
  readonly peakTimeS: number
  readonly peakPercent: number
  /** From the early peak to the last phase, of the early signal: positive is inflow, negative outflow. */
  readonly washOutPercent: number
  /** Undefined where a mean is missing or the last phase is itself the early peak: there is nothing to see of a later course. */
  readonly type: CurveType | undefined
}

/**
 * The curve of a region or a small probe (a mask of a few voxels) over the phases.
 * @param mask of the phases' grid
 * @throws DataError if a phase has another size than the mask, or times do not ascend one a phase
 */
export function traceTimeIntensity(phases: readonly Volume[], timesS: readonly number[], mask: Mask): TimeIntensityCurve {
  checkTimes(phases.length, timesS)
  for (const [i, { size }] of phases.entries()) {
    if (size.some((n, axis) => n !== mask.size[axis])) {
      throw refuse('phase-off-grid', { phase: i + 1, size, maskSize: mask.size })
    }
  }
  const inside: number[] = []
  for (let i = 0; i < mask.voxels.length; i++) if (mask.voxels[i] !== 0) inside.push(i)
  return traceVoxels(phases, timesS, inside)
}

/**
 * The curve of a small probe: the voxels whose centres lie within `radiusMm` of the one at `index`, which is always among them.
 * @throws DataError if times do not ascend one a phase
 */
export function traceProbe(
  phases: readonly Volume[],
  timesS: readonly number[],
  index: Triple,
  radiusMm: number,
): TimeIntensityCurve {
  checkTimes(phases.length, timesS)
  const { size, spacingMm } = phases[0]
  const reach = spacingMm.map((mm) => Math.floor(radiusMm / mm))
  const inside: number[] = []
  const range = (axis: number) => [Math.max(0, index[axis] - reach[axis]), Math.min(size[axis] - 1, index[axis] + reach[axis])]
  const [[i0, i1], [j0, j1], [k0, k1]] = [range(0), range(1), range(2)]
  for (let k = k0; k <= k1; k++)
    for (let j = j0; j <= j1; j++)
      for (let i = i0; i <= i1; i++) {
        const [x, y, z] = [(i - index[0]) * spacingMm[0], (j - index[1]) * spacingMm[1], (k - index[2]) * spacingMm[2]]
        if (x * x + y * y + z * z <= radiusMm * radiusMm) inside.push(i + size[0] * (j + size[1] * k))
      }
  return traceVoxels(phases, timesS, inside)
}

/** The curve of the part of a region that enhances most. */
export interface HottestCurve {
  readonly curve: TimeIntensityCurve
  /** Voxel in the middle of the square. */
  readonly centre: Triple
}

/**
 * The curve of the hottest 3 x 3 voxels of a region: the square within a slice, all of it in the region, whose mean rises most from the
 * baseline to the region's early peak (see `describeTimeIntensity`), the first of equals. A small part of a tumour decides on its type in
 * clinical reading (Kuhl et al. 1999, Radiology 211), since the mean of the whole hides it.
 * @param mask of the phases' grid
 * @param region the curve of the whole region, see `traceTimeIntensity`
 * @returns null if no such square lies in the region, or none is finite
 * @throws as `describeTimeIntensity` does
 */
export function traceHottest(
  phases: readonly Volume[],
  mask: Mask,
  region: TimeIntensityCurve,
  options: TimeIntensityOptions = defaultTimeIntensityOptions,
): HottestCurve | null {
  const { timesS } = region
  const { earlyPeakTimeS } = describeTimeIntensity(region, options)
  const [before, after] = [phases[options.baselinePhase].voxels, phases[timesS.indexOf(earlyPeakTimeS)].voxels]
  const [nx, ny, nz] = mask.size
  const square = [-nx - 1, -nx, -nx + 1, -1, 0, 1, nx - 1, nx, nx + 1]
  let [highest, centre] = [-Infinity, -1]
  for (let k = 0; k < nz; k++)
    for (let j = 1; j < ny - 1; j++)
      for (let i = 1; i < nx - 1; i++) {
        const middle = i + nx * (j + ny * k)
        if (mask.voxels[middle] === 0) continue
        let rise = 0
        for (const step of square) rise += mask.voxels[middle + step] === 0 ? NaN : after[middle + step] - before[middle + step]
        // NaN, of what is outside or no number, is never above.
        if (rise > highest) [highest, centre] = [rise, middle]
      }
  if (centre < 0) return null
  return {
    curve: traceVoxels(
      phases,
      timesS,
      square.map((step) => centre + step),
    ),
    centre: [centre % nx, Math.floor(centre / nx) % ny, Math.floor(centre / (nx * ny))],
  }
}

function traceVoxels(phases: readonly Volume[], timesS: readonly number[], inside: readonly number[]): TimeIntensityCurve {
  const means = phases.map(({ voxels }) => {
    let [sum, count] = [0, 0]
    for (const position of inside) {
      if (!Number.isFinite(voxels[position])) continue
      sum += voxels[position]
      count++
    }
    return count === 0 ? NaN : sum / count
  })
  return { timesS: [...timesS], means }
}

/**
 * Wash-in, peak and wash-out of a curve, and its type by the change from the early peak to the last phase. On a bound is plateau.
 * @throws DataError if the baseline is no phase with another one after it, or a bound is not a number of at least 0
 */
export function describeTimeIntensity(
  { timesS, means }: TimeIntensityCurve,
  { baselinePhase, earlyUntilS, inflowPercent, outflowPercent }: TimeIntensityOptions = defaultTimeIntensityOptions,
): TimeIntensityDescription {
  checkTimes(means.length, timesS)
  if (!Number.isInteger(baselinePhase) || baselinePhase < 0 || baselinePhase > means.length - 2) {
    throw refuse('baseline-is-last', { phase: baselinePhase + 1, phases: means.length })
  }
  if (!(inflowPercent >= 0 && outflowPercent >= 0)) {
    throw refuse('bounds', { inflowPercent, outflowPercent })
  }
  const baseline = means[baselinePhase]
  const later = means.map((_, phase) => phase).slice(baselinePhase + 1)
  const early = later.filter((phase) => timesS[phase] <= earlyUntilS)
  const highest = (among: readonly number[]) => among.reduce((best, phase) => (means[phase] > means[best] ? phase : best))
  const earlyPeak = highest(early.length > 0 ? early : later.slice(0, 1))
  const peak = highest(later)
  const last = means.length - 1
  const change = (from: number, to: number) => (100 * (to - from)) / from
  const washInPercent = change(baseline, means[earlyPeak])
  const washOutPercent = change(means[earlyPeak], means[last])
  const complete = later.every((phase) => !Number.isNaN(means[phase])) && !Number.isNaN(baseline)
  return {
    washInPercent,
    washInPercentPerS: washInPercent / (timesS[earlyPeak] - timesS[baselinePhase]),
    earlyPeakTimeS: timesS[earlyPeak],
    peakTimeS: timesS[peak],
    peakPercent: change(baseline, means[peak]),
    washOutPercent,
    type:
      !complete || earlyPeak === last
        ? undefined
        : washOutPercent > inflowPercent
          ? 'I'
          : washOutPercent < -outflowPercent
            ? 'III'
            : 'II',
  }
}

/** Enhancement of one voxel in per cent of the signal before; NaN where that is at most `smallestLevel` or not finite. */
export function relativeEnhancement(before: number, after: number, smallestLevel: number): number {
  return before > smallestLevel ? (100 * (after - before)) / before : NaN
}

function checkTimes(phases: number, timesS: readonly number[]): void {
  const ascending =
    timesS.length === phases && timesS.every((time, i) => Number.isFinite(time) && (i === 0 || time > timesS[i - 1]))
  if (!ascending) {
    throw refuse('times', { phases, timesS })
  }
}
