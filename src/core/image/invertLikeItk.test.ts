import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { invertLikeItk } from './invertLikeItk.ts'
import type { Direction } from './volume.ts'

const { matrices } = JSON.parse(readFileSync(new URL('../../../reference/simpleitk/inverse.json', import.meta.url), 'utf8')) as {
  matrices: { matrix: Direction; inverse: number[] }[]
}

describe('invertLikeItk', () => {
  it.each(matrices)('of $matrix has the bits of ITK', ({ matrix, inverse }) => {
    expect(invertLikeItk(matrix).map((value) => value + 0)).toEqual(inverse.map((value) => value + 0))
  })

  it('refuses a singular matrix and non-finite numbers', () => {
    expect(() => invertLikeItk([1, 0, 1, 0, 1, 0, 1, 0, 1])).toThrowSaying(/singular/)
    expect(() => invertLikeItk([1, 0, 0, 0, 0, 0, 0, 0, 1])).toThrowSaying(/singular/)
    expect(() => invertLikeItk([1, 0, 0, 0, NaN, 0, 0, 0, 1])).toThrowSaying(/finite/)
  })
})
