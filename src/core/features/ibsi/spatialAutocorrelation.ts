import type { Kernels } from '../../kernels/kernels.ts'
import { transformLength } from '../../numeric/transformLength.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import type { RegionImage } from '../regionImage.ts'

/**
 * Moran's I and Geary's C of the grey values of a region (IBSI 3.1.25, 3.1.26), over all pairs of its voxels, weighted by one over
 * the distance of their centres in mm. Sums over pairs are convolutions, so they are exact and take no longer for many pairs.
 */
export function spatialAutocorrelation(
  kernels: Kernels,
  { image, mask, voxelCount: n }: RegionImage,
): { moran_i: number; geary_c: number } {
  const count = image.size[0] * image.size[1] * image.size[2]
  const padded = image.size.map((length) => transformLength(2 * length - 1)) as unknown as Triple
  const [px, py, pz] = padded
  return kernels.scope(() => {
    const inside = kernels.allocate(8 * count)
    const deviation = kernels.allocate(8 * count)
    const out = kernels.allocate(8 * 3)
    const box = 8 * px * py * pz
    const [weights, re, im] = [kernels.allocate(box), kernels.allocate(box), kernels.allocate(box)]
    const twiddles = kernels.allocate(16 * (px + py + pz))
    kernels.f64(inside, count).set(kernels.u8(mask.pointer, count))
    const [values, places, d] = [kernels.f64(image.pointer, count), kernels.f64(inside, count), kernels.f64(deviation, count)]
    let sum = 0
    for (let i = 0; i < count; i++) sum += places[i] === 1 ? values[i] : 0
    const mean = sum / n
    let squares = 0
    for (let i = 0; i < count; i++) {
      d[i] = places[i] === 1 ? values[i] - mean : 0
      squares += d[i] * d[i]
    }
    kernels.exports.spatialSums(
      inside, deviation, ...image.size, ...image.spacingMm, ...padded, weights, re, im, twiddles, out,
    ) // prettier-ignore
    const [allWeights, products, ownSquares] = kernels.f64(out, 3)
    return {
      moran_i: (n * products) / (allWeights * squares),
      geary_c: ((n - 1) * (ownSquares - products)) / (allWeights * squares),
    }
  })
}
