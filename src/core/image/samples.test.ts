import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Block, Kernels } from '../kernels/kernels.ts'
import { newVoxelArray, type PixelType, type Triple, type VoxelArray } from '../numeric/voxelArray.ts'
import { gradient } from './filters/gradient.ts'
import { laplacianOfGaussian } from './filters/laplacianOfGaussian.ts'
import { fitNormalisation, normalise } from './normalise.ts'
import { planResampling, resampleImage, resampleLabels, type ResamplingPlan } from './resample.ts'
import { measureVolume } from './statistics.ts'
import { voxelCount, type BoundingBox, type Grid } from './volume.ts'

interface Sample {
  name: string
  grid: Grid
  pixelType: PixelType
  newGrid: Grid
  mask: string
  image: string
  imageNotNormalised: string
  laplacianOfGaussian: { sigmaMm: number; hash: string }[]
  gradient: string
}

const { cases, options } = JSON.parse(
  readFileSync(new URL('../../../reference/simpleitk/samples.json', import.meta.url), 'utf8'),
) as {
  cases: Sample[]
  options: {
    normalizeScale: number
    removeOutliers: number
    resampledPixelSpacing: Triple
    padDistance: number
  }
}

/** The voxels of an uncompressed part of a NIfTI file; its geometry comes from the reference. */
function readVoxels(file: string, type: PixelType, count: number): VoxelArray {
  const bytes = gunzipSync(readFileSync(new URL(`../../../public/samples/${file}`, import.meta.url)))
  const array = newVoxelArray(type, count)
  new Uint8Array(array.buffer).set(bytes.subarray(bytes.readFloatLE(108)))
  return array
}

function hash(values: Float64Array | Uint8Array): string {
  const positiveZero = values.map((value) => value + 0)
  return createHash('sha256').update(new Uint8Array(positiveZero.buffer)).digest('hex')
}

const hashBlock = (kernels: Kernels, block: Block) => hash(kernels.f64(block.pointer, voxelCount(block)))

function boundsOf(mask: VoxelArray, [nx, ny]: Triple): BoundingBox {
  const lower: [number, number, number] = [Infinity, Infinity, Infinity]
  const upper: [number, number, number] = [-1, -1, -1]
  mask.forEach((inside, i) => {
    if (inside === 0) return
    const voxel = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)]
    voxel.forEach((index, axis) => {
      lower[axis] = Math.min(lower[axis], index)
      upper[axis] = Math.max(upper[axis], index)
    })
  })
  return { lower, upper }
}

function cropSource(
  kernels: Kernels,
  voxels: VoxelArray,
  { grid, pixelType }: Sample,
  { sourceBox: { lower, upper } }: ResamplingPlan,
): Block {
  const size: Triple = [upper[0] - lower[0] + 1, upper[1] - lower[1] + 1, upper[2] - lower[2] + 1]
  const pointer = kernels.allocate(voxelCount({ size }) * 8)
  const block = kernels.f64(pointer, voxelCount({ size }))
  let to = 0
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      const row = grid.size[0] * (y + grid.size[1] * z)
      for (let x = lower[0]; x <= upper[0]; x++) block[to++] = voxels[row + x]
    }
  }
  return { pointer, size, spacingMm: grid.spacingMm, pixelType }
}

describe.each(cases)('$name, normalised and resampled, in every bit of PyRadiomics', (sample) => {
  const { grid, newGrid, name, pixelType } = sample
  const voxels = readVoxels(`${name}/image.nii.gz`, pixelType, voxelCount(grid))
  const labels = readVoxels(`${name}/mask.nii.gz`, 'uint8', voxelCount(grid))
  const plan = planResampling({
    grid,
    boundingBox: boundsOf(labels, grid.size),
    spacingMm: options.resampledPixelSpacing,
    padding: options.padDistance,
    interpolation: 'spline3',
  })

  it('grid and mask', () => {
    expect(plan.grid).toEqual(newGrid)
    expect(hash(resampleLabels({ ...grid, voxels: labels }, plan.grid) as Uint8Array)).toBe(sample.mask)
  })

  it('image, LoG and gradient', async () => {
    const kernels = await loadKernels()
    kernels.scope(() => {
      const source = normalise(
        kernels,
        cropSource(kernels, voxels, sample, plan),
        fitNormalisation(measureVolume(voxels), grid.size, 'normalize'),
        { sd: options.normalizeScale, limitSd: options.removeOutliers },
      )
      const image = resampleImage(kernels, source, grid, plan, 'spline3')
      expect(hashBlock(kernels, image)).toBe(sample.image)
      for (const { sigmaMm, hash: expected } of sample.laplacianOfGaussian) {
        const result = laplacianOfGaussian(kernels, image, { sigmaMm, names: { sigma: 'sigma', padding: 'padDistance' } })
        expect('pointer' in result && hashBlock(kernels, result)).toBe(expected)
      }
      expect(hashBlock(kernels, gradient(kernels, image, { perMm: true }))).toBe(sample.gradient)
    })
  })

  it('image of whole numbers, cut off as ITK does', async () => {
    const kernels = await loadKernels()
    kernels.scope(() => {
      const image = resampleImage(kernels, cropSource(kernels, voxels, sample, plan), grid, plan, 'spline3')
      expect(image.pixelType).toBe(pixelType)
      expect(hashBlock(kernels, image)).toBe(sample.imageNotNormalised)
    })
  })
})
