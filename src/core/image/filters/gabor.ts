import type { Block, Kernels } from '../../kernels/kernels.ts'
import { transformLength } from '../../numeric/transformLength.ts'
import type { Axis } from '../../numeric/voxelArray.ts'
import { voxelCount } from '../volume.ts'
import { boundaryNumbers, type Boundary, type Pooling } from './separable.ts'

export interface GaborOptions {
  /** Of the Gaussian along the wave, in mm. */
  readonly sigmaMm: number
  /** Of the wave, in mm. */
  readonly wavelengthMm: number
  /** Gaussian along the wave over that across it. */
  readonly aspectRatio: number
  /** Of the first wave to the first axis of a plane, clockwise. */
  readonly angleDegrees: number
  /** From wave to wave through the full circle, of which it is a part; null: one wave. */
  readonly stepDegrees: number | null
  /** 2: in slices; 3: in the planes across all axes. */
  readonly dimensions: 2 | 3
  /** The moduli of all waves and planes become one by this. */
  readonly pooling: Pooling
  readonly boundary: Boundary
}

/** A kernel ends where its Gaussian has fallen to 2e-11. */
const sigmasOfReach = 7

/** How far a kernel reaches, in mm. */
export function gaborReachMm({ sigmaMm, aspectRatio }: Pick<GaborOptions, 'sigmaMm' | 'aspectRatio'>): number {
  return sigmasOfReach * sigmaMm * Math.max(1, 1 / aspectRatio)
}

/** Planes by the axis across them; a plane's first axis comes before its second one. */
const planes: readonly (readonly [across: Axis, first: Axis, second: Axis])[] = [
  [2, 0, 1],
  [1, 0, 2],
  [0, 1, 2],
]

/**
 * Modulus of the response to Gabor kernels (IBSI 2, 3.4): a wave under a Gaussian, in planes, turned and pooled. Distances are in mm, so
 * that a kernel is as long in a plane whose voxels are no squares. @returns a new block in the caller's scope
 */
export function gaborImage(kernels: Kernels, image: Block, options: GaborOptions): Block {
  const { dimensions, pooling, boundary } = options
  const pointer = kernels.allocate(8 * voxelCount(image))
  kernels.f64(pointer, voxelCount(image)).fill(0)
  const strides = [1, image.size[0], image.size[0] * image.size[1]]
  const angles = anglesOf(options)
  const used = dimensions === 2 ? planes.slice(0, 1) : planes
  for (const [across, ...axes] of used) {
    kernels.scope(() => {
      const [na, nb] = axes.map((axis) => image.size[axis])
      const [ra, rb] = axes.map((axis) => Math.ceil(gaborReachMm(options) / image.spacingMm[axis]))
      const [pa, pb] = [transformLength(na + 2 * ra), transformLength(nb + 2 * rb)]
      const spacing = axes.map((axis) => image.spacingMm[axis])
      const [spectra, twiddles, scratch] = [16 * pa * pb * angles.length, 16 * (pa + pb), 32 * pa * pb].map((bytes) => kernels.allocate(bytes)) // prettier-ignore
      angles.forEach((angle, k) => {
        const re = spectra + 16 * pa * pb * k
        const im = re + 8 * pa * pb
        sampleKernel(kernels, options, angle, spacing, [ra, rb], [pa, pb], re)
        kernels.exports.fourierOfSlice(re, im, pa, pb, twiddles)
      })
      kernels.exports.gaborModulus(
        image.pointer, na, strides[axes[0]], nb, strides[axes[1]], image.size[across], strides[across], boundaryNumbers[boundary],
        spectra, angles.length, ra, rb, pa, pb, pooling === 'mean' ? 1 / (angles.length * used.length) : 0, scratch, twiddles, pointer,
      ) // prettier-ignore
    })
  }
  return { ...image, pointer }
}

/** In radians. A wave turned by half the circle is the conjugate one, with the same modulus: where the circle has such pairs, one of each. */
function anglesOf({ angleDegrees, stepDegrees }: GaborOptions): number[] {
  const steps = stepDegrees === null ? 1 : Math.round(360 / stepDegrees)
  const count = steps % 2 === 0 ? steps / 2 : steps
  return Array.from({ length: count }, (_, k) => ((angleDegrees + k * (stepDegrees ?? 0)) * Math.PI) / 180)
}

/** Writes real and imaginary part of a kernel whose middle is at (0, 0), with what lies before it at the end of rows and columns. */
function sampleKernel(
  { exports, f64 }: Kernels,
  { sigmaMm, wavelengthMm, aspectRatio }: GaborOptions,
  angle: number,
  spacing: readonly number[],
  [ra, rb]: readonly [number, number],
  [pa, pb]: readonly [number, number],
  pointer: number,
): void {
  const values = f64(pointer, 2 * pa * pb).fill(0)
  const [cosine, sine] = [exports.cos(angle), exports.sin(angle)]
  for (let b = -rb; b <= rb; b++) {
    for (let a = -ra; a <= ra; a++) {
      const [x, y] = [a * spacing[0], b * spacing[1]]
      const along = x * cosine + y * sine
      const across = y * cosine - x * sine
      const gaussian = exports.exp(-(along * along + aspectRatio * aspectRatio * across * across) / (2 * sigmaMm * sigmaMm))
      const phase = (2 * Math.PI * along) / wavelengthMm
      const at = ((a + pa) % pa) + pa * ((b + pb) % pb)
      values[at] = gaussian * exports.cos(phase)
      values[pa * pb + at] = gaussian * exports.sin(phase)
    }
  }
}
