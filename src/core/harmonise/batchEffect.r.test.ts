import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kernelDensity } from '../numeric/kernelDensity.ts'
import { makeFeatureTable, pickColumns } from '../table/featureTable.ts'
import { fitComponents, projectOnComponents } from '../table/principalComponents.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { measureBatchEffect } from './batchEffect.ts'

const answers = JSON.parse(readFileSync('reference/r/batchEffect.json', 'utf8')) as {
  batch: string[]
  age: number[]
  grade: string[]
  values: (number | null)[][]
  eta: number[]
  etaBeside: number[]
  epsilon: number[]
  explained: number[]
  scores: number[][]
  density: { bandwidth: number; x: number[]; y: number[] }[]
}
const ids = answers.batch.map((_, i) => `p${i}`)
const names = answers.eta.map((_, j) => `f${j}`)
const values = Float64Array.from(names.flatMap((_, j) => answers.values.map((row) => (row[j] as number | 'NA' | null) === 'NA' ? NaN : (row[j] ?? NaN)))) // prettier-ignore
const table = makeFeatureTable(ids, names, values)
const mapOf = <Value>(of: readonly Value[]) => new Map(ids.map((id, i) => [id, of[i]]))
const batchOf = mapOf(answers.batch)

test('partial eta squared is that of two lm, with covariates and without; epsilon squared that of kruskal.test', () => {
  const alone = measureBatchEffect(table, batchOf)
  const beside = measureBatchEffect(table, batchOf, [
    { name: 'age', kind: 'numeric', valueOf: mapOf(answers.age) },
    { name: 'grade', kind: 'factor', valueOf: mapOf(answers.grade) },
  ])
  names.forEach((_, j) => {
    expect(alone[j].partialEtaSquared).toBeCloseTo(answers.eta[j], 12)
    expect(beside[j].partialEtaSquared).toBeCloseTo(answers.etaBeside[j], 12)
    expect(alone[j].epsilonSquared).toBeCloseTo(answers.epsilon[j], 12)
  })
})

test('a feature that does not vary, or of which nobody of two batches has a value, has no batch effect', () => {
  const odd = [ids.map(() => 3.3), ids.map((_, i) => (answers.batch[i] === 'A' ? i : NaN)), ids.map(() => NaN)]
  const effects = measureBatchEffect(makeFeatureTable(ids, ['same', 'one batch', 'none'], Float64Array.from(odd.flat())), batchOf)
  for (const effect of effects) expect(effect).toMatchObject({ partialEtaSquared: NaN, epsilonSquared: NaN })
})

test('components are those of prcomp, also for patients whom they were not found in', () => {
  const training = takeTraining(
    table,
    ids.map((_, i) => i % 2),
    { training: ids.slice(0, 30), validation: ids.slice(30) },
  )
  const found = fitComponents(training, 3)!
  expect(found.leftOut).toEqual(['f3'])
  found.explained.forEach((share, k) => expect(share).toBeCloseTo(answers.explained[k], 4))
  const scores = projectOnComponents(found, pickColumns(table, names))
  scores.forEach((of, k) => {
    // Which way a component points is open.
    const sign = Math.sign(of[0] * answers.scores[0][k])
    of.forEach((score, i) => expect(sign * score).toBeCloseTo(answers.scores[i][k], 10))
  })
})

test('there are no components of one column, or of two patients', () => {
  const few = takeTraining(table, [0, 1, ...ids.slice(2).map(() => 0)], { training: ids.slice(0, 2), validation: [] })
  expect(fitComponents(few, 2)).toBeNull()
  const one = takeTraining(
    pickColumns(table, ['f1', 'f3']),
    ids.map((_, i) => i % 2),
    { training: ids.slice(0, 30), validation: [] },
  )
  expect(fitComponents(one, 2)).toBeNull()
})

test('the density is that of density(), which sums on a grid', () => {
  answers.density.forEach(({ bandwidth, x, y }, b) => {
    const of = values.slice(0, ids.length).filter((_, i) => answers.batch[i] === ['A', 'B', 'C'][b])
    const ours = kernelDensity(of, 512)!
    expect(ours.bandwidth).toBeCloseTo(bandwidth, 12)
    expect(ours.x[0]).toBeCloseTo(x[0], 10)
    expect(ours.x[511]).toBeCloseTo(x[511], 10)
    ours.y.forEach((height, i) => expect(Math.abs(height - y[i])).toBeLessThan(1e-3 * Math.max(...y)))
  })
  expect(kernelDensity([2, 2, 2], 10)).toBeNull()
})
