import { expect, it } from 'vitest'
import { otsuThreshold } from './otsuThreshold.ts'

it('parts two heaps in the middle of the gap, however unequal they are', () => {
  const low = Float64Array.from({ length: 5000 }, (_, i) => (i % 100) / 10)
  const high = Float64Array.from({ length: 7 }, (_, i) => 90 + i)
  const threshold = otsuThreshold(high, low)
  expect(threshold).toBeGreaterThan(40)
  expect(threshold).toBeLessThan(60)
  expect(otsuThreshold(low, high)).toBe(threshold)
})

it('equals the definition by trying every bin', () => {
  const [a, b] = [
    Float64Array.from({ length: 40 }, (_, i) => (i * i) % 97),
    Float64Array.from({ length: 9 }, (_, i) => 60 + ((i * 31) % 50)),
  ]
  const [low, high] = [Math.min(...a, ...b), Math.max(...a, ...b)]
  const binOf = (value: number) => Math.min(255, Math.floor(((value - low) / (high - low)) * 256))
  const weighted = [...[...a].map((value) => [binOf(value), 0.5 / 40]), ...[...b].map((value) => [binOf(value), 0.5 / 9])]
  const between = (cut: number) => {
    const [below, above] = [weighted.filter(([bin]) => bin <= cut), weighted.filter(([bin]) => bin > cut)]
    const mass = (side: number[][]) => side.reduce((sum, [, weight]) => sum + weight, 0)
    const mean = (side: number[][]) => side.reduce((sum, [bin, weight]) => sum + bin * weight, 0) / mass(side)
    return mass(below) * mass(above) * (mean(below) - mean(above)) ** 2
  }
  const scores = Array.from({ length: 255 }, (_, cut) => between(cut) || 0)
  const best = Math.max(...scores)
  const equals = scores
    .map((score, cut) => [score, cut])
    .filter(([score]) => score > best * (1 - 1e-9))
    .map(([, cut]) => cut)
  const middle = (equals[0] + equals.at(-1)!) / 2
  expect(otsuThreshold(a, b)).toBeCloseTo(low + ((high - low) / 256) * (middle + 1), 9)
})

it('knows one level only, and refuses none and NaN', () => {
  expect(otsuThreshold(Float64Array.of(4), Float64Array.of(4, 4))).toBe(4)
  expect(() => otsuThreshold(new Float64Array(0), Float64Array.of(1))).toThrowSaying('no grey level')
  expect(() => otsuThreshold(Float64Array.of(NaN), Float64Array.of(1))).toThrowSaying('is NaN')
})
