import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import type { IbsiRegion } from './ibsiRegion.ts'

/** Radius in mm of a sphere of 1 cm³, (3 / (4 pi))^(1/3) cm. */
export const peakRadiusMm = 6.203504908994

/**
 * Local and global intensity peak (IBSI 3.2): means over the voxels whose centre lies in a sphere of 1 cm³ round a voxel of the region,
 * voxels outside the region included, as far as the image goes. Local: round the brightest voxel, of several the highest mean.
 */
export function localIntensity(kernels: Kernels, { mask, surroundings, boxAt }: IbsiRegion): Record<string, number> {
  return kernels.scope(() => {
    const steps = listSteps(surroundings.spacingMm)
    const pointer = kernels.allocate(4 * steps.length)
    const result = kernels.allocate(8 * 2)
    kernels.i32(pointer, steps.length).set(steps)
    kernels.exports.localPeaks(
      surroundings.pointer, ...surroundings.size, mask.pointer, ...mask.size, ...boxAt, pointer, steps.length / 3, result,
    ) // prettier-ignore
    const [global, local] = kernels.f64(result, 2)
    return { peak_loc: local, peak_glob: global }
  })
}

/** Steps in voxels to all centres in the sphere, x, y, z one after another. */
function listSteps([sx, sy, sz]: Triple): number[] {
  const [rx, ry, rz] = [sx, sy, sz].map((spacing) => Math.floor(peakRadiusMm / spacing))
  const steps: number[] = []
  for (let z = -rz; z <= rz; z++) {
    for (let y = -ry; y <= ry; y++) {
      for (let x = -rx; x <= rx; x++) {
        const squared = x * sx * (x * sx) + y * sy * (y * sy) + z * sz * (z * sz)
        if (squared <= peakRadiusMm * peakRadiusMm) steps.push(x, y, z)
      }
    }
  }
  return steps
}
