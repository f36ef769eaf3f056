import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Block, Kernels } from '../../kernels/kernels.ts'
import { newVoxelArray, type PixelType, type Triple } from '../../numeric/voxelArray.ts'
import { waveletSubBand, waveletTransform } from './wavelet.ts'
import { waveletCoefficients } from './waveletCoefficients.ts'
import { planeAxis } from '../../parameters/profiles/pyradiomics/generalSettings.ts'
import type { ExtractionSettings as Settings } from '../../parameters/profiles/pyradiomics/parameters.ts'
import { defaultSettings } from '../../parameters/profiles/pyradiomics/knownSettings.ts'
import { waveletSubBands, type WaveletOptions } from './waveletSubBands.ts'
import { waveletNames } from './waveletNames.ts'

interface Case {
  size: Triple
  pixelType: PixelType
  settings: Partial<Settings>
  bands: { name: string; pixelType: PixelType; sha256: string }[]
}
const reference = JSON.parse(
  readFileSync(new URL('../../../../reference/pywavelets/subBands.json', import.meta.url), 'utf8'),
) as { cases: Case[] }
/** The options of PyRadiomics's defaults, but for these settings. */
const optionsOf = (settings: Partial<Settings> = {}): WaveletOptions => {
  const { wavelet, level, start_level, ...plane } = { ...defaultSettings, ...settings }
  return { wavelet, levels: level, levelsBefore: start_level, acrossAxis: planeAxis(plane) }
}
const defaults = optionsOf()

/** The image of reference/pywavelets/make.py. */
function syntheticImage(kernels: Kernels, size: Triple, pixelType: PixelType): Block {
  const count = size[0] * size[1] * size[2]
  const voxels = newVoxelArray(pixelType, count)
  let state = 12345n
  for (let i = 0; i < count; i++) {
    state = (state * 1103515245n + 12345n) % 2147483648n
    const value = (Number(state >> 16n) % 2001) - 1000
    voxels[i] = pixelType.startsWith('float') ? value / 7 : value
  }
  const pointer = kernels.allocate(count * 8)
  kernels.f64(pointer, count).set(voxels)
  return { pointer, size, spacingMm: [1, 1, 1], pixelType }
}

function values(kernels: Kernels, { pointer, size }: Block): Float64Array {
  return kernels.f64(pointer, size[0] * size[1] * size[2]).slice()
}

function digest(kernels: Kernels, block: Block): string {
  const array = values(kernels, block).map((value) => (value === 0 ? 0 : value))
  return createHash('sha256')
    .update(block.pixelType === 'float32' ? Float32Array.from(array) : array)
    .digest('hex')
}

describe.each(['release', 'debug'] as const)('wavelet, %s build', (build) => {
  it('has the bits, names, order and pixel types of PyRadiomics and PyWavelets', async () => {
    const kernels = await loadKernels({ build })
    for (const { size, pixelType, settings, bands } of reference.cases) {
      kernels.scope(() => {
        const found = waveletTransform(kernels, syntheticImage(kernels, size, pixelType), optionsOf(settings))
        const digests = found.map(({ name, image }) => ({ name, pixelType: image.pixelType, sha256: digest(kernels, image) }))
        expect(digests, `${size.join('x')} ${pixelType} ${JSON.stringify(settings)}`).toEqual(bands)
      })
    }
  })

  it('gives the same bits for a sub-band alone', async () => {
    const kernels = await loadKernels({ build })
    for (const { size, pixelType, settings: given, bands } of reference.cases.slice(106)) {
      const options = optionsOf(given)
      for (const { name, sha256 } of bands) {
        kernels.scope(() => {
          const band = waveletSubBand(kernels, syntheticImage(kernels, size, pixelType), options, name)
          expect(digest(kernels, band), `${JSON.stringify(given)} ${name}`).toBe(sha256)
        })
      }
    }
  })

  it('keeps the sum of squares of an even image, for orthogonal wavelets', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const image = syntheticImage(kernels, [12, 8, 10], 'float64')
      const energy = (block: Block) => values(kernels, block).reduce((sum, value) => sum + value * value, 0)
      const bands = waveletTransform(kernels, image, { ...defaults, wavelet: 'db4' })
      const total = bands.reduce((sum, band) => sum + energy(band.image), 0)
      expect(total / energy(image)).toBeCloseTo(8, 9)
    })
  })

  it('leaves a constant image to the approximation alone', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const image = syntheticImage(kernels, [5, 4, 3], 'float64')
      kernels.f64(image.pointer, 60).fill(3)
      for (const { name, image: band } of waveletTransform(kernels, image, defaults)) {
        const expected = name === 'wavelet-LLL' ? 3 * Math.sqrt(8) : 0
        for (const value of values(kernels, band)) expect(value).toBeCloseTo(expected, 12)
      }
    })
  })
})

it('covers every discrete wavelet of PyWavelets', () => {
  expect(waveletNames).toHaveLength(106)
  expect(Object.keys(waveletCoefficients)).toEqual(waveletNames)
  expect(reference.cases.slice(0, 106).map(({ settings }) => settings.wavelet)).toEqual(waveletNames)
})

it('says what a wrong wavelet or sub-band should have been', async () => {
  const kernels = await loadKernels()
  kernels.scope(() => {
    const image = syntheticImage(kernels, [4, 4, 4], 'float64')
    expect(() => waveletTransform(kernels, image, { ...defaults, wavelet: 'mexh' })).toThrowSaying(
      /"mexh" is not a discrete wavelet.*coif1/,
    )
    expect(() => waveletSubBand(kernels, image, defaults, 'wavelet2-LLL')).toThrowSaying(
      /no sub-band "wavelet2-LLL"; they have wavelet-LLH/,
    )
  })
  expect(waveletSubBands(optionsOf({ force2D: true }))).toEqual(['wavelet-LH', 'wavelet-HL', 'wavelet-HH', 'wavelet-LL'])
})
