import type { Direction, Grid } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { Message } from '../../core/messages/message.ts'
import type { DicomFrame } from './dicomFrame.ts'
import { refuse, tell } from './messages.ts'

/** Slices further from an even distance than this share of it are refused, below they are told. */
const refusedUnevenness = 0.1
const toldUnevenness = 0.01
/** Two slices closer than this are at the same place. */
const samePlaceMm = 0.01

export interface ArrangedSlices {
  /** In the order of their positions along the normal. */
  readonly frames: readonly DicomFrame[]
  readonly grid: Grid
  readonly warnings: readonly Message[]
}

/** Unit normal of a slice: row direction x column direction, so that index axes are right-handed. */
export function normalOf([a, b, c, d, e, f]: readonly number[]): Triple {
  return [b * f - c * e, c * d - a * f, a * e - b * d]
}

/** Signed distance of a position along a unit vector. */
export function positionAlong(position: Triple, [x, y, z]: Triple): number {
  return position[0] * x + position[1] * y + position[2] * z
}

/**
 * Sorts slices of equal size and orientation by ImagePositionPatient along their normal and derives the grid; the distance
 * of slices is that of their positions, never SliceThickness (but for a single slice).
 * @throws DataError if positions, orientation or spacing are missing or bad, slices are missing, doubled, uneven or shifted sideways
 */
export function arrangeSlices(frames: readonly DicomFrame[]): ArrangedSlices {
  const [first] = frames
  const orientation = first.orientation
  if (!orientation) throw refuse('no-orientation', {})
  if (!first.spacingMm || !first.spacingMm.every((mm) => mm > 0 && Number.isFinite(mm))) {
    throw refuse('pixel-spacing', first.spacingMm ? { foundMm: first.spacingMm } : {})
  }
  const direction = directionOf(orientation)
  const normal: Triple = [direction[2], direction[5], direction[8]]
  const missing = frames.filter(({ positionMm }) => !positionMm?.every(Number.isFinite))
  if (missing.length > 0) throw refuse('no-positions', { missing: missing.length, slices: frames.length })
  const placed = frames
    .map((frame) => ({ frame, position: frame.positionMm!, along: positionAlong(frame.positionMm!, normal) }))
    .sort((a, b) => a.along - b.along)
  const along = placed.map((slice) => slice.along)

  const { spacing, warnings } = frames.length === 1 ? singleSliceSpacing(first) : evenSpacing(along)
  checkSideways(
    placed.map(({ position }) => position),
    normal,
    first.spacingMm,
  )
  return {
    frames: placed.map(({ frame }) => frame),
    grid: {
      size: [first.columns, first.rows, frames.length],
      spacingMm: [...first.spacingMm, spacing],
      originMm: placed[0].position,
      direction,
    },
    warnings,
  }
}

/** Axes of slices as columns, the normal last. @throws DataError if rows and columns are not perpendicular */
export function directionOf(orientation: readonly number[]): Direction {
  const row = unit(orientation.slice(0, 3))
  const column = unit(orientation.slice(3, 6))
  const cosine = row[0] * column[0] + row[1] * column[1] + row[2] * column[2]
  if (!(Math.abs(cosine) < 0.001)) throw refuse('not-perpendicular', { orientation })
  const normal = unit(normalOf([...row, ...column]))
  return [row[0], column[0], normal[0], row[1], column[1], normal[1], row[2], column[2], normal[2]]
}

function unit([x, y, z]: readonly number[]): Triple {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

function singleSliceSpacing({ thicknessMm }: DicomFrame): { spacing: number; warnings: Message[] } {
  const known = thicknessMm !== undefined && thicknessMm > 0
  return { spacing: known ? thicknessMm : 1, warnings: [tell('single-slice', known ? { thicknessMm } : {})] }
}

function evenSpacing(along: readonly number[]): { spacing: number; warnings: Message[] } {
  const steps = along.slice(1).map((position, i) => position - along[i])
  const doubled = steps.findIndex((step) => step < samePlaceMm)
  if (doubled >= 0) {
    const pairs = steps.filter((step) => step < samePlaceMm).length
    throw refuse('same-place', { slice: doubled + 1, slices: along.length, atMm: along[doubled], pairs })
  }
  const typical = median(steps)
  const gapAt = (step: number) => ({ slice: step + 1, slices: along.length, foundMm: steps[step], usualMm: typical })
  const gap = steps.findIndex((step) => step > 1.5 * typical)
  if (gap >= 0) {
    const missing = steps
      .map((step) => Math.round(step / typical) - 1)
      .filter((count) => count > 0)
      .reduce((sum, count) => sum + count, 0)
    throw refuse('slices-missing', { missing, ...gapAt(gap) })
  }
  const unevenness = steps.map((step) => Math.abs(step - typical) / typical)
  const worst = unevenness.indexOf(Math.max(...unevenness))
  if (unevenness[worst] > refusedUnevenness) throw refuse('uneven', gapAt(worst))
  return {
    spacing: (along[along.length - 1] - along[0]) / steps.length,
    warnings: unevenness[worst] > toldUnevenness ? [tell('slightly-uneven', gapAt(worst))] : [],
  }
}

/** A tilted gantry moves each slice sideways: a sheared stack, which no grid of right angles can describe. */
function checkSideways(positions: readonly Triple[], normal: Triple, [dx, dy]: readonly [number, number]): void {
  const last = positions[positions.length - 1]
  const offset: Triple = [last[0] - positions[0][0], last[1] - positions[0][1], last[2] - positions[0][2]]
  const along = positionAlong(offset, normal)
  const sideways = Math.hypot(offset[0] - along * normal[0], offset[1] - along * normal[1], offset[2] - along * normal[2])
  if (sideways > 0.5 * Math.min(dx, dy)) throw refuse('sideways', { mm: sideways })
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
