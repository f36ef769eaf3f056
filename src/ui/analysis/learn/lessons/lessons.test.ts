import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lessonCards, lessonNames } from '../../../../state/learn/lessons.ts'
import { lessons } from './lessons.ts'
import { leakageMeans } from './leakageMeans.ts'
import { lungExample } from './lungExample.ts'
import { aucOf, drawTwelve, inTens } from './twelve.ts'

test('each lesson has the cards that its progress counts, and takes five minutes at most', () => {
  expect(lessons.map(({ name }) => name)).toEqual(lessonNames)
  for (const { name, cards, minutes } of lessons) {
    expect(cards.map(({ id }) => id)).toEqual([...lessonCards[name]])
    expect(minutes).toBeLessThanOrEqual(5)
  }
})

test.each([0, 1, 40, 41, 999_999])('twelve patients of seed %i have what the first lesson needs', (seed) => {
  const patients = drawTwelve(seed)
  expect(drawTwelve(seed)).toEqual(patients)
  expect(patients.map(({ label }) => label).join('')).toBe('ABCDEFGHIJKL')
  expect(patients.filter(({ isIll }) => isIll)).toHaveLength(5)
  expect(new Set(patients.map(({ value }) => value)).size).toBe(12)
  const [ill, well] = [true, false].map((is) => patients.filter(({ isIll }) => isIll === is))
  const wins = ill.flatMap((one) => well.filter((other) => one.value > other.value)).length
  expect(aucOf(patients)).toBe(wins / 35)
  expect(ill.some((one) => well.some((other) => inTens(one.value) === inTens(other.value)))).toBe(true)
})

test('the four counts of the lung example are those of R’s scores at the cut-off that was carried', () => {
  interface EndToEnd {
    readonly evaluation: { readonly lr: { readonly train: { readonly youden: { readonly threshold: number } } } }
    readonly scores: { readonly valid_label: readonly number[]; readonly models: { readonly lr: readonly (readonly number[])[] } }
  }
  const { evaluation, scores } = JSON.parse(readFileSync('reference/statistics/lung_two_centres/end_to_end.json', 'utf8')) as EndToEnd // prettier-ignore
  const cutoff = evaluation.lr.train.youden.threshold
  const valid = Object.values(scores.models.lr).at(-1)!
  const count = (called: boolean, label: number) =>
    valid.filter((score, i) => score >= cutoff === called && scores.valid_label[i] === label).length
  expect(lungExample).toEqual({
    truePositives: count(true, 1),
    falsePositives: count(true, 0),
    falseNegatives: count(false, 1),
    trueNegatives: count(false, 0),
    cutoff,
  })
})

test('the means of the last lesson are those of docs/leakage.md', () => {
  const page = readFileSync('docs/leakage.md', 'utf8')
  const printed = [...page.matchAll(/\| (0\.\d{3}) \|/g)].map(([, auc]) => Number(auc))
  expect(leakageMeans.map(({ auc }) => auc)).toEqual(printed)
})
