import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compareFeatures, parseFeatureLines } from './madeComparison.ts'

const reference = parseFeatureLines(
  readFileSync(new URL('../../../reference/pyradiomics/brain1/features_paper.csv', import.meta.url), 'utf8'),
)

const changed = (name: string, change: (value: number) => number) =>
  reference.map(([key, value]): [string, number] => [key, key === name ? change(value) : value])

test('a table equals itself, whatever the order of its features', () => {
  expect(reference).toHaveLength(1502)
  expect(compareFeatures([...reference].reverse(), reference)).toMatchObject({ equal: true, medianRelative: 0, outside: [] })
})

test.each([
  ['original_firstorder_Mean', 1 + 0.9e-5, true],
  ['original_firstorder_Mean', 1 + 1.1e-5, false],
  ['original_firstorder_Mean', NaN, false],
  ['wavelet-LLH_glcm_Idm', -1, false],
  ['lbp-3D-m2_glcm_Idm', 1 + 1.1e-5, false],
])('%s times %f', (name, factor, equal) => {
  expect(compareFeatures(changed(name, (value) => value * factor), reference).equal).toBe(equal) // prettier-ignore
})

test('features that cancel have an absolute floor, and no others', () => {
  const tiny: [string, number][] = [['original_firstorder_Skewness', 1e-7], ['original_firstorder_Mean', 1e-7]] // prettier-ignore
  const zero = tiny.map(([name]): [string, number] => [name, 0])
  expect(compareFeatures(zero, tiny).outside.map(({ name }) => name)).toEqual(['original_firstorder_Mean'])
})

test('grey values of float32 images are compared with the range of the ROI', () => {
  const at = (image: string, minimum: number): [string, number][] => [[`${image}_firstorder_Range`, 100], [`${image}_firstorder_Minimum`, minimum]] // prettier-ignore
  expect(compareFeatures(at('gradient', 0.00009), at('gradient', 0)).outside).toHaveLength(0)
  expect(compareFeatures(at('gradient', 0.00011), at('gradient', 0)).outside).toHaveLength(1)
  expect(compareFeatures(at('original', 0.00009), at('original', 0)).outside).toHaveLength(1)
})

test('a feature that is missing or extra is a difference', () => {
  expect(compareFeatures(reference.slice(1), reference)).toMatchObject({ equal: false, missing: [reference[0][0]] })
  expect(compareFeatures(reference, reference.slice(1))).toMatchObject({ equal: false, extra: [reference[0][0]] })
})

test('NaN equals NaN, infinity equals infinity of the same sign', () => {
  const want = parseFeatureLines('feature,value\na_b_c,nan\na_b_d,-inf\n')
  expect(compareFeatures(want, want).equal).toBe(true)
  expect(compareFeatures([['a_b_c', NaN], ['a_b_d', Infinity]], want).outside).toHaveLength(1) // prettier-ignore
})

test('a value that is no number is refused', () => {
  expect(() => parseFeatureLines('feature,value\na_b_c,\n')).toThrow('must be a number')
})
