import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { findSeparatingColumns, findSeparation } from './separation.ts'

test('one column: a gap separates, an overlap does not, a shared value does by half', () => {
  expect(findSeparation(Float64Array.of(1, 2, 3, 4), [0, 0, 1, 1])).toEqual({ kind: 'complete', columns: [0] })
  expect(findSeparation(Float64Array.of(1, 2, 3, 4), [1, 1, 0, 0])).toEqual({ kind: 'complete', columns: [0] })
  expect(findSeparation(Float64Array.of(1, 3, 2, 4), [0, 0, 1, 1])).toBeNull()
  expect(findSeparation(Float64Array.of(1, 2, 2, 4), [0, 0, 1, 1])).toEqual({ kind: 'quasi-complete', columns: [0] })
})

test('a binary column that is 1 in one class only is quasi-complete; the other column stays finite', () => {
  const binary = [0, 0, 0, 0, 0, 0, 1, 1]
  const other = [1, 5, 3, 2, 4, 6, 3, 2]
  const outcome = [0, 0, 0, 1, 1, 0, 1, 1]
  expect(findSeparation(Float64Array.from([...binary, ...other]), outcome)).toEqual({ kind: 'quasi-complete', columns: [0] })
})

test('two columns that separate together only', () => {
  const x = [1, 2, 3, 4, 1, 2, 3, 4]
  const y = [1.5, 2.4, 3.6, 4.2, 0.5, 1.4, 2.6, 3.1]
  const outcome = [1, 1, 1, 1, 0, 0, 0, 0]
  expect(findSeparation(Float64Array.from(x), outcome)).toBeNull()
  expect(findSeparation(Float64Array.from([...x, ...y]), outcome)).toEqual({ kind: 'complete', columns: [0, 1] })
})

test('random tables: as many columns as rows separate, few do not; a planted plane is found', () => {
  const random = createRandom(5)
  const noise = (count: number) => Float64Array.from({ length: count }, () => random.uniform())
  const labels = Array.from({ length: 200 }, () => random.integer(2))
  expect(findSeparation(noise(200 * 10), labels)).toBeNull()
  expect(findSeparation(noise(40 * 39), labels.slice(0, 40))?.kind).toBe('complete')
  const values = noise(300 * 6)
  const score = Array.from({ length: 300 }, (_, i) => values[i] - values[600 + i] + 0.3 * values[1500 + i])
  const plane = score.map((value) => Number(value > 0.2))
  expect(findSeparation(values, plane)?.kind).toBe('complete')
  plane[score.indexOf(Math.max(...score))] = 0
  expect(findSeparation(values, plane)).toBeNull()
})

test('of a complete separation those columns are named that it needs, not all that the plane leans on', () => {
  const random = createRandom(11)
  const outcome = Array.from({ length: 80 }, () => random.integer(2))
  const noise = Array.from({ length: 80 * 8 }, () => random.uniform())
  const copy = outcome.map((label) => 2 * label + 1)
  const needed = (columns: readonly number[]) => {
    const values = Float64Array.from(columns)
    return findSeparatingColumns(values, outcome, findSeparation(values, outcome)!)
  }
  expect(needed([...noise, ...copy])).toEqual([8])
  expect(needed([...copy, ...noise])).toEqual([0])
})

test('a constant column changes nothing', () => {
  const flat = new Float64Array(8).fill(3)
  flat.set([1, 2, 3, 4], 4)
  expect(findSeparation(flat, [0, 0, 1, 1])).toEqual({ kind: 'complete', columns: [1] })
})
