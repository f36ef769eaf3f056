import { expect, it } from 'vitest'
import { combineMasks } from './combineMasks.ts'

it('joins two masks, whatever their values', () => {
  const [a, b] = [Uint8Array.of(0, 0, 255, 1), Uint8Array.of(0, 2, 0, 1)]
  expect([...combineMasks(a, b, 'union')]).toEqual([0, 1, 1, 1])
  expect([...combineMasks(a, b, 'intersection')]).toEqual([0, 0, 0, 1])
  expect([...combineMasks(a, b, 'difference')]).toEqual([0, 0, 1, 0])
})

it('refuses masks of different grids', () => {
  expect(() => combineMasks(new Uint8Array(3), new Uint8Array(4), 'union')).toThrowSaying('both must be on the same grid')
})
