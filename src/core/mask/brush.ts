import type { Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { Mask } from './mask.ts'
import { refuse } from './messages.ts'

/** An index axis of the grid: 0 = x, 1 = y, 2 = z. */
export type Axis = 0 | 1 | 2

/** A round brush of true size: a disc in the grid plane across `sliceAxis`, or a sphere. */
export interface Brush {
  readonly radiusMm: number
  readonly shape: 'disc' | 'sphere'
  readonly sliceAxis: Axis
}

/**
 * Paints the way of a brush from one point to the next, both continuous voxel indexes: every voxel whose centre is at most
 * `radiusMm` from the segment (millimetres, so anisotropic voxels give a true circle), and at least the voxels that the
 * segment's own points fall in, so that a brush smaller than a voxel still draws. A disc stays in the slice of `from`.
 * What lies outside the volume is left out. Changes `mask.voxels` in place.
 *
 * @param accepts tells whether a voxel may be painted at all: a threshold brush looks at its grey level
 * @returns the positions of the voxels that had another value before, in no particular order, each once.
 * @throws DataError if the radius is not a finite number of at least 0, or a point is not finite.
 */
export function paintStroke(
  mask: Mask,
  from: Triple,
  to: Triple,
  brush: Brush,
  value: number,
  accepts: (position: number) => boolean = () => true,
): number[] {
  if (!(brush.radiusMm >= 0 && brush.radiusMm < Infinity)) {
    throw refuse('brush-radius', { radiusMm: brush.radiusMm })
  }
  if (![...from, ...to].every(Number.isFinite)) {
    throw refuse('brush-points', { from, to })
  }
  const [start, end] =
    brush.shape === 'disc' ? [inSlice(from, from, brush.sliceAxis), inSlice(to, from, brush.sliceAxis)] : [from, to]
  const changed: number[] = []
  const paint = (position: number) => {
    if (mask.voxels[position] === value || !accepts(position)) return
    mask.voxels[position] = value
    changed.push(position)
  }
  paintCapsule(mask, start, end, brush, paint)
  paintLine(mask, start, end, paint)
  return changed
}

/** A disc belongs to one slice: the point moves to the centre of that slice. */
function inSlice(point: Triple, reference: Triple, axis: Axis): Triple {
  return [0, 1, 2].map((a) => (a === axis ? Math.round(reference[a]) : point[a])) as unknown as Triple
}

/** Voxels within the radius of the segment; in the one slice only when it is a disc. */
function paintCapsule(
  grid: Grid,
  start: Triple,
  end: Triple,
  { radiusMm, shape, sliceAxis }: Brush,
  paint: (position: number) => void,
): void {
  const reach = (a: number) => (shape === 'disc' && a === sliceAxis ? 0 : radiusMm / grid.spacingMm[a])
  const lower = [0, 1, 2].map((a) => Math.max(0, Math.ceil(Math.min(start[a], end[a]) - reach(a) - edge)))
  const upper = [0, 1, 2].map((a) => Math.min(grid.size[a] - 1, Math.floor(Math.max(start[a], end[a]) + reach(a) + edge)))
  const [sx, sy, sz] = grid.spacingMm
  const along = [(end[0] - start[0]) * sx, (end[1] - start[1]) * sy, (end[2] - start[2]) * sz]
  const length2 = along[0] * along[0] + along[1] * along[1] + along[2] * along[2]
  const limit2 = radiusMm * radiusMm + edge
  for (let k = lower[2]; k <= upper[2]; k++) {
    const z = (k - start[2]) * sz
    for (let j = lower[1]; j <= upper[1]; j++) {
      const y = (j - start[1]) * sy
      const row = grid.size[0] * (j + grid.size[1] * k)
      for (let i = lower[0]; i <= upper[0]; i++) {
        const x = (i - start[0]) * sx
        const projection = length2 > 0 ? (x * along[0] + y * along[1] + z * along[2]) / length2 : 0
        const t = projection < 0 ? 0 : projection > 1 ? 1 : projection
        const [dx, dy, dz] = [x - t * along[0], y - t * along[1], z - t * along[2]]
        if (dx * dx + dy * dy + dz * dz <= limit2) paint(row + i)
      }
    }
  }
}

/** A voxel exactly on the rim is in, whatever the rounding of its distance. */
const edge = 1e-9

/** The voxels under the segment: steps of at most one voxel, so that they touch. */
function paintLine(grid: Grid, start: Triple, end: Triple, paint: (position: number) => void): void {
  const steps = Math.ceil(Math.max(...[0, 1, 2].map((a) => Math.abs(end[a] - start[a]))))
  for (let step = 0; step <= steps; step++) {
    const t = steps === 0 ? 0 : step / steps
    const [i, j, k] = [0, 1, 2].map((a) => Math.round(start[a] + t * (end[a] - start[a])))
    if (i >= 0 && j >= 0 && k >= 0 && i < grid.size[0] && j < grid.size[1] && k < grid.size[2])
      paint(i + grid.size[0] * (j + grid.size[1] * k))
  }
}
