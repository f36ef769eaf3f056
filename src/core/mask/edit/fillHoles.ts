import { boxAround, editBox } from '../boxVoxels.ts'
import type { Axis } from '../brush.ts'
import type { Mask } from '../mask.ts'
import type { Kernels } from '../../kernels/kernels.ts'

/**
 * Fills what the mask encloses. In 3D a hole is a part outside the mask that faces connect (6 neighbours) to no voxel beyond the
 * mask's box; with `sliceAxis` each slice across that axis is looked at alone (4 neighbours), so that a tunnel through the slices is
 * filled too. The border of the volume does not close a hole.
 * @param sliceAxis slice by slice across this axis; without it in 3D
 * @returns the new voxels
 */
export function fillHoles(kernels: Kernels, mask: Mask, sliceAxis?: Axis): Uint8Array<ArrayBuffer> {
  const box = boxAround(mask, [0, 0, 0])
  if (!box) return mask.voxels.slice()
  return editBox(kernels, mask, box, (source, [nx, ny, nz], count) => {
    const { exports } = kernels
    const [px, py, pz] = [nx + 2, ny + 2, nz + 2]
    const state = kernels.allocate(px * py * pz)
    exports.padU8(source, nx, ny, nz, state)
    const voxels = kernels.u8(state, px * py * pz)
    for (let i = 0; i < voxels.length; i++) voxels[i] = voxels[i] === 0 ? 1 : 0
    // The empty border is one part, seen from any of its voxels; slice by slice, from one voxel a slice.
    const step = sliceAxis === undefined ? 0 : [1, px, px * py][sliceAxis]
    for (let slice = 0; slice < (sliceAxis === undefined ? 1 : [px, py, pz][sliceAxis]); slice++) voxels[step * slice] = 2
    const stack = kernels.allocate(4 * px * py * pz)
    exports.flood(state, px, py, pz, sliceAxis === undefined ? 7 : 7 - (1 << sliceAxis), stack)

    const target = kernels.allocate(count)
    exports.cropU8(state, px, py, 1, 1, 1, nx, ny, nz, target)
    const filled = kernels.u8(target, count)
    for (let i = 0; i < count; i++) filled[i] = filled[i] === 2 ? 0 : 1
    return target
  })
}
