import { expect, test } from 'vitest'
import { createRandom, deriveSeed, sampleWithoutReplacement, shuffle } from './random.ts'

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) => Array.from({ length: 20 }, createRandom(seed).uniform)
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(2 ** 32)).not.toEqual(draw(0))
})

test('uniform numbers fill [0, 1) evenly', () => {
  const { uniform } = createRandom(1)
  const bins = new Array<number>(20).fill(0)
  for (let i = 0; i < 100_000; i++) bins[Math.floor(uniform() * 20)]++
  const chiSquare = bins.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0)
  expect(chiSquare).toBeLessThan(43.8) // 0.999 quantile, df 19
})

test('integers stay below n and all occur', () => {
  const { integer } = createRandom(3)
  expect(new Set(Array.from({ length: 500 }, () => integer(7)))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
  expect(integer(1)).toBe(0)
})

test('derived seeds differ for every step of the path and its order', () => {
  const paths = [[], [0], [1], [0, 0], [0, 1], [1, 0], ['a'], ['b'], ['a', 0], ['ab'], ['a', 'b'], [2 ** 32]]
  expect(new Set(paths.map((path) => deriveSeed(5, ...path))).size).toBe(paths.length)
  const many = Array.from({ length: 100_000 }, (_, tree) => deriveSeed(5, 'tree', tree))
  expect(new Set(many).size).toBe(many.length)
})

test('shuffling keeps what is there; every order of three is about as frequent', () => {
  const random = createRandom(11)
  const counts = new Map<string, number>()
  for (let i = 0; i < 6000; i++) {
    const order = shuffle(['a', 'b', 'c'], random).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(6)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120)
})

test('a sample has no element twice', () => {
  const sample = sampleWithoutReplacement(50, 20, createRandom(2))
  expect(new Set(sample).size).toBe(20)
  expect(Math.max(...sample)).toBeLessThan(50)
})

test('a seed that is no whole number is refused', () => {
  expect(() => createRandom(1.5)).toThrowSaying('whole number')
  expect(() => createRandom(-1)).toThrowSaying('whole number')
})
