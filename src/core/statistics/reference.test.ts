import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adjustP, type AdjustmentMethod } from './adjustP.ts'
import { chiSquareTest } from './chiSquareTest.ts'
import { pearsonTest, spearmanTest } from './correlation.ts'
import type { CountTable } from './countTable.ts'
import { fisherExactTest } from './fisherExactTest.ts'
import { kruskalTest } from './kruskalTest.ts'
import { rankSumTest } from './rankSumTest.ts'
import { shapiroTest } from './shapiroTest.ts'
import { tTest } from './tTest.ts'
import { normalQuantile } from '../numeric/distributions.ts'

/** Every answer that R gave is compared by name; one that no test knows fails. */

type Value = number | string | boolean | null
type Answer = Record<string, Value | Value[]>
const { cases } = JSON.parse(readFileSync('reference/r/tests.json', 'utf8')) as {
  cases: { name: string; input: Record<string, unknown>; answer: Answer }[]
}

/** JSON has no word for NaN (null) and the infinities (strings). */
const toNumbers = (values: unknown): number[] => (values as Value[]).map(toNumber)
const toNumber = (value: unknown): number =>
  value === null ? NaN : value === 'Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value)

function expectEqual(ours: number, theirs: number, what: string) {
  if (Number.isNaN(theirs)) return expect(ours, what).toBeNaN()
  if (!Number.isFinite(theirs)) return expect(ours, what).toBe(theirs)
  expect(Math.abs(ours - theirs), `${what}: ${ours}, R ${theirs}`).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(theirs)))
  // Probabilities agree in their first digits too, and tiny ones in their size.
  if (/\bp$/.test(what) && theirs > 0 && theirs < 1e-4) {
    const allowed = theirs < 1e-12 ? 1e-4 : 1e-6
    expect(Math.abs(Math.log10(ours / theirs)), `${what}: ${ours}, R ${theirs}`).toBeLessThanOrEqual(allowed)
  }
}

const answerers: Record<string, (input: Record<string, unknown>) => Record<string, unknown>> = {
  rankSum: ({ x, y, ...options }) => ({ ...rankSumTest(toNumbers(x), toNumbers(y), options) }),
  t: ({ x, y, ...options }) => ({ ...tTest(toNumbers(x), toNumbers(y), options) }),
  fisher: ({ table }) => {
    const { p, oddsRatio } = fisherExactTest(table as CountTable)
    return { p, ...oddsRatio }
  },
  chiSquare: ({ table, ...options }) => {
    const result = chiSquareTest(table as CountTable, options)
    return { ...result, small: result.expected.flat().filter((count) => count < 5).length }
  },
  kruskal: ({ groups }) => ({ ...kruskalTest((groups as unknown[]).map(toNumbers)) }),
  shapiro: ({ values }) => ({ ...shapiroTest(toNumbers(values)) }),
  shapiroOfRoots: ({ n }) => ({ ...shapiroTest(Array.from({ length: n as number }, (_, i) => Math.sqrt(i + 1))) }),
  shapiroOfNormal: ({ n }) => ({
    ...shapiroTest(Array.from({ length: n as number }, (_, i) => normalQuantile((i + 0.5) / (n as number)))),
  }),
  spearman: ({ x, y }) => ({ ...spearmanTest(toNumbers(x), toNumbers(y)) }),
  spearmanOfMany: ({ n }) => {
    const x = Array.from({ length: n as number }, (_, i) => i + 1)
    return { ...spearmanTest(x, x.map((i) => ((i * 617) % ((n as number) + 3)) + i / 8)) } // prettier-ignore
  },
  pearson: ({ x, y }) => ({ ...pearsonTest(toNumbers(x), toNumbers(y)) }),
  adjustP: ({ p, method }) => ({ adjusted: adjustP(toNumbers(p), method as AdjustmentMethod) }),
}

