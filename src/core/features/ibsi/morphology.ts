import type { Kernels, MaskBlock } from '../../kernels/kernels.ts'
import { convexHull } from '../../numeric/convexHull.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { axisLength, measureShape } from '../shape.ts'
import type { IbsiRegion } from './ibsiRegion.ts'
import { spatialAutocorrelation } from './spatialAutocorrelation.ts'

/**
 * Morphological features (IBSI 3.1), by tag, of the mesh, hull and voxel centres of the morphological mask; those of grey values are of
 * the intensity mask. Principal axes are those of the covariance divided by N - 1. NaN where a length is 0 that they are divided by.
 */
export function morphology(kernels: Kernels, region: IbsiRegion): Record<string, number> {
  const { image, morphology: mask } = region
  const { spacingMm } = image
  const { exports } = kernels
  const { volumeMm3: volume, areaMm2: area, diametersMm, voxelCount, variancesMm2 } = measureShape(kernels, mask, spacingMm)
  const [least, minor, major] = variancesMm2.map((variance) => (variance * voxelCount) / (voxelCount - 1)) as unknown as Triple
  const [a, b, c] = [major, minor, least].map((variance) => axisLength(variance) / 2) as unknown as Triple
  const [ex, ey, ez] = mask.size.map((n, axis) => n * spacingMm[axis]) as unknown as Triple
  const hull = measureHull(kernels, mask, spacingMm)
  const { shiftMm, mean } = measureIntensities(kernels, region)
  const sphere = 36 * Math.PI * volume * volume
  return {
    volume,
    vol_approx: voxelCount * spacingMm[0] * spacingMm[1] * spacingMm[2],
    area_mesh: area,
    av: area / volume,
    comp_1: volume / (Math.sqrt(Math.PI) * area * Math.sqrt(area)),
    comp_2: sphere / (area * area * area),
    sph_dispr: area / exports.pow(sphere, 1 / 3),
    sphericity: exports.pow(sphere, 1 / 3) / area,
    asphericity: exports.pow((area * area * area) / sphere, 1 / 3) - 1,
    com: shiftMm,
    diam: diametersMm.all,
    pca_maj_axis: 2 * a,
    pca_min_axis: 2 * b,
    pca_least_axis: 2 * c,
    pca_elongation: b / a,
    pca_flatness: c / a,
    // The vertices of the mesh lie half a voxel beyond the outermost centres.
    vol_dens_aabb: volume / (ex * ey * ez),
    area_dens_aabb: area / (2 * (ex * ey + ex * ez + ey * ez)),
    vol_dens_aee: (3 * volume) / (4 * Math.PI * a * b * c),
    area_dens_aee: area / ellipsoidArea(a, b, c),
    vol_dens_conv_hull: volume / hull.volumeMm3,
    area_dens_conv_hull: area / hull.areaMm2,
    integ_int: volume * mean,
    ...spatialAutocorrelation(kernels, region),
  }
}

/** Distance of the centre of the morphological mask from that of the intensity mask weighted by grey values; mean of these. */
function measureIntensities(
  kernels: Kernels,
  { image, mask, morphology, voxelCount }: IbsiRegion,
): { shiftMm: number; mean: number } {
  const [nx, ny, nz] = image.size
  const count = nx * ny * nz
  const values = kernels.f64(image.pointer, count)
  const [measured, drawn] = [kernels.u8(mask.pointer, count), kernels.u8(morphology.pointer, count)]
  const weighted = [0, 0, 0]
  const plain = [0, 0, 0]
  let [weight, voxels] = [0, 0]
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (drawn[at] === 1) {
          voxels++
          plain[0] += x
          plain[1] += y
          plain[2] += z
        }
        if (measured[at] === 0) continue
        weight += values[at]
        weighted[0] += x * values[at]
        weighted[1] += y * values[at]
        weighted[2] += z * values[at]
      }
    }
  }
  const shift = weighted.map((sum, axis) => (plain[axis] / voxels - sum / weight) * image.spacingMm[axis])
  return { shiftMm: Math.sqrt(shift.reduce((sum, d) => sum + d * d, 0)), mean: weight / voxelCount }
}

