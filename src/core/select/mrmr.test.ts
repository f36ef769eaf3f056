import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { defaultMrmr, selectMrmr, type MrmrOptions } from './mrmr.ts'
import { readCandidates } from '../../../reference/candidates.ts'

interface Answers {
  F: Record<string, number>
  'correlation information': Record<string, number>
  'binned information': Record<string, number>
  order: Record<string, string[]>
}
const { keep, tables } = JSON.parse(readFileSync('reference/python/mrmr_order.json', 'utf8')) as {
  keep: number
  tables: Record<string, Answers>
}

describe.each(Object.entries(tables))('%s', (name, answers) => {
  const training = readCandidates(name)

  test.each(Object.entries(answers.order))('%s: the same columns in the same order', (variant, order) => {
    const [association, scheme] = variant.split(', ') as [MrmrOptions['association'], MrmrOptions['scheme']]
    const selection = selectMrmr(training, { ...defaultMrmr, keep, association, scheme })
    expect(selection.order).toEqual(order)
    expect(selection.kept).toEqual(training.columns.filter((column) => order.includes(column)))
  })

  test.each([
    ['F and correlation', answers.F],
    ['correlation information', answers['correlation information']],
    ['binned information', answers['binned information']],
  ] as const)('relevance of %s', (association, relevances) => {
    for (const { name, relevance } of selectMrmr(training, { ...defaultMrmr, association }).details)
      expect(Math.abs(relevance - relevances[name])).toBeLessThanOrEqual(1e-6 * Math.max(1, relevances[name]))
  })
})

const random = createRandom(8)
const outcome = Array.from({ length: 60 }, (_, i) => i % 2)
const noise = () => outcome.map(() => random.uniform() - 0.5)
const strong = noise().map((value, i) => value + outcome[i])
const columns = {
  strong,
  copy: strong.map((value, i) => value + (i % 3) * 1e-3),
  other: noise().map((value, i) => value + 0.9 * outcome[i]),
  noise: noise(),
  constant: strong.map(() => 0.1),
}
const ids = outcome.map((_, i) => `p${i}`)
const make = (chosen: Record<string, number[]>) =>
  takeTraining(makeFeatureTable(ids, Object.keys(chosen), Float64Array.from(Object.values(chosen).flat())), outcome, {
    training: ids,
    validation: [],
  })

test('a copy of a strong column comes after one that says something else; a constant never', () => {
  const selection = selectMrmr(make(columns), { ...defaultMrmr, keep: 2 })
  expect([...selection.order].sort()).toEqual(['other', 'strong'])
  expect(selection.learntFrom).toEqual(ids)
  const all = selectMrmr(make(columns))
  expect(all.order).toHaveLength(4)
  expect(all.kept).toEqual(['strong', 'copy', 'other', 'noise'])
  expect(all.details[4]).toEqual({ name: 'constant', relevance: 0, dropped: 'constant' })
})

test('a column that separates the classes, and its twin, give a finite order', () => {
  const training = make({ label: outcome, twin: outcome, noise: columns.noise })
  for (const association of ['F and correlation', 'correlation information', 'binned information'] as const)
    expect(selectMrmr(training, { ...defaultMrmr, association }).order[0]).toBe('label')
})

test('one constant column leaves nothing', () => {
  expect(selectMrmr(make({ constant: columns.constant })).kept).toEqual([])
})

test('options out of range are refused', () => {
  expect(() => selectMrmr(make(columns), { ...defaultMrmr, keep: 0 })).toThrowSaying("mRMR's keep is a whole number from 1")
  expect(() => selectMrmr(make(columns), { ...defaultMrmr, bins: 1 })).toThrowSaying(
    "mRMR's bins is a whole number from 2 to 255",
  )
})
