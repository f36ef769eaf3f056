import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Block, Kernels } from '../../kernels/kernels.ts'
import type { PixelType, Triple } from '../../numeric/voxelArray.ts'
import { voxelCount } from '../volume.ts'
import { gradient } from './gradient.ts'
import { laplacianOfGaussian } from './laplacianOfGaussian.ts'

interface FilterCase {
  name: string
  size: Triple
  spacingMm: Triple
  pixelType: PixelType
  input: string
  laplacianOfGaussian: ({ sigmaMm: number; skipped: true } | { sigmaMm: number; skipped: false; output: string })[]
  gradient: { gradientUseSpacing: boolean; output: string }[]
}

const folder = new URL('../../../../reference/simpleitk/', import.meta.url)
const { cases } = JSON.parse(readFileSync(new URL('filters.json', folder), 'utf8')) as { cases: FilterCase[] }

function readArray(file: string, type: PixelType): Int16Array | Float32Array | Float64Array {
  const bytes = gunzipSync(readFileSync(new URL(`filters/${file}`, folder)))
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  if (type === 'int16') return new Int16Array(buffer)
  return type === 'float32' ? new Float32Array(buffer) : new Float64Array(buffer)
}

function readInput(kernels: Kernels, { input, pixelType, size, spacingMm }: FilterCase): Block {
  const pointer = kernels.allocate(voxelCount({ size }) * 8)
  kernels.f64(pointer, voxelCount({ size })).set(readArray(input, pixelType))
  return { pointer, size, spacingMm, pixelType }
}

/** Voxels whose values differ from the reference at all. */
function countUnequal(kernels: Kernels, block: Block, file: string): number {
  const expected = readArray(file, 'float32')
  const values = kernels.f64(block.pointer, expected.length)
  expect(block.pixelType).toBe('float32')
  expect(values.every((value) => value === Math.fround(value))).toBe(true)
  return values.reduce((count, value, i) => count + (value === expected[i] ? 0 : 1), 0)
}

describe.each(['release', 'debug'] as const)('filters in the bits of SimpleITK, %s build', (build) => {
  const unequal: string[] = []

  it.each(
    cases.flatMap((filterCase) =>
      filterCase.laplacianOfGaussian.map((record) => ({ filterCase, record, name: filterCase.name, sigma: record.sigmaMm })),
    ),
  )('LoG of $name, sigma $sigma mm', async ({ filterCase, record }) => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const result = laplacianOfGaussian(kernels, readInput(kernels, filterCase), {
        sigmaMm: record.sigmaMm,
        names: { sigma: 'sigma', padding: 'padDistance' },
      })
      expect('skipped' in result).toBe(record.skipped)
      if ('skipped' in result || record.skipped) return
      const count = countUnequal(kernels, result, record.output)
      unequal.push(`${filterCase.name} LoG ${record.sigmaMm} mm: ${count} of ${voxelCount(filterCase)}`)
      expect(count).toBe(0)
    })
  })

  it.each(
    cases.flatMap((filterCase) =>
      filterCase.gradient.map((record) => ({ filterCase, record, name: filterCase.name, spacing: record.gradientUseSpacing })),
    ),
  )('gradient of $name, gradientUseSpacing $spacing', async ({ filterCase, record }) => {
    const kernels = await loadKernels({ build })
    kernels.scope(() => {
      const count = countUnequal(
        kernels,
        gradient(kernels, readInput(kernels, filterCase), { perMm: record.gradientUseSpacing }),
        record.output,
      )
      unequal.push(`${filterCase.name} gradient (spacing ${record.gradientUseSpacing}): ${count} of ${voxelCount(filterCase)}`)
      expect(count).toBe(0)
    })
  })

  afterAll(() => console.log(`Voxels unequal to SimpleITK (${build}):\n  ${unequal.join('\n  ')}`))
})
