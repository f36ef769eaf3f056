import type { Block, Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import type { NamedBlock } from './namedBlock.ts'
import { waveletCoefficients } from './waveletCoefficients.ts'
import { bandLetters, bandName, transformedAxes, waveletSubBands, type WaveletOptions } from './waveletSubBands.ts'
import { waveletNames } from './waveletNames.ts'
import { refuse } from '../messages.ts'

/**
 * All sub-bands of the stationary wavelet transform, in the order of `waveletSubBands`, sharing the passes they have in common.
 *
 * Each axis in turn, x first: `y[i] = sum over k of f[k] x[(i + n/2 - k) mod N]`, f the n decomposition coefficients. An odd axis is
 * extended at its end by a copy of its first voxel, which is dropped from the results but kept between levels; higher levels use
 * the same undilated filters on the approximation. Filters are not rescaled: every L has a gain of sqrt(2).
 * Sub-bands have the bits of PyWavelets: float32 images are filtered in float32, all others in float64.
 *
 * Source: PyRadiomics 3.0.1 `getWaveletImage`; PyWavelets `swtn`.
 * @throws DataError if the wavelet is not a discrete one
 */
export function waveletTransform(kernels: Kernels, input: Block, options: WaveletOptions): NamedBlock[] {
  const bands = waveletSubBands(options).map((name) => ({ name, image: allocateBand(kernels, input) }))
  const targets = new Map(bands.map(({ name, image }) => [name, image.pointer]))
  runTransform(kernels, input, options, targets)
  return bands
}

/** One sub-band of `waveletTransform`, with the same bits, by the passes that it needs: for a worker that has this one only. */
export function waveletSubBand(kernels: Kernels, input: Block, options: WaveletOptions, name: string): Block {
  const known = waveletSubBands(options)
  if (!known.includes(name)) throw refuse('sub-band-unknown', { subBand: name, known })
  const band = allocateBand(kernels, input)
  runTransform(kernels, input, options, new Map([[name, band.pointer]]))
  return band
}

function allocateBand(kernels: Kernels, input: Block): Block {
  const [nx, ny, nz] = input.size
  return {
    ...input,
    pointer: kernels.allocate(nx * ny * nz * 8),
    pixelType: input.pixelType === 'float32' ? 'float32' : 'float64',
  }
}

/** Writes the sub-bands that `targets` names, each to its address. */
function runTransform(kernels: Kernels, input: Block, options: WaveletOptions, targets: ReadonlyMap<string, number>): void {
  const axes = transformedAxes(options)
  const approximation = 'L'.repeat(axes.length)
  const padded = input.size.map((n) => n + (n % 2)) as unknown as Triple
  kernels.scope(() => {
    const convolve = createConvolution(kernels, options.wavelet, input, padded)
    let source = padInput(kernels, input, padded)
    // approximations handed from step to step: two take turns
    const handovers = Math.min(2, options.levelsBefore + options.levels - 1)
    const buffers = Array.from({ length: handovers }, () => kernels.allocate(padded[0] * padded[1] * padded[2] * 8))

    for (let step = -options.levelsBefore; step < options.levels; step++) {
      const next = step < options.levels - 1 ? buffers[(step + options.levelsBefore) % 2] : undefined
      const wanted = new Map<string, number>()
      for (const letters of bandLetters(axes.length)) {
        const target = targets.get(bandName(step, letters))
        if (step >= 0 && target !== undefined) wanted.set(letters, target)
      }
      const split = (from: number, letters: string) => {
        const axis = axes[letters.length]
        for (const letter of ['L', 'H'] as const) {
          const band = letters + letter
          if (band === approximation && next !== undefined) convolve(from, axis, letter, next, padded)
          else if (band.length === axes.length) {
            if (wanted.has(band)) convolve(from, axis, letter, wanted.get(band)!, input.size)
          } else if (
            [...wanted.keys()].some((name) => name.startsWith(band)) ||
            (next !== undefined && approximation.startsWith(band))
          ) {
            kernels.scope(() => {
              const half = kernels.allocate(padded[0] * padded[1] * padded[2] * 8)
              convolve(from, axis, letter, half, padded)
              split(half, band)
            })
          }
        }
      }
      split(source, '')
      if (next !== undefined) source = next
    }
  })
}

type Convolution = (source: number, axis: number, letter: 'L' | 'H', target: number, targetSize: Triple) => void

function createConvolution(kernels: Kernels, wavelet: string, input: Block, [nx, ny, nz]: Triple): Convolution {
  const single = input.pixelType === 'float32'
  const { low, high } = decompositionFilters(wavelet)
  const place = (filter: readonly number[]) => {
    const pointer = kernels.allocate(filter.length * 8)
    kernels.f64(pointer, filter.length).set(single ? singleFilter(wavelet, filter) : filter)
    return pointer
  }
  const pointers = { L: place(low), H: place(high) }
  const scratch = kernels.allocate(16 * low.length + 8 * (nx + low.length))
  const kernel = single ? kernels.exports.waveletConvolve32 : kernels.exports.waveletConvolve64
  return (source, axis, letter, target, [mx, my, mz]) =>
    kernel(source, nx, ny, nz, axis, pointers[letter], low.length, scratch, target, mx, my, mz)
}

/** For float32 data PyWavelets multiplies its table of coiflets (filter / sqrt(2)) by sqrt(2) in float32: rounded twice. */
function singleFilter(wavelet: string, filter: readonly number[]): number[] {
  if (!wavelet.startsWith('coif')) return filter.map(Math.fround)
  return filter.map((value) => Math.fround(Math.fround(value / Math.SQRT2) * Math.fround(Math.SQRT2)))
}

function padInput(kernels: Kernels, { pointer, size: [nx, ny, nz] }: Block, [mx, my, mz]: Triple): number {
  if (mx === nx && my === ny && mz === nz) return pointer
  const target = kernels.allocate(mx * my * mz * 8)
  kernels.exports.padWrap(pointer, nx, ny, nz, target, mx, my, mz)
  return target
}

/** Of a discrete wavelet by PyWavelets's name. @throws DataError for another name */
export function decompositionFilters(wavelet: string): { low: readonly number[]; high: readonly number[] } {
  if (!Object.hasOwn(waveletCoefficients, wavelet)) {
    throw refuse('wavelet-unknown', { wavelet, known: waveletNames })
  }
  const [low, high] = waveletCoefficients[wavelet]
  return { low, high: high ?? low.map((_, k) => (k % 2 ? 1 : -1) * low[low.length - 1 - k]) }
}