test.each([...new Set(cases.map(({ name }) => name))])('%s equals R', (name) => {
  cases.forEach((one, i) => {
    if (one.name !== name) return
    const ours = answerers[name](one.input)
    for (const [key, theirs] of Object.entries(one.answer)) {
      const what = `case ${i}, ${name} ${key}`
      if (typeof theirs === 'boolean') expect(ours[key], what).toBe(theirs)
      else if (Array.isArray(theirs))
        theirs.forEach((value, k) => expectEqual((ours[key] as number[])[k], toNumber(value), what)) // prettier-ignore
      else expectEqual(ours[key] as number, toNumber(theirs), what)
    }
  })
})

const given = JSON.parse(readFileSync('reference/statistics/tests.json', 'utf8'))
const [header, ...lines] = readFileSync('reference/statistics/asah.csv', 'utf8').trim().split('\n')
const names = header.replaceAll('"', '').split(',')
const rows = lines.map((line) => line.split(',').map(Number))
const column = (name: string) => rows.map((row) => row[names.indexOf(name)])
const outcome = column('outcome')
const byOutcome = (name: string, order = [1, 0]) => order.map((label) => column(name).filter((_, i) => outcome[i] === label)) as [number[], number[]] // prettier-ignore

/** One entry each of tests.json; what has no entry here fails below. */
const aSah: Record<string, () => Record<string, number> | number[] | number> = {
  wilcox_exact: () => ({ ...pick(rankSumTest(given.wilcox_exact.x, given.wilcox_exact.y)) }),
  wilcox_s100b_ties: () => pick(rankSumTest(...byOutcome('s100b'))),
  wilcox_age_ties: () => pick(rankSumTest(...byOutcome('age'))),
  wilcox_age_ties_no_correction: () => pick(rankSumTest(...byOutcome('age'), { correct: false })),
  chisq_gender_yates: () => pick(chiSquareTest(given.chisq_gender_yates.table)),
  chisq_gender_plain: () => pick(chiSquareTest(given.chisq_gender_yates.table, { correct: false })),
  chisq_wfns: () => pick(chiSquareTest(given.chisq_wfns.table)),
  fisher_gender: () => fisherExactTest(given.chisq_gender_yates.table).p,
  fisher_odds_ratio_ci: () => {
    const { estimate, lower, upper } = fisherExactTest(given.chisq_gender_yates.table).oddsRatio!
    return [estimate, lower, upper]
  },
  fisher_wfns: () => fisherExactTest(given.chisq_wfns.table).p,
  ttest_welch_age: () => pick(tTest(...byOutcome('age', [0, 1]))),
  shapiro_age: () => pick(shapiroTest(column('age'))),
  kruskal_age_wfns: () => pick(kruskalTest([...new Set(column('wfns'))].map((grade) => column('age').filter((_, i) => column('wfns')[i] === grade)))), // prettier-ignore
  spearman_s100b_ndka: () => pick(spearmanTest(column('s100b'), column('ndka'))),
}

const pick = ({ statistic, p }: { statistic: number; p: number }) => ({ statistic, p })
const elsewhere = ['p_adjust', 'quantile_age_type7', 'quantile_s100b_type6']

test.each(Object.keys(given).filter((name) => !elsewhere.includes(name)))('%s of the aSAH data equals R', (name) => {
  const ours = aSah[name]()
  const theirs = given[name]
  if (typeof ours === 'number') return expectEqual(ours, theirs, `${name} p`)
  if (Array.isArray(ours)) return ours.forEach((value, i) => expectEqual(value, theirs[i], name))
  for (const [key, value] of Object.entries(ours)) expectEqual(value, theirs[key], `${name} ${key}`)
})

test('p_adjust of tests.json equals R', () => {
  const { p, ...methods } = given.p_adjust as Record<string, number[]>
  for (const [method, theirs] of Object.entries(methods))
    adjustP(p, method as AdjustmentMethod).forEach((value, i) => expectEqual(value, theirs[i], method))
})
