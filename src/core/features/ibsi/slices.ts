import type { Kernels } from '../../kernels/kernels.ts'
import type { LevelImage } from '../discretise.ts'

/** A slice of a region: the same image, of which only the slice's voxels are counted. */
export interface LevelSlice extends LevelImage {
  /** Voxels of the region before those of the slice. */
  readonly voxelsBefore: number
}

/** The slices of a region that have voxels, in order. Levels keep their numbers. */
export function listSlices(kernels: Kernels, levels: LevelImage): LevelSlice[] {
  const { base, sliceStride, rowStride, size } = levels
  // Voxels are listed slice by slice.
  const places = kernels.i32(levels.places, levels.voxelCount)
  const slices: LevelSlice[] = []
  for (let z = 0, first = 0; z < size[2]; z++) {
    const from = base + z * sliceStride
    let next = first
    while (next < places.length && places[next] < from + sliceStride) next++
    const end = from + size[0] + rowStride * (size[1] - 1)
    if (next > first) {
      slices.push({ ...levels, places: levels.places + 4 * first, voxelCount: next - first, from, end, voxelsBefore: first })
    }
    first = next
  }
  return slices
}
