import { expect, it } from 'vitest'
import { countConnectedComponents } from './connectedComponents.ts'

it('joins voxels that touch by a corner and parts those that do not', () => {
  // x fastest: a corner contact between (0,0,0) and (1,1,1), and (3,0,0) apart
  const mask = new Uint8Array(4 * 2 * 2)
  mask[0] = 1
  mask[1 + 4 * (1 + 2 * 1)] = 1
  mask[3] = 1
  expect(countConnectedComponents(mask, [4, 2, 2])).toBe(2)
})

it('does not wrap round the ends of a row', () => {
  expect(countConnectedComponents(Uint8Array.of(0, 0, 1, 1, 0, 0), [3, 2, 1])).toBe(2)
})

it('finds nothing in an empty mask', () => {
  expect(countConnectedComponents(new Uint8Array(8), [2, 2, 2])).toBe(0)
})
