import { expect, test } from 'vitest'
import { bandReference, markers, readAsah } from '../../../reference/evaluation.ts'
import { traceRocBand } from './rocBand.ts'

const asah = readAsah()
const options = { resamples: 10_000, seed: 1, level: 0.95 }

test.each(markers)('the band of %s is that of pROC, to the error of 10,000 resamples', (marker) => {
  const { specificities, bands } = bandReference
  const { lower, upper } = traceRocBand(asah[marker], asah.outcome, options, specificities)
  const furthest = (found: readonly number[], expected: readonly number[]) =>
    Math.max(...found.map((value, k) => Math.abs(value - expected[k])))
  expect(furthest(lower, bands[marker].lower)).toBeLessThan(0.025)
  expect(furthest(upper, bands[marker].upper)).toBeLessThan(0.025)
})

test('a score that separates the classes has a band without width, one that says nothing holds the diagonal', () => {
  const outcome = [0, 0, 0, 0, 1, 1, 1, 1]
  const few = { resamples: 200, seed: 1, level: 0.95 }
  const perfect = traceRocBand([1, 2, 3, 4, 5, 6, 7, 8], outcome, few, [0, 0.5, 1])
  expect(perfect.lower).toEqual([1, 1, 1])
  expect(perfect.upper).toEqual([1, 1, 1])
  const constant = traceRocBand([1, 1, 1, 1, 1, 1, 1, 1], outcome, few, [0, 0.25, 1])
  expect(constant.lower).toEqual([1, 0.75, 0])
  expect(constant.upper).toEqual([1, 0.75, 0])
})

test('resamples of whole patients that lack a class are left out', () => {
  const band = traceRocBand(
    [1, 2, 3, 4],
    [0, 0, 1, 1],
    { resamples: 50, seed: 1, level: 0.95, clusters: ['a', 'a', 'b', 'b'] },
    [0.5],
  )
  expect(band.lower).toEqual([1])
})
