import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Block, Kernels, MaskBlock } from '../../kernels/kernels.ts'
import { newVoxelArray, type PixelType, type Triple } from '../../numeric/voxelArray.ts'
import { icosphereVertices } from './icosphere.ts'
import { imageTypeOf, imageTypes, type ImageTypeName } from '../../parameters/profiles/pyradiomics/imageTypes.ts'
import type { ExtractionSettings } from '../../parameters/profiles/pyradiomics/parameters.ts'
import { defaultSettings } from '../../parameters/profiles/pyradiomics/knownSettings.ts'
import { applyFilter, sampleFilter } from './filters.ts'
import { joinLbp3DSamples, lbp3DSamples } from './localBinaryPattern3D.ts'
import { exponentialImage, logarithmImage, squareImage, squareRootImage } from './pointwise.ts'
import { DataError } from '../../messages/message.ts'

const defaults = { levels: 2, radius: 1, subdivision: 1 }

interface SyntheticImage {
  size: Triple
  pixelType: PixelType
  low: number
  high: number
  divisor: number
}
interface Case extends SyntheticImage {
  settings: Partial<ExtractionSettings>
  images: { name: string; values: (number | null)[] }[]
}
const read = (file: string) => JSON.parse(readFileSync(new URL(`../../../../reference/lbp/${file}`, import.meta.url), 'utf8'))
const { cases } = read('lbp3D.json') as { cases: Case[] }
interface PlaneCase extends SyntheticImage {
  settings: Partial<ExtractionSettings>
  image: { name: string; pixelType: PixelType; values: (number | null)[] }
}
interface PointwiseCase extends SyntheticImage {
  images: { filter: keyof typeof pointwiseFilters; pixelType: PixelType; values: (number | null)[] }[]
}
const { cases: planeCases } = read('lbp2D.json') as { cases: PlaneCase[] }
const { cases: pointwiseCases } = read('pointwise.json') as { cases: PointwiseCase[] }
const pointwiseFilters = {
  Square: squareImage,
  SquareRoot: squareRootImage,
  Logarithm: logarithmImage,
  Exponential: exponentialImage,
}
const { spheres } = read('icospheres.json') as { spheres: { subdivisions: number; radius: number; vertices: number[] }[] }

/** The image of reference/lbp/make.py. */
function syntheticImage(kernels: Kernels, { size, pixelType, low, high, divisor }: SyntheticImage): Block {
  const count = size[0] * size[1] * size[2]
  const noise: number[] = []
  let state = 12345n
  for (let i = 0; i < count + 2; i++) {
    state = (state * 1103515245n + 12345n) % 2147483648n
    noise.push((Number(state >> 16n) % 2001) - 1000)
  }
  const voxels = newVoxelArray(pixelType, count)
  for (let i = 0; i < count; i++)
    voxels[i] = Math.min(high, Math.max(low, Math.floor((noise[i] + noise[i + 1] + noise[i + 2]) / 3))) / divisor
  const pointer = kernels.allocate(count * 8)
  kernels.f64(pointer, count).set(voxels)
  return { pointer, size, spacingMm: [1, 1, 1], pixelType }
}

/** Its mask: holes and runs of all lengths, touching every border. */
function syntheticMask(kernels: Kernels, size: Triple): MaskBlock {
  const [nx, ny, nz] = size
  const pointer = kernels.allocate(nx * ny * nz)
  const voxels = kernels.u8(pointer, nx * ny * nz)
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) voxels[x + nx * (y + ny * z)] = (x + 2 * y + 3 * z) % 7 ? 1 : 0
  return { pointer, size }
}

function allValues(kernels: Kernels, { pointer, size }: Block): number[] {
  return [...kernels.f64(pointer, size[0] * size[1] * size[2])]
}

function roiValues(kernels: Kernels, image: Block, mask: MaskBlock): number[] {
  const count = image.size[0] * image.size[1] * image.size[2]
  const inside = kernels.u8(mask.pointer, count)
  return [...kernels.f64(image.pointer, count)].filter((_, i) => inside[i])
}

/** The images of an image type as an extraction makes them, with PyRadiomics's defaults but for these settings. */
function makeImages(
  kernels: Kernels,
  type: ImageTypeName,
  image: Block,
  mask: MaskBlock,
  settings: Partial<ExtractionSettings> = {},
): { name: string; image: Block }[] {
  const input = { kernels, image, mask }
  const count = roiValues(kernels, image, mask).length
  return imageTypeOf(type)
    .images({ ...defaultSettings, ...settings })
    .map(({ name, filter, sampling }) => {
      const made = applyFilter(input, filter, sampling === undefined ? [] : [sampleFilter(input, filter, 0, count)])
      if ('skipped' in made) throw new DataError(made.skipped)
      return { name, image: made }
    })
}

