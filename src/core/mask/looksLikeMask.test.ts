// @vitest-environment node
import { expect, test } from 'vitest'
import type { VoxelArray } from '../numeric/voxelArray.ts'
import { findMaskHint, looksLikeMask } from './looksLikeMask.ts'

const filled = (length: number, value: (i: number) => number) => ({ voxels: Float32Array.from({ length }, (_, i) => value(i)) })

test.each([
  ['one label', filled(1000, (i) => Number(i > 900)), true],
  ['a label of any value', filled(1000, (i) => (i > 900 ? 0.0039 : 0)), true],
  ['a region smaller than the sample is wide', filled(3_000_000, (i) => Number(i === 1_234_567)), true],
  ['grey levels', filled(1000, (i) => i % 300), false],
  ['grey levels with much background', filled(1000, (i) => (i > 600 ? i : 0)), false],
  ['negative values', filled(1000, (i) => (i > 900 ? -1 : 0)), false],
  ['an empty mask', filled(1000, () => 0), true],
  ['a constant image', filled(1000, () => 7), false],
  ['few values without background', filled(1000, (i) => 1 + (i % 3)), false],
])('%s', (_, volume, expected) => expect(looksLikeMask(volume)).toBe(expected))

const file = (path: string, voxels: VoxelArray, format: 'NIfTI' | 'DICOM' = 'NIfTI') => ({
  voxels,
  source: { path, format },
})
const floats = (value: (i: number) => number) => Float32Array.from({ length: 1000 }, (_, i) => value(i))
/** A blurred region in nothing; softmax leaves a little everywhere. */
const probability = floats((i) => (i < 700 ? 1e-6 : i < 900 ? (i - 700) / 200 : 1))

test.each([
  ['probabilities', file('a/tumour.nii.gz', probability), 'shares'],
  [
    'shares above 1',
    file(
      'a/tumour.nii.gz',
      probability.map((value) => 100 * value),
    ),
    undefined,
  ],
  [
    'shares of per cent whose file says so',
    file(
      'a/tumour_prob.nii.gz',
      probability.map((value) => Math.round(2000 * value) / 20),
    ),
    'name',
  ],
  [
    'an image normalised to 0 to 1',
    file(
      'a/t1.nii',
      floats((i) => i / 999),
    ),
    undefined,
  ],
  [
    'an image normalised to mean 0',
    file(
      'a/mask.nii',
      floats((i) => (i - 500) / 100),
    ),
    undefined,
  ],
  [
    'many labels',
    file(
      'a/Segmentation.nii',
      Int16Array.from({ length: 1000 }, (_, i) => i % 100),
    ),
    'name',
  ],
  [
    'many labels whose file does not say so',
    file(
      'seg/image.nii',
      Int16Array.from({ length: 1000 }, (_, i) => i % 100),
    ),
    undefined,
  ],
  [
    'grey levels whose file is called a mask',
    file(
      'a/mask.nii',
      Int16Array.from({ length: 1000 }, (_, i) => i),
    ),
    undefined,
  ],
  [
    'a masked image',
    file(
      'a/t1_masked.nii',
      Int16Array.from({ length: 1000 }, (_, i) => i % 100),
    ),
    undefined,
  ],
  [
    'DICOM, which says itself what it is',
    file(
      'a/mask',
      Int16Array.from({ length: 1000 }, (_, i) => i % 100),
      'DICOM',
    ),
    undefined,
  ],
] as const)('%s', (_, volume, expected) => expect(findMaskHint(volume)).toBe(expected))
