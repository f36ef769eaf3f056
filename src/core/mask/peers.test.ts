import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../image/volume.ts'
import { newVoxelArray, type PixelType, type Triple, type VoxelArray } from '../numeric/voxelArray.ts'
import { compareMasks, computeDice, type MaskComparison } from './compare/compareMasks.ts'
import { fillHoles } from './edit/fillHoles.ts'
import { keepLargestIsland, removeSmallIslands } from './edit/islands.ts'
import { closeMask, growMargin, openMask, shrinkMargin } from './edit/margin.ts'
import { smoothMask } from './edit/smoothMask.ts'
import { selectThreshold } from './edit/threshold.ts'
import type { Mask } from './mask.ts'

interface Answer {
  voxels: number
  sha256: string
}
interface Sample {
  name: string
  size: Triple
  spacingMm: Triple
  pixelType: PixelType
  operations: Record<string, Answer & { threshold: number; largest: Answer; notSmall: Answer }>
  comparisons: Record<string, MaskComparison & { disagreementBySlice: number[] }>
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../../reference/python/mask-comparison.json', import.meta.url), 'utf8'),
) as { cases: Sample[] }

function readVoxels(file: string, type: PixelType, count: number): VoxelArray {
  const bytes = gunzipSync(readFileSync(new URL(`../../../public/samples/${file}`, import.meta.url)))
  const array = newVoxelArray(type, count)
  new Uint8Array(array.buffer).set(bytes.subarray(bytes.readFloatLE(108)))
  return array
}

const answer = (voxels: Uint8Array): Answer => ({
  voxels: voxels.reduce((sum, voxel) => sum + voxel, 0),
  sha256: createHash('sha256').update(voxels).digest('hex'),
})

describe.each(cases)('$name', ({ name, size, spacingMm, pixelType, operations, comparisons }) => {
  const count = size[0] * size[1] * size[2]
  const grid = { size, spacingMm, originMm: [0, 0, 0], direction: identityDirection } as const
  const image: Volume = {
    ...grid,
    voxels: readVoxels(`${name}/image.nii.gz`, pixelType, count),
    source: { path: name, format: 'memory' },
  }
  const mask: Mask = { ...grid, voxels: new Uint8Array(readVoxels(`${name}/mask.nii.gz`, 'uint8', count)) }
  const bright: Mask = { ...grid, voxels: selectThreshold(image, { low: operations.bright.threshold, high: Infinity }) }

  it.each(['release', 'debug'] as const)('makes the masks that scipy makes, %s build', async (build) => {
    const kernels = await loadKernels({ build })
    for (const [operation, expected] of Object.entries(operations)) {
      const number = Number(operation.split(' ').at(-1))
      const edited = (): Uint8Array => {
        if (operation === 'bright') return bright.voxels
        if (operation === 'fill 3D') return fillHoles(kernels, bright)
        const [what, source] = operation.split(' ')
        const from = source === 'bright' ? bright : mask
        if (what === 'grow') return growMargin(kernels, from, number)
        if (what === 'shrink') return shrinkMargin(kernels, from, number)
        if (what === 'close') return closeMask(kernels, from, number)
        if (what === 'open') return openMask(kernels, from, number)
        if (what === 'median') return smoothMask(kernels, from, number)
        if (what === 'fill') return fillHoles(kernels, bright, number as 0 | 1 | 2)
        throw new Error(`Nothing here makes "${operation}".`)
      }
      if (operation.startsWith('islands')) {
        const connectivity = number as 6 | 26
        expect(answer(keepLargestIsland(kernels, bright, connectivity)), operation).toEqual(expected.largest)
        expect(answer(removeSmallIslands(kernels, bright, 100, connectivity)), operation).toEqual(expected.notSmall)
      } else expect(answer(edited()), operation).toMatchObject({ voxels: expected.voxels, sha256: expected.sha256 })
    }
  })

  it.each(Object.keys(comparisons))('compares with its copy "%s" as SimpleITK', async (copy) => {
    const kernels = await loadKernels()
    const [what, ...numbers] = copy.split(' ')
    const other: Mask = {
      ...mask,
      voxels:
        what === 'grow'
          ? growMargin(kernels, mask, Number(numbers[0]))
          : what === 'shrink'
            ? shrinkMargin(kernels, mask, Number(numbers[0]))
            : what === 'shift'
              ? shift(mask, numbers.map(Number) as unknown as Triple)
              : mask.voxels,
    }
    const comparison = compareMasks(kernels, mask, other)
    const expected = comparisons[copy]
    for (const key of ['voxelsA', 'voxelsB'] as const) expect(comparison[key]).toBe(expected[key])
    for (const key of [
      'dice',
      'jaccard',
      'hausdorffMm',
      'hausdorff95Mm',
      'meanSurfaceDistanceMm',
      'volumeDifferenceMm3',
    ] as const) {
      // ITK's distance maps are float32.
      expect(Math.abs(comparison[key] - expected[key]), key).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected[key])))
    }
    expect([...comparison.disagreementBySlice]).toEqual(expected.disagreementBySlice)
    expect(comparison.worstSlice ?? null).toBe(expected.worstSlice)
    expect(computeDice(mask.voxels, other.voxels)).toBe(comparison.dice)
  })
})

function shift({ voxels, size: [nx, ny, nz] }: Mask, [dx, dy, dz]: Triple): Uint8Array<ArrayBuffer> {
  const moved = new Uint8Array(voxels.length)
  voxels.forEach((voxel, i) => {
    const [x, y, z] = [(i % nx) + dx, (Math.floor(i / nx) % ny) + dy, Math.floor(i / nx / ny) + dz]
    if (voxel && x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz) moved[x + nx * (y + ny * z)] = 1
  })
  return moved
}
