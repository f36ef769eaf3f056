// @vitest-environment node
import { expect, test } from 'vitest'
import { looksLikeMask } from './looksLikeMask.ts'

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
