import type { Triple } from '../numeric/voxelArray.ts'
import type { Axis } from './brush.ts'
import type { BoundingBox, Mask } from './mask.ts'

/**
 * Where a region is looked at best: in its slice of the most voxels (the first of several), the voxel of the region that is nearest
 * to the centre of gravity of that slice, so that a ring is met on its rim.
 * @param box outside which the mask is empty
 * @returns undefined where the mask is empty
 */
export function middleOfRegion(
  { voxels, size, spacingMm }: Pick<Mask, 'voxels' | 'size' | 'spacingMm'>,
  sliceAxis: Axis,
  box: BoundingBox,
): Triple | undefined {
  const visit = ({ lower, upper }: BoundingBox, see: (at: Triple) => void) => {
    for (let z = lower[2]; z <= upper[2]; z++)
      for (let y = lower[1]; y <= upper[1]; y++)
        for (let x = lower[0]; x <= upper[0]; x++) if (voxels[x + size[0] * (y + size[1] * z)] !== 0) see([x, y, z])
  }
  const counts = new Uint32Array(size[sliceAxis])
  visit(box, (at) => counts[at[sliceAxis]]++)
  const slice = counts.reduce((best, count, at) => (count > counts[best] ? at : best), 0)
  if (counts[slice] === 0) return undefined
  const largest: Triple[] = []
  const inSlice = (corner: Triple) => corner.with(sliceAxis, slice) as unknown as Triple
  visit({ lower: inSlice(box.lower), upper: inSlice(box.upper) }, (at) => largest.push(at))
  const centre = [0, 1, 2].map((axis) => largest.reduce((sum, at) => sum + at[axis], 0) / largest.length)
  const awayMm2 = (at: Triple) =>
    at.reduce((sum, index, axis) => {
      const mm = (index - centre[axis]) * spacingMm[axis]
      return sum + mm * mm
    }, 0)
  return largest.reduce((nearest, at) => (awayMm2(at) < awayMm2(nearest) ? at : nearest))
}