/** Legendre polynomials up to this degree, as the manual asks. */
const highestDegree = 20

/**
 * Surface of an ellipsoid with semi-axes a >= b >= c by the manual's series (IBSI 3.1.20), on which the consensus rests. It is that of the
 * ellipsoid only near a sphere: for a flat one it comes out too large.
 */
export function ellipsoidArea(a: number, b: number, c: number): number {
  const alpha = Math.sqrt(1 - (b * b) / (a * a))
  const beta = Math.sqrt(1 - (c * c) / (a * a))
  const product = alpha * beta
  // Where an eccentricity is 0 the argument is infinite, and its power and the product's cancel: what is left is beta^2v times the
  // polynomial's first coefficient.
  const x = product === 0 ? 0 : (alpha * alpha + beta * beta) / (2 * product)
  let [sum, power, previous, current, leading, betas] = [0, 1, 0, 1, 1, 1]
  for (let v = 0; v <= highestDegree; v++) {
    const term = product === 0 ? betas * leading : power * current
    sum += term / (1 - 4 * v * v)
    ;[previous, current] = [current, ((2 * v + 1) * x * current - v * previous) / (v + 1)]
    power *= product
    // (alpha beta)^v P_v(x) tends to (2v)! / (2^v v!^2) (beta^2 / 2)^v.
    leading *= (2 * v + 1) / (2 * (v + 1))
    betas *= beta * beta
  }
  return 4 * Math.PI * a * b * sum
}

/**
 * Volume and surface of the convex hull of the mesh's vertices, which lie half way between a voxel inside and its neighbour outside: in
 * half voxels they are whole numbers. Only the outermost ones of each line can be corners.
 */
function measureHull(kernels: Kernels, mask: MaskBlock, [sx, sy, sz]: Triple): { volumeMm3: number; areaMm2: number } {
  const points = listOutermost(kernels, mask)
  const at = (i: number): Triple => [(points[3 * i] * sx) / 2, (points[3 * i + 1] * sy) / 2, (points[3 * i + 2] * sz) / 2]
  let [volume, area] = [0, 0]
  for (const [i, j, k] of convexHull(points)) {
    const [p, q, r] = [at(i), at(j), at(k)]
    const u = [q[0] - p[0], q[1] - p[1], q[2] - p[2]]
    const v = [r[0] - p[0], r[1] - p[1], r[2] - p[2]]
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    volume += (p[0] * n[0] + p[1] * n[1] + p[2] * n[2]) / 6
    area += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) / 2
  }
  return { volumeMm3: volume, areaMm2: area }
}

function listOutermost(kernels: Kernels, { pointer, size }: MaskBlock): Int32Array {
  const inside = kernels.u8(pointer, size[0] * size[1] * size[2])
  const strides = [1, size[0], size[0] * size[1]]
  const points: number[] = []
  for (const axis of [0, 1, 2]) {
    const [across, along] = [0, 1, 2].filter((other) => other !== axis)
    for (let j = 0; j < size[along]; j++) {
      for (let i = 0; i < size[across]; i++) {
        const start = i * strides[across] + j * strides[along]
        let first = 0
        while (first < size[axis] && inside[start + first * strides[axis]] === 0) first++
        if (first === size[axis]) continue
        let last = size[axis] - 1
        while (inside[start + last * strides[axis]] === 0) last--
        for (const end of [2 * first - 1, 2 * last + 1]) {
          const point = [2 * i, 2 * i, 2 * i]
          point[along] = 2 * j
          point[axis] = end
          points.push(...point)
        }
      }
    }
  }
  return Int32Array.from(points)
}
