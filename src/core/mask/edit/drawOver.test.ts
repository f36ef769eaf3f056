import { expect, it } from 'vitest'
import { acceptOver, heldOf } from './drawOver.ts'

const positions = [0, 1, 2, 3, 4, 5]

it('accepts what meets every condition: within a mask, of no other one, and of a grey level in the range, ends included', () => {
  const levels = { voxels: Float32Array.of(1, 2, 3, 4, NaN, 3), range: { low: 2, high: 4 } }
  expect(positions.filter(acceptOver({}))).toEqual(positions)
  expect(positions.filter(acceptOver({ levels }))).toEqual([1, 2, 3, 5])
  expect(positions.filter(acceptOver({ levels: null }))).toEqual(positions)
  expect(positions.filter(acceptOver({ within: Uint8Array.of(0, 2, 1, 0, 1, 1) }))).toEqual([1, 2, 4, 5])
  const besides = [Uint8Array.of(0, 1, 0, 0, 0, 0), Uint8Array.of(0, 0, 0, 0, 0, 2)]
  expect(positions.filter(acceptOver({ besides }))).toEqual([0, 2, 3, 4])
  expect(positions.filter(acceptOver({ besides, levels, within: Uint8Array.of(1, 1, 1, 0, 1, 1) }))).toEqual([2])
})

it('tells nothing held back also where nothing was to change', () => {
  expect([heldOf(0, 0), heldOf(5, 5), heldOf(5, 4), heldOf(5, 0)]).toEqual(['nothing', 'nothing', 'some', 'all'])
})
