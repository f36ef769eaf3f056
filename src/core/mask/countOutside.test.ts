import { expect, test } from 'vitest'
import { identityDirection, type Grid } from '../image/volume.ts'
import { countOutside } from './countOutside.ts'

const grid: Grid = { size: [4, 4, 2], spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection }
const mask = { ...grid, voxels: new Uint8Array(32).fill(1) }
const whole = { lower: [0, 0, 0], upper: [3, 3, 1] } as const

test.each([
  ['its own grid', {}, 0],
  ['half a voxel on: the centres lie on the first faces', { originMm: [0.5, 0, 0] }, 0],
  ['further on', { originMm: [0.6, 0, 0] }, 8],
  ['coarse voxels over the same room', { size: [2, 2, 2], spacingMm: [2, 2, 2], originMm: [0.5, 0.5, 0] }, 0],
  ['turned by half a turn about the third axis', { direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1], originMm: [3, 3, 0] }, 0],
  ['elsewhere', { originMm: [100, 0, 0] }, 32],
] as const)('centres outside: %s', (_, change, outside) => {
  expect(countOutside(mask, whole, { ...grid, ...change })).toEqual({ inside: 32 - outside, outside })
})
