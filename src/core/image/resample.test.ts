import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Block, Kernels } from '../kernels/kernels.ts'
import { newVoxelArray, type PixelType, type Triple, type VoxelArray } from '../numeric/voxelArray.ts'
import { interpolations } from '../parameters/profiles/pyradiomics.ts'
import type { Interpolator } from '../parameters/profiles/pyradiomics/generalSettings.ts'
import { planResampling, resampleImage, resampleLabels } from './resample.ts'
import { voxelCount, type BoundingBox, type Grid } from './volume.ts'

interface ResampleCase {
  name: string
  grid: Grid
  pixelType: PixelType
  image: string
  mask: string
  resampledPixelSpacing: Triple
  padDistance: number
  newGrid: Grid
  newMask: string
  results: { interpolator: Interpolator; output: string }[]
}

const folder = new URL('../../../reference/simpleitk/', import.meta.url)
const { cases } = JSON.parse(readFileSync(new URL('resample.json', folder), 'utf8')) as { cases: ResampleCase[] }

function readArray(file: string, type: PixelType): VoxelArray {
  const bytes = gunzipSync(readFileSync(new URL(`resample/${file}`, folder)))
  const array = newVoxelArray(type, bytes.length / newVoxelArray(type, 1).BYTES_PER_ELEMENT)
  new Uint8Array(array.buffer).set(bytes)
  return array
}

function boundsOf(mask: VoxelArray, [nx, ny]: Triple): BoundingBox {
  const inside = [...mask.keys()]
    .filter((i) => mask[i] === 1)
    .map((i): Triple => [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)])
  const along = (axis: number) => inside.map((voxel) => voxel[axis])
  const lower: Triple = [Math.min(...along(0)), Math.min(...along(1)), Math.min(...along(2))]
  return { lower, upper: [Math.max(...along(0)), Math.max(...along(1)), Math.max(...along(2))] }
}

function planOf({ mask, grid, resampledPixelSpacing, padDistance }: ResampleCase, interpolator: Interpolator) {
  const boundingBox = boundsOf(readArray(mask, 'uint8'), grid.size)
  return planResampling({
    grid,
    boundingBox,
    spacingMm: resampledPixelSpacing,
    padding: padDistance,
    interpolation: interpolations[interpolator],
  })
}

/** The box of the image that the plan asks for, as a block. */
function cropSource(kernels: Kernels, { image, pixelType, grid }: ResampleCase, { lower, upper }: BoundingBox): Block {
  const voxels = readArray(image, pixelType)
  const size: Triple = [upper[0] - lower[0] + 1, upper[1] - lower[1] + 1, upper[2] - lower[2] + 1]
  const pointer = kernels.allocate(voxelCount({ size }) * 8)
  const block = kernels.f64(pointer, voxelCount({ size }))
  let to = 0
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      for (let x = lower[0]; x <= upper[0]; x++) block[to++] = voxels[x + grid.size[0] * (y + grid.size[1] * z)]
    }
  }
  return { pointer, size, spacingMm: grid.spacingMm, pixelType }
}

