import { expect, test } from 'vitest'
import { blandAltman } from './blandAltman.ts'

/* Peak expiratory flow by two meters, first readings of 17 people: table 1 of Bland and Altman 1986, who print a mean difference of -2.1 and an SD of 38.8 l/min. */
const wright = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
const mini = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]

test('bias and limits are those of Bland and Altman 1986', () => {
  const { bias, sd, limits, means } = blandAltman(mini, wright)!
  expect(bias.toFixed(1)).toBe('-2.1')
  expect(sd.toFixed(1)).toBe('38.8')
  expect(limits[0]).toBeCloseTo(bias - 1.96 * sd, 10)
  expect(limits[1]).toBeCloseTo(bias + 1.96 * sd, 10)
  expect(means[0]).toBe(503)
})

test('pairs that lack a value are left out; one pair has no limits', () => {
  expect(blandAltman([1, NaN, 3], [2, 2, 5])!.differences).toEqual([1, 2])
  expect(blandAltman([1, NaN], [2, 2])).toBeNull()
})
