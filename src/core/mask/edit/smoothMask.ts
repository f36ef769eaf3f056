import { boxAround, editBox } from '../boxVoxels.ts'
import type { Mask } from '../mask.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

/**
 * Median of the mask in a box around each voxel: it is inside if more than half of the box is; a tie leaves it as it was. The box is
 * the odd number of voxels nearest to `kernelMm` on each axis (at least 1; thick slices are then smoothed in their plane only), cut
 * off at the border of the volume. `closeMask` is the other way to smooth.
 * @returns the new voxels
 * @throws DataError if the kernel's size is not a positive finite number
 */
export function smoothMask(kernels: Kernels, mask: Mask, kernelMm: number): Uint8Array<ArrayBuffer> {
  if (!(kernelMm > 0 && kernelMm < Infinity)) {
    throw refuse('kernel-width', { kernelMm })
  }
  const radius = mask.spacingMm.map((mm) => Math.max(0, Math.round((kernelMm / mm - 1) / 2))) as unknown as Triple
  // Twice the reach: a voxel that changes has its whole neighbourhood in the box.
  const box = boxAround(mask, radius.map((reach) => 2 * reach) as unknown as Triple)
  if (!box) return mask.voxels.slice()
  return editBox(kernels, mask, box, (source, [nx, ny, nz], count) => {
    const sums = kernels.allocate(8 * count)
    const target = kernels.allocate(count)
    kernels.exports.majority(source, nx, ny, nz, ...radius, sums, target)
    return target
  })
}