describe.each(['release', 'debug'] as const)('LBP 3D, %s build', (build) => {
  it.each(cases)('is PyRadiomics: $size $pixelType [$low, $high] $settings', async (given) => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const image = syntheticImage(kernels, given)
      const mask = syntheticMask(kernels, given.size)
      const found = makeImages(kernels, 'LBP3D', image, mask, given.settings)
      expect(found.map(({ name }) => name)).toEqual(given.images.map(({ name }) => name))
      found.forEach(({ name, image: block }, i) => {
        const values = roiValues(kernels, block, mask)
        const expected = given.images[i].values.map((value) => value ?? NaN)
        // m1 and k have scipy's and numpy's bits; m2 and higher are summed in another order
        if (name === 'lbp-3D-m1' || name === 'lbp-3D-k') expect(values, name).toEqual(expected)
        else
          expect(Math.max(...values.map((value, at) => Math.abs(value - expected[at]) / Math.max(1, expected[at])))).toBeLessThan(
            1e-12,
          )
      })
    })
  })

  it('does not depend on where a ROI is split', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const image = syntheticImage(kernels, cases[1])
      const mask = syntheticMask(kernels, cases[1].size)
      const count = roiValues(kernels, image, mask).length
      const whole = lbp3DSamples(kernels, image, mask, defaults, 0, count)
      for (const cut of [0, 1, 2, 3, 5, 100, count]) {
        const pieces = [
          lbp3DSamples(kernels, image, mask, defaults, 0, cut),
          lbp3DSamples(kernels, image, mask, defaults, cut, count),
        ]
        expect(joinLbp3DSamples(defaults, pieces)).toEqual(whole)
      }
    })
  })

  it('does not change when grey values are scaled by a power of two', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const mask = syntheticMask(kernels, cases[0].size)
      const [once, quarter] = [7, 28].map((divisor) =>
        makeImages(kernels, 'LBP3D', syntheticImage(kernels, { ...cases[0], divisor }), mask).map(({ image }) =>
          roiValues(kernels, image, mask),
        ),
      )
      expect(quarter).toEqual(once)
    })
  })
})

it.each(spheres)(
  'has the vertices of trimesh: $subdivisions subdivisions, radius $radius',
  ({ subdivisions, radius, vertices }) => {
    const found = icosphereVertices(subdivisions, radius)
    expect(found).toHaveLength(vertices.length)
    expect(Math.max(...vertices.map((value, i) => Math.abs(value - found[i])))).toBeLessThanOrEqual(4.5e-16 * radius)
  },
)

it("has the bits of trimesh for PyRadiomics's default sphere", () => {
  expect([...icosphereVertices(1, 1)]).toEqual(spheres[1].vertices)
})

it('gives m1 and k alone for one level, where PyRadiomics 3.0.1 fails', async () => {
  const kernels = await loadKernels()
  kernels.scope(() => {
    const [image, mask] = [syntheticImage(kernels, cases[0]), syntheticMask(kernels, cases[0].size)]
    const [two, one] = [2, 1].map((lbp3DLevels) =>
      makeImages(kernels, 'LBP3D', image, mask, { lbp3DLevels }).map((found) => [
        found.name,
        roiValues(kernels, found.image, mask),
      ]),
    )
    expect(one).toEqual([two[0], two[2]])
  })
})

it('names the images as PyRadiomics', () => {
  const images = imageTypes.LBP3D.images({ ...defaultSettings, lbp3DLevels: 3 })
  expect(images.map(({ name }) => name)).toEqual(['lbp-3D-m1', 'lbp-3D-m2', 'lbp-3D-m3', 'lbp-3D-k'])
})

describe.each(['release', 'debug'] as const)('LBP 2D, %s build', (build) => {
  it.each(planeCases)('has the bits and pixel type of PyRadiomics: $size $pixelType $settings', async (given) => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const mask = syntheticMask(kernels, given.size)
      const [{ image: found }] = makeImages(kernels, 'LBP2D', syntheticImage(kernels, given), mask, given.settings)
      expect(found.pixelType).toBe(given.image.pixelType)
      expect(allValues(kernels, found)).toEqual(given.image.values.map((value) => value ?? NaN))
    })
  })
})

describe.each(['release', 'debug'] as const)('pointwise filters, %s build', (build) => {
  it.each(pointwiseCases)('are PyRadiomics: $size $pixelType [$low, $high] / $divisor', async (given) => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const image = syntheticImage(kernels, given)
      for (const { filter, pixelType, values } of given.images) {
        const found = pointwiseFilters[filter](kernels, image)
        expect(found.pixelType).toBe(pixelType)
        const ulps = allValues(kernels, found).map(
          (value, i) => Math.abs(value - values[i]!) / (Math.abs(values[i]!) || 1) / Number.EPSILON,
        )
        expect(Math.max(...ulps), filter).toBeLessThanOrEqual(filter.startsWith('Square') ? 0 : 2)
      }
    })
  })

  it('refuse an image that is 0 everywhere where they would divide by its maximum', async () => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const image = syntheticImage(kernels, { size: [3, 2, 2], pixelType: 'float64', low: 0, high: 0, divisor: 1 })
      expect(() => squareImage(kernels, image)).toThrowSaying(/Square is not defined for an image that is 0 everywhere/)
      expect(() => logarithmImage(kernels, image)).toThrowSaying(/Logarithm is not defined/)
      expect(() => exponentialImage(kernels, image)).toThrowSaying(/Exponential is not defined/)
      expect(allValues(kernels, squareRootImage(kernels, image)).every((value) => value === 0)).toBe(true)
    })
  })
})
