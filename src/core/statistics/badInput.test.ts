import { expect, test } from 'vitest'
import { adjustP } from './adjustP.ts'
import { say } from '../../messages/say.ts'
import { chiSquareTest } from './chiSquareTest.ts'
import { pearsonCorrelation, pearsonTest, spearmanTest } from './correlation.ts'
import { fisherExactTest } from './fisherExactTest.ts'
import { kruskalTest } from './kruskalTest.ts'
import { rankSumTest } from './rankSumTest.ts'
import { shapiroTest } from './shapiroTest.ts'
import { tTest } from './tTest.ts'

const nothing = [NaN, NaN]

test('the rank-sum test: empty groups are refused, equal values have no P', () => {
  expect(() => rankSumTest([], [1])).toThrowSaying('they have 0 and 1')
  expect(() => rankSumTest([1, 2], nothing)).toThrowSaying('they have 2 and 0')
  expect(rankSumTest([2, 2], [2, 2, 2])).toEqual({ statistic: 3, p: NaN, exact: false, ties: true })
  expect(rankSumTest([0], [-0])).toMatchObject({ ties: true })
})

test('the rank-sum test: exact on request, unless that would take too long', () => {
  expect(rankSumTest([1, 2, 3], [4, 5], { exact: true, alternative: 'less' }).p).toBeCloseTo(0.1, 14)
  const many = Array.from({ length: 300 }, (_, i) => i)
  expect(() => rankSumTest(many, many.map((i) => i + 0.5), { exact: true })).toThrowSaying('Use exact: false') // prettier-ignore
})

test('the rank-sum test: the two orders of the groups mirror each other', () => {
  const [x, y] = [[3, 1, 4, 1, 5, 9], [2, 6, 5, 3, 5, 8, 9, 7]] // prettier-ignore
  const [there, back] = [rankSumTest(x, y), rankSumTest(y, x)]
  expect(there.statistic + back.statistic).toBe(x.length * y.length)
  expect(there.p).toBe(back.p)
  expect(rankSumTest(x.map((value) => value * 1e-200), y.map((value) => value * 1e-200))).toEqual(there) // prettier-ignore
})

test('the t test needs finite values that vary', () => {
  expect(() => tTest([1, NaN], [2, 3])).toThrowSaying('there are 1 and 2')
  expect(() => tTest([4, 4], [5, 5])).toThrowSaying('constant within the groups')
  expect(() => tTest([0, 0], [0, 0])).toThrowSaying('constant within the groups')
  expect(() => tTest([1, Infinity], [2, 3])).toThrowSaying('infinite')
  expect(() => tTest([1, 2], [3], { kind: 'paired' })).toThrowSaying('equal numbers')
  expect(() => tTest([1, NaN], [3, 3], { kind: 'paired' })).toThrowSaying('there are 1')
})

test('tables of counts are checked', () => {
  expect(() => chiSquareTest([[1, 2]])).toThrowSaying('this has 1 and 2')
  expect(() => fisherExactTest([[1], [2]])).toThrowSaying('this has 2 and 1')
  expect(() => chiSquareTest([[1, 2], [3]])).toThrowSaying('same length') // prettier-ignore
  expect(() => chiSquareTest([[1, -2], [3, 4]])).toThrowSaying('-2 is none') // prettier-ignore
  expect(() => fisherExactTest([[1, 2.5], [3, 4]])).toThrowSaying('2.5 is none') // prettier-ignore
  expect(() => fisherExactTest([[0, 0], [0, 0]])).toThrowSaying('all its entries are 0') // prettier-ignore
})

test('the chi-square test warns of small expected counts and empty rows', () => {
  expect(chiSquareTest([[30, 30], [30, 31]]).warnings).toEqual([]) // prettier-ignore
  expect(chiSquareTest([[3, 1], [1, 3]]).warnings.map(say)[0]).toContain('4 of 4 expected counts are below 5') // prettier-ignore
  const empty = chiSquareTest([[0, 3], [0, 8]]) // prettier-ignore
  expect(empty.p).toBeNaN()
  expect(empty.warnings.map(say)[0]).toContain('empty')
})

