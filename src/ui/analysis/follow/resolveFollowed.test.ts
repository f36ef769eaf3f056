// @vitest-environment node
import { beforeAll, expect, test } from 'vitest'
import { defaultEvaluationOptions } from '../../../core/evaluate/evaluateModel.ts'
import { countsAt } from '../../../core/evaluate/readThreshold.ts'
import { evaluateScoreTable, type ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import { asah } from '../../../state/analysis/madeAsah.ts'
import type { FollowedCell } from '../../../state/analysis/follow.ts'
import { percentileOf, resolveFollowed, scoresOfPatient, type FollowSources } from './resolveFollowed.ts'

let scores: ScoreRecord
let sources: FollowSources
beforeAll(async () => {
  const ids = asah.outcome.map((_, i) => `A${i}`)
  scores = await evaluateScoreTable(
    {
      ids,
      rowNumbers: ids.map((_, i) => i + 2),
      outcome: Float64Array.from(asah.outcome),
      cohortOf: ids.map((_, i) => (i < 60 ? 'I' : 'II')),
      patientOf: null,
      trainCohort: 'I',
      models: [{ name: 's100b', kind: 'undeclared', recalibrate: false, scores: Float64Array.from(asah.s100b) }],
    },
    { ...defaultEvaluationOptions, resamples: 100 },
  )
  sources = { ids, study: undefined, analysis: undefined, scores, nameOf: (name) => name }
})

test.each(['I', 'II'])(
  'the cells of %s hold as many patients as the counts at that threshold say, each patient once',
  (cohort) => {
    const { roc } = scores.evaluation.cohorts.find((one) => one.cohort === cohort)!.models[0]
    const own = scores.patients.find((one) => one.cohort === cohort)!
    for (let index = 0; index < roc.thresholds.length; index++) {
      const idsOf = (cell: FollowedCell) => {
        const found = resolveFollowed({ kind: 'cell', cell, cohort, model: 's100b', index }, sources)
        return found?.kind === 'patients' ? found.ids : []
      }
      const [tp, fp, fn, tn] = (['tp', 'fp', 'fn', 'tn'] as const).map(idsOf)
      const { truePositives, falsePositives, falseNegatives, trueNegatives } = countsAt(roc, index)
      expect([tp.length, fp.length, fn.length, tn.length]).toEqual([truePositives, falsePositives, falseNegatives, trueNegatives])
      expect([...tp, ...fp, ...fn, ...tn].sort()).toEqual([...own.ids].sort())
      const scoreOf = (id: string) => scoresOfPatient(scores, id)[0].scores[0].score
      expect(tp.map(scoreOf)).toEqual(tp.map(scoreOf).sort((a, b) => b - a))
    }
  },
)

test('an AUC leads to everybody whom it is of, the highest score first', () => {
  const found = resolveFollowed({ kind: 'auc', cohort: 'I', model: 's100b' }, sources)
  const own = scores.patients.find(({ cohort }) => cohort === 'I')!
  const { auc } = scores.evaluation.cohorts.find(({ cohort }) => cohort === 'I')!.models[0].auc
  expect(found).toMatchObject({ kind: 'patients', title: `AUC ${auc.toFixed(3)} of s100b, I: 60 patients`, cohort: 'I' })
  const ids = found?.kind === 'patients' ? found.ids : []
  expect([...ids].sort()).toEqual([...own.ids].sort())
  const sorted = ids.map((id) => own.scores.s100b[own.ids.indexOf(id)])
  expect(sorted).toEqual(sorted.toSorted((a, b) => b - a))
})

test('a trail says what it leads through; what is not among the results is nothing', () => {
  const cell = { kind: 'cell', cell: 'tp', cohort: 'II', model: 's100b', index: 0 } as const
  expect(resolveFollowed(cell, sources)?.title).toMatch(/^\d+ true positives of s100b, II$/)
  expect(resolveFollowed({ kind: 'patient', at: 3 }, sources)).toEqual({ kind: 'patient', title: 'A3', id: 'A3' })
  for (const gone of [
    { ...cell, model: 'RF' },
    { ...cell, cohort: 'III' },
    { ...cell, index: 9999 },
    { kind: 'auc', cohort: 'III', model: 's100b' },
    { kind: 'auc', cohort: 'I', model: 'RF' },
    { kind: 'patient', at: 999 },
    { kind: 'feature', name: 'f' },
    { kind: 'fold', repeat: 0, fold: 0 },
    { kind: 'step', at: 0 },
    { kind: 'cohort', cohort: 'I' },
  ] as const)
    // prettier-ignore
    expect(resolveFollowed(gone, sources)).toBeNull()
})

test('a percentile is the share of those whose value is not above; missing values count on neither side', () => {
  expect(percentileOf(3, [1, 2, 3, 4, NaN])).toBe(0.75)
  expect([percentileOf(NaN, [1]), percentileOf(1, [NaN])]).toEqual([NaN, NaN])
})
