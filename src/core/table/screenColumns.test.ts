import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeFeatureTable } from './featureTable.ts'
import { fitScreening, screenColumns } from './screenColumns.ts'
import { takeTraining } from './trainingTable.ts'

interface Answer {
  column: string
  values: string[]
  freqRatio: number
  percentUnique: number
  zeroVar: boolean
  nzv: boolean
}
const { columns } = JSON.parse(readFileSync('reference/r/nearZeroVariance.json', 'utf8')) as { columns: Answer[] }
const numberOf = (text: string) => (text === 'NA' ? NaN : text === 'Inf' ? Infinity : Number(text))
const ids = columns[0].values.map((_, i) => `p${i}`)
const table = makeFeatureTable(ids, columns.map(({ column }) => column), Float64Array.from(columns.flatMap(({ values }) => values.map(numberOf)))) // prettier-ignore

test('constant and near-constant columns are those of caret', () => {
  expect(columns.filter(({ nzv, zeroVar }) => nzv && !zeroVar).length).toBeGreaterThan(3)
  const reports = screenColumns(table)
  columns.forEach((answer, j) => {
    const report = reports[j]
    expect(report.column).toBe(answer.column)
    expect(report.frequencyRatio, answer.column).toBeCloseTo(answer.freqRatio, 12)
    expect(report.percentUnique, answer.column).toBeCloseTo(answer.percentUnique, 12)
    expect(report.faults.includes('constant'), answer.column).toBe(answer.zeroVar)
    expect(report.faults.includes('constant') || report.faults.includes('near-constant'), answer.column).toBe(answer.nzv)
  })
})

test('missing and infinite values are counted', () => {
  const of = (name: string) => screenColumns(table).find(({ column }) => column === name)
  expect(of('one_value')).toMatchObject({ missing: 59, infinite: 0, distinct: 1, faults: ['constant', 'missing'] })
  expect(of('empty')).toMatchObject({ missing: 60, distinct: 0, faults: ['constant', 'missing'] })
  expect(of('infinite')).toMatchObject({ missing: 0, infinite: 1, faults: ['infinite'] })
  expect(of('missing')).toMatchObject({ missing: 19, distinct: 2, faults: ['near-constant', 'missing'] })
})

test('only what the caller names is dropped, and validation values are not looked at', () => {
  const cohorts = { training: ids.slice(0, 50), validation: ids.slice(50) }
  const outcome = ids.map((_, i) => i % 2)
  const fit = (from: typeof table) => fitScreening(takeTraining(from, outcome, cohorts), { drop: ['constant', 'infinite'] })
  const screening = fit(table)
  expect(table.columns.filter((column) => !screening.kept.includes(column))).toEqual(['constant', 'empty', 'one_value', 'constant_with_missing', 'one_other', 'two_others', 'three_others', 'exactly_19', 'spread_rare', 'rare_distinct', 'six_distinct', 'seven_distinct', 'infinite']) // prettier-ignore
  expect(screening.reported.map(({ column }) => column)).toContain('missing')
  expect(screening.learntFrom).toEqual(cohorts.training)
  const changed = makeFeatureTable(ids, table.columns, table.values.map((value, k) => (k % 60 < 50 ? value : k))) // prettier-ignore
  expect(fit(changed)).toEqual(screening)
  expect(fitScreening(takeTraining(table, outcome, cohorts), { drop: [] }).kept).toEqual(table.columns)
})