test("Fisher's test: empty rows change nothing, orders change nothing, too large is refused", () => {
  const p = fisherExactTest([[3, 1, 2], [0, 4, 1], [2, 2, 6]]).p // prettier-ignore
  expect(fisherExactTest([[3, 0, 1, 2], [0, 0, 4, 1], [0, 0, 0, 0], [2, 0, 2, 6]]).p).toBeCloseTo(p, 12) // prettier-ignore
  expect(fisherExactTest([[6, 2, 2], [1, 0, 4], [2, 3, 1]]).p).toBeCloseTo(p, 12) // prettier-ignore
  expect(fisherExactTest([[4, 9], [0, 0], [0, 0]]).p).toBe(1) // prettier-ignore
  const large = Array.from({ length: 13 }, (_, i) => Array.from({ length: 13 }, (_, j) => (i * j) % 7))
  expect(() => fisherExactTest(large)).toThrowSaying('Merge rare categories')
  const wide = [[50, 90, 80, 40, 30], [70, 20, 90, 60, 10], [30, 80, 20, 70, 70], [60, 10, 40, 80, 20]] // prettier-ignore
  expect(() => fisherExactTest(wide)).toThrowSaying('Merge rare categories')
})

test("Fisher's test: the odds ratio to more digits on request", () => {
  // The conditional likelihood of Fisher's tea table: 4 cups each, 3 right.
  const { estimate } = fisherExactTest([[3, 1], [1, 3]], { rootTolerance: 1e-14 }).oddsRatio! // prettier-ignore
  const weight = [1, 16, 36, 16, 1].map((ways, x) => ways * estimate ** x)
  const sum = weight.reduce((all, one) => all + one)
  expect(weight.reduce((all, one, x) => all + one * x, 0) / sum).toBeCloseTo(3, 11)
})

test('Kruskal and Shapiro refuse what R refuses', () => {
  expect(() => kruskalTest([[1, 2]])).toThrowSaying('at least two groups')
  expect(() => kruskalTest([[1, 2], nothing])).toThrowSaying('group 2 of 2 has none')
  expect(() => shapiroTest([1, 2])).toThrowSaying('there are 2')
  expect(() => shapiroTest(new Float64Array(5001))).toThrowSaying('there are 5001')
  expect(() => shapiroTest([1, 1, 1, NaN])).toThrowSaying('all are equal')
  expect(() => shapiroTest([1, 2, Infinity])).toThrowSaying('infinite')
})

test('correlations of columns that do not vary are NaN; too few pairs are refused', () => {
  expect(pearsonCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN()
  expect(pearsonCorrelation([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN()
  expect(pearsonCorrelation([1e200, 2e200, 4e200], [1e-200, 2e-200, 4e-200])).toBeCloseTo(1, 14)
  expect(pearsonTest([1, 1, 1], [1, 2, 3]).p).toBeNaN()
  expect(spearmanTest([1, 1, 1], [1, 2, 3])).toEqual({ rho: NaN, statistic: NaN, p: NaN, exact: false })
  expect(() => spearmanTest([1, NaN], [NaN, 1])).toThrowSaying('there are 0')
  expect(() => pearsonTest([1, 2], [1, 2])).toThrowSaying('there are 2')
  expect(() => pearsonTest([1, 2], [1, 2, 3])).toThrowSaying('2 and 3 values')
})

test('adjusted P: nothing in, nothing out; impossible values are named', () => {
  expect([...adjustP([], 'BH')]).toEqual([])
  expect([...adjustP([NaN, NaN], 'hommel')]).toEqual([NaN, NaN])
  expect(() => adjustP([0.1, 1.5], 'BH')).toThrowSaying('1.5 was given')
})