describe.each(cases)('resampling of $name as SimpleITK does it', (resampleCase) => {
  const { grid, newGrid, results, pixelType } = resampleCase

  it('lays the same grid', () => {
    const plan = planOf(resampleCase, results[0].interpolator)
    expect(plan.grid.size).toEqual(newGrid.size)
    expect(plan.grid.spacingMm).toEqual(newGrid.spacingMm)
    expect(plan.grid.originMm).toEqual(newGrid.originMm)
    expect(plan.grid.direction).toEqual(newGrid.direction)
  })

  it('gives every mask voxel the same label', () => {
    const labels = { ...grid, voxels: readArray(resampleCase.mask, 'uint8') }
    expect(resampleLabels(labels, planOf(resampleCase, 'sitkLinear').grid)).toEqual(readArray(resampleCase.newMask, 'uint8'))
  })

  it.each(
    results.flatMap((result) => [
      { ...result, build: 'release' as const },
      { ...result, build: 'debug' as const },
    ]),
  )('$interpolator, $build build', async ({ interpolator, output, build }) => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const plan = planOf(resampleCase, interpolator)
      const block = resampleImage(
        kernels,
        cropSource(kernels, resampleCase, plan.sourceBox),
        grid,
        plan,
        interpolations[interpolator],
      )
      const expected = readArray(output, pixelType)
      const values = kernels.f64(block.pointer, expected.length)
      expect(block.pixelType).toBe(pixelType)
      expect(block.size).toEqual(newGrid.size)
      const unequal = values.filter((value, i) => value !== expected[i]).length
      const difference = values.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0)
      if (unequal > 0)
        console.log(`${resampleCase.name} ${interpolator}: ${unequal} of ${expected.length} unequal, by at most ${difference}`)
      // The weights of the others come from sin, cos, exp and log, whose last bits differ between libraries.
      if (/Nearest|Linear|BSpline|LabelGaussian/.test(interpolator)) expect(unequal).toBe(0)
      expect(difference).toBeLessThan(1e-12)
    })
  })
})
describe('resampleImage', () => {
  const grid: Grid = { size: [6, 5, 4], spacingMm: [2, 2, 2], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] }
  const boundingBox: BoundingBox = { lower: [1, 1, 1], upper: [3, 3, 2] }
  const plan = (spacingMm: Triple) => planResampling({ grid, boundingBox, spacingMm, padding: 1, interpolation: 'spline3' })

  it('keeps a constant image constant', async () => {
    const kernels = await loadKernels()
    kernels.scope(() => {
      const pointer = kernels.allocate(120 * 8)
      kernels.f64(pointer, 120).fill(7)
      const result = resampleImage(
        kernels,
        { pointer, size: grid.size, spacingMm: grid.spacingMm, pixelType: 'float64' },
        grid,
        plan([1, 1.5, 3]),
        'spline3',
      )
      for (const value of kernels.f64(result.pointer, voxelCount(result))) expect(value).toBeCloseTo(7, 12)
    })
  })

  it('refuses a source that is not the box of the plan', async () => {
    const kernels = await loadKernels()
    const source: Block = { pointer: 0, size: [3, 5, 4], spacingMm: grid.spacingMm, pixelType: 'float64' }
    expect(() => resampleImage(kernels, source, grid, plan([1, 1, 1]), 'spline3')).toThrowSaying(
      /has 3 x 5 x 4 voxels, the plan's source box has 6 x 5 x 4/,
    )
  })

  it('only crops when no spacing changes', async () => {
    expect(plan([2, 0, 2])).toMatchObject({ kind: 'crop', sourceBox: { lower: [0, 0, 0], upper: [4, 4, 3] } })
    const kernels = await loadKernels()
    const source: Block = { pointer: 0, size: [5, 5, 4], spacingMm: grid.spacingMm, pixelType: 'float64' }
    expect(resampleImage(kernels, source, grid, plan([2, 0, 2]), 'spline3')).toBe(source)
  })
})

describe('resampleLabels', () => {
  it('brings labels of any value and type onto a grid of another direction, by physical point', () => {
    const labels = {
      size: [4, 3, 2] as const,
      spacingMm: [1, 2, 3] as const,
      originMm: [10, 20, 30] as const,
      direction: [0, 0, 1, -1, 0, 0, 0, 1, 0] as const,
      voxels: Float32Array.from({ length: 24 }, (_, i) => i * 0.25),
    }
    // x of the labels runs along -y, y along z, z along x.
    const target: Grid = { size: [3, 5, 4], spacingMm: [3, 1, 2], originMm: [10, 16, 30], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] }
    const result = resampleLabels(labels, target)
    const at = (x: number, y: number, z: number) => result[x + 3 * (y + 5 * z)]
    expect(result).toBeInstanceOf(Float32Array)
    expect(at(0, 4, 0)).toBe(0)
    expect(at(0, 3, 0)).toBe(0.25)
    expect(at(0, 1, 2)).toBe(0.25 * (3 + 4 * 2))
    expect(at(1, 1, 2)).toBe(0.25 * (3 + 4 * 2 + 12))
    expect(at(2, 1, 2)).toBe(0)
    expect(at(0, 0, 2)).toBe(0)
    expect(at(0, 1, 3)).toBe(0)
  })

  it('finds what a scan line crosses between two ends outside', () => {
    const labels = {
      size: [1, 4, 1] as const,
      spacingMm: [1, 1, 1] as const,
      originMm: [0, 0, 0] as const,
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] as const,
      voxels: Uint8Array.of(1, 2, 3, 4),
    }
    const target: Grid = { size: [8, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 5, 0], direction: [0, 1, 0, -1, 0, 0, 0, 0, 1] }
    expect([...resampleLabels(labels, target)]).toEqual([0, 0, 4, 3, 2, 1, 0, 0])
  })
})
