import { expect, test } from 'vitest'
import { normalQuantile } from '../numeric/distributions.ts'
import { createRandom } from '../numeric/random.ts'
import { defaultProtocol, type HarmoniseStep } from '../protocol/protocol.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { checkHarmonisation } from './checkHarmonisation.ts'
import { harmoniseStudy } from './harmoniseStudy.ts'
import { splitByCohort, type StudyData } from './studyData.ts'

/** 120 patients of three scanners, which shift every feature; the first two features tell the outcome, f5 lacks a value. */
function makeStudy(shift: number): StudyData {
  const random = createRandom(9)
  const normal = () => normalQuantile(random.uniform())
  const ids = Array.from({ length: 120 }, (_, i) => `p${i}`)
  const batch = ids.map((_, i) => i % 3)
  const outcome = ids.map((_, i): 0 | 1 => (i % 5 < 2 ? 1 : 0))
  const columns = Array.from({ length: 8 }, (_, j) => `f${j}`)
  const values = columns.flatMap((_, j) => ids.map((_, i) => normal() + shift * batch[i] + (j < 2 ? 1.5 * outcome[i] : 0)))
  values[5 * ids.length + 7] = NaN
  const mapOf = <Value>(of: readonly Value[]) => new Map(ids.map((id, i) => [id, of[i]]))
  return {
    features: makeFeatureTable(ids, columns, Float64Array.from(values)),
    secondReader: null,
    outcomeOf: mapOf(outcome),
    cohortOf: mapOf(ids.map((_, i) => (i < 80 ? 'training' : 'validation'))),
    batchOf: mapOf(batch.map((b) => `scanner ${b}`)),
    covariates: [],
  }
}

const check = (study: StudyData, step: Partial<HarmoniseStep>) => {
  const whole = { ...defaultProtocol.harmonise, ...step }
  return checkHarmonisation(study, harmoniseStudy(study, splitByCohort(study, 'training'), whole))
}

test('scanners show before ComBat and not after, along both axes and in every feature; what tells the outcome still does', () => {
  const found = check(makeStudy(2), { method: 'combat' })!
  for (const { partialEtaSquared, epsilonSquared } of found.effects) {
    expect(partialEtaSquared.before).toBeGreaterThan(0.5)
    expect(epsilonSquared.before).toBeGreaterThan(0.5)
    expect(partialEtaSquared.after).toBeLessThan(0.05)
  }
  const { points, explained, leftOut, learntFrom } = found.components!
  expect(leftOut).toEqual(['f5'])
  expect(learntFrom).toHaveLength(80)
  expect(points).toHaveLength(120)
  const spreadOf = (when: 'before' | 'after') => {
    const means = ['scanner 0', 'scanner 2'].map((name) => {
      const of = points.filter(({ batch }) => batch === name)
      return of.reduce((sum, point) => sum + point[when][0], 0) / of.length
    })
    return Math.abs(means[1] - means[0])
  }
  expect(spreadOf('before')).toBeGreaterThan(3)
  expect(spreadOf('after')).toBeLessThan(0.3)
  expect(explained.before[0]).toBeGreaterThan(2 * explained.after[0])
  for (const { after } of found.aucs.slice(0, 2)) expect(after).toBeGreaterThan(0.75)
  expect(found.outcomes).toHaveLength(6)
  expect(found.outcomes[0]).toEqual({ batch: 'scanner 0', cohort: 'training', patients: 27, positives: 11 })
  expect(found.outcomes.reduce((sum, { patients }) => sum + patients, 0)).toBe(120)
})

test('where nothing is harmonised, before and after are the same bits', () => {
  const found = check(makeStudy(2), { method: 'none' })!
  for (const { partialEtaSquared } of found.effects) expect(partialEtaSquared.after).toBe(partialEtaSquared.before)
  for (const { before, after } of found.components!.points) expect(after).toEqual(before)
  for (const { before, after } of found.aucs) expect(after).toBe(before)
})

test('batches that nothing goes by are looked at all the same', () => {
  const { batchOf, ...study } = makeStudy(2)
  const seen = check({ ...study, batchOf: new Map(), seenBatchOf: batchOf }, { method: 'none' })
  expect(seen).toEqual(check({ ...study, batchOf }, { method: 'none' }))
  expect(seen!.outcomes.length).toBeGreaterThan(1)
})

test('no label of the validation cohort reaches components, effects or AUCs', () => {
  const study = makeStudy(1)
  const other = {
    ...study,
    outcomeOf: new Map(
      [...study.outcomeOf].map(([id, y]) => [id, study.cohortOf.get(id) === 'training' ? y : y === 1 ? 0 : 1] as const),
    ),
  }
  const [ours, theirs] = [study, other].map((of) => check(of, { method: 'combat' })!)
  expect({ ...theirs, outcomes: ours.outcomes }).toEqual(ours)
})

test('a study of one scanner has nothing to check', () => {
  const study = makeStudy(1)
  expect(check({ ...study, batchOf: new Map([...study.batchOf.keys()].map((id) => [id, 'one'])) }, { method: 'none' })).toBeNull()
  expect(check({ ...study, batchOf: new Map() }, { method: 'none' })).toBeNull()
})
