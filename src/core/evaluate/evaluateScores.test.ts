import { beforeAll, describe, expect, test } from 'vitest'
import { expectEqual, readAsah, readDecisionCurves, readEndToEnd, scoredModels } from '../../../reference/evaluation.ts'
import { studyNames } from '../../../reference/studies.ts'
import { makeFeatureTable, type FeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { defaultEvaluationOptions, type EvaluationOptions } from './evaluateModel.ts'
import { nameScores } from './scoresFrom.ts'
import { say } from '../../messages/say.ts'
import { evaluateScores, type CohortEvaluation, type Evaluation, type ScoredModel, type ScoresToEvaluate, type TrainingScores } from './evaluateScores.ts' // prettier-ignore

const quick: EvaluationOptions = { ...defaultEvaluationOptions, aucResamples: 100, resamples: 50 }

const models: readonly ScoredModel[] = [
  { name: 'lr', kind: 'probability', logistic: true },
  { name: 'rf_oob', kind: 'probability', logistic: false },
  { name: 'svm', kind: 'decision', logistic: false },
]
const scoresFrom = { lr: 'apparent', rf_oob: 'out-of-bag', svm: 'apparent' } as const

function tableOf(columns: Readonly<Record<string, readonly number[]>>, prefix: string): FeatureTable {
  const lists = Object.values(columns)
  return makeFeatureTable(
    lists[0].map((_, i) => `${prefix}${i}`),
    Object.keys(columns),
    Float64Array.from(lists.flat()),
  )
}

function trainingOf(
  columns: Readonly<Record<string, readonly number[]>>,
  outcome: readonly number[],
  name = 'training',
): TrainingScores {
  const table = tableOf(columns, 't')
  return { name, scoresFrom, table: takeTraining(table, outcome, { training: table.ids, validation: [] }) }
}

function endToEnd(study: string): ScoresToEvaluate {
  const { scores } = readEndToEnd(study)
  const columns = (which: 0 | 1) => Object.fromEntries(scoredModels.map((name) => [name, scores.models[name][which]]))
  return {
    models,
    training: [trainingOf(columns(0), scores.train_label)],
    validation: [{ name: 'validation', scores: tableOf(columns(1), 'v'), outcome: scores.valid_label }],
  }
}

describe.each(studyNames)('%s from end to end', (study) => {
  const input = endToEnd(study)
  const reference = readEndToEnd(study)
  let ours: Evaluation
  let training: CohortEvaluation
  let validation: CohortEvaluation
  beforeAll(async () => {
    ours = await evaluateScores(input, quick)
    ;[training, validation] = ours.cohorts
  })

  test('AUC with interval, and the re-chosen cut-off, of every model in both cohorts', () => {
    for (const [cohort, key] of [
      [training, 'train'],
      [validation, 'valid'],
    ] as const)
      for (const model of cohort.models) {
        const expected = reference.evaluation[model.model as 'lr'][key]
        expectEqual([model.auc.interval.lower, model.auc.auc, model.auc.interval.upper], expected.ci)
        const { cutoff, classification } = model.cutoffs.at(-1)!
        expectEqual(cutoff.threshold, expected.youden.threshold)
        for (const name of ['sensitivity', 'specificity', 'accuracy', 'ppv', 'npv'] as const)
          expectEqual(classification![name].estimate, expected.youden[name])
      }
  })

  test("DeLong's P between models, and the labels of the training comparison", () => {
    for (const [cohort, key] of [
      [training, 'train'],
      [validation, 'valid'],
    ] as const) {
      const p = (a: string, b: string) => cohort.comparisons.find(({ models }) => models[0] === a && models[1] === b)!.p
      expectEqual([p('lr', 'rf_oob'), p('rf_oob', 'svm')], [reference.delong[key].rf_lr, reference.delong[key].rf_svm])
    }
    expect(training.comparisons.every(({ note }) => note !== null && say(note).includes("the paper's comparison"))).toBe(true)
    expect(validation.comparisons.every(({ note }) => note === null)).toBe(true)
    expect(ours.acrossCohorts.map(({ model, kind }) => [model, kind])).toEqual(scoredModels.map((name) => [name, 'unpaired']))
  })

  test('cut-offs are carried from training, and validated only there where they were not chosen', () => {
    for (const [i, model] of validation.models.entries()) {
      const [carried, again] = model.cutoffs
      const [chosen, ...more] = training.models[i].cutoffs
      expect(more).toEqual([])
      expect(carried.cutoff).toEqual(chosen.cutoff)
      expect(carried.cutoff).toMatchObject({ learntFrom: input.training[0].table.ids, column: model.model })
      expect([chosen.note, carried.note, again.note]).toEqual(['cut-off not validated', null, 'cut-off not validated'])
      expect([chosen.source, carried.source, again.source]).toEqual(['carried', 'carried', 're-chosen'])
    }
    expect(ours.learntFrom).toEqual(input.training[0].table.ids)
  })

  test('decision curves of the probabilities; none of decision values, with the reason', () => {
    const expected = readDecisionCurves(study)
    const lr = validation.models.find(({ model }) => model === 'lr')!
    expectEqual(lr.decisionCurve!.netBenefit.estimate, expected.valid.lr)
    const svm = validation.models.find(({ model }) => model === 'svm')!
    expect(svm).toMatchObject({ calibration: null, decisionCurve: null })
    expect(say(svm.noProbability!)).toMatch(/decision values/)
    expect(validation.decisionDifferences.map(({ models }) => models)).toEqual([['lr', 'rf_oob']])
  })

  test('labels: sources of training scores, calibration by construction, degrees of freedom', () => {
    const [lr, rf] = training.models
    expect([lr.scoresFrom, rf.scoresFrom, validation.models[0].scoresFrom]).toEqual(['apparent', 'out-of-bag', 'new'])
    expect(say(lr.calibration!.note!)).toMatch(/^By construction/)
    expectEqual([lr.calibration!.inTheLarge.estimate, lr.calibration!.slope.estimate], [0, 1])
    expect([rf.calibration!.note, validation.models[0].calibration!.note]).toEqual([null, null])
    expect([lr.calibration!.hosmerLemeshow.df, validation.models[0].calibration!.hosmerLemeshow.df]).toEqual([8, 10])
  })
})

test('changing validation scores or labels changes no cut-off and nothing of the training cohort', async () => {
  const input = endToEnd('ispy1')
  const [{ name, scores, outcome }] = input.validation
  const other = {
    name,
    scores: { ...scores, values: scores.values.map((x) => 1 - x) },
    outcome: Array.from(outcome).toReversed(),
  }
  const lr = models.slice(0, 1)
  const before = await evaluateScores({ ...input, models: lr }, quick)
  const after = await evaluateScores({ ...input, models: lr, validation: [other] }, quick)
  expect(after.cohorts[0]).toEqual(before.cohorts[0])
  expect(after.cohorts[1].models[0].cutoffs[0].cutoff).toEqual(before.cohorts[1].models[0].cutoffs[0].cutoff)
  expect(after.cohorts[1].models[0].auc).not.toEqual(before.cohorts[1].models[0].auc)
})

test('out-of-fold scores of the same patients are shown apart, with a fair comparison; cut-offs stay those of the first', async () => {
  const { outcome, wfns, ndka } = readAsah()
  const first = trainingOf({ a: wfns, b: ndka }, outcome)
  const fair: TrainingScores = {
    ...trainingOf({ a: ndka, b: wfns }, outcome),
    scoresFrom: 'out-of-fold',
  }
  const undeclared = ['a', 'b'].map((name) => ({ name, kind: 'undeclared', logistic: false }) as const)
  const ours = await evaluateScores({ models: undeclared, training: [first, fair], validation: [] }, quick)
  expect(ours.cohorts.map(nameScores)).toEqual(['training', 'training, out-of-fold'])
  expect(ours.cohorts[1].comparisons[0].note).toBeNull()
  expect(ours.cohorts[1].models[0].cutoffs[0].cutoff.threshold).toBe(3.5)
  expect(ours.acrossCohorts).toEqual([])
})

test('a patient whom every tree drew has no out-of-bag score, and is left out of that model alone', async () => {
  const outcome = [0, 1, 0, 1, 0, 1, 0, 1, 1, 0]
  const lr = [0.1, 0.7, 0.3, 0.6, 0.2, 0.4, 0.5, 0.9, 0.8, 0.35]
  const rf = [0.2, 0.9, NaN, 0.6, 0.3, 0.25, 0.1, NaN, 0.7, 0.4]
  const scored = rf.map((score) => !Number.isNaN(score))
  const keep = <Value>(values: readonly Value[]) => values.filter((_, i) => scored[i])
  const two = models.slice(0, 2)
  const [cohort] = (await evaluateScores({ models: two, training: [trainingOf({ lr, rf_oob: rf }, outcome)], validation: [] }, quick)).cohorts // prettier-ignore
  const [own] = (await evaluateScores({ models: two, training: [trainingOf({ lr: keep(lr), rf_oob: keep(rf) }, keep(outcome))], validation: [] }, quick)).cohorts // prettier-ignore
  const [ofLr, ofRf] = cohort.models
  expect([ofLr.auc.positives + ofLr.auc.negatives, ofLr.withoutScore]).toEqual([10, []])
  expect(ofRf.withoutScore).toEqual(['t2', 't7'])
  expect({ ...ofRf, withoutScore: [], cutoffs: [] }).toEqual({ ...own.models[1], cutoffs: [] })
  expect(ofRf.cutoffs[0].cutoff.threshold).toBe(own.models[1].cutoffs[0].cutoff.threshold)
  expect(cohort.comparisons).toEqual(own.comparisons)
  expect(cohort.decisionDifferences).toEqual(own.decisionDifferences)
  expect(cohort.warnings.map(say)).toContain('rf_oob has no out-of-bag score of 2 patients, whom every tree drew: t2, t7. Its figures are those of the others.') // prettier-ignore
  const none = trainingOf({ lr, rf_oob: rf.map((score, i) => (i < 2 ? score : NaN)) }, [0, 0, ...outcome.slice(2)])
  await expect(evaluateScores({ models: two, training: [none], validation: [] }, quick)).rejects.toThrowSaying(/not of both classes\. Grow more trees/) // prettier-ignore
  const missing = { ...trainingOf({ lr: rf, rf_oob: rf }, outcome) }
  await expect(evaluateScores({ models: two, training: [missing], validation: [] }, quick)).rejects.toThrowSaying(/scores of the model lr are missing/) // prettier-ignore
})

test('scores become probabilities by recalibration on training alone; where that fails the reason is told', async () => {
  const input = endToEnd('ispy1')
  const svm: ScoredModel = { name: 'svm', kind: 'decision', logistic: false, recalibrate: true }
  const ours = await evaluateScores({ ...input, models: [svm, models[0]] }, quick)
  const [training, validation] = ours.cohorts.map((cohort) => cohort.models[0])
  expect(validation.recalibration).toMatchObject({ column: 'svm', scale: 'score', learntFrom: input.training[0].table.ids })
  expect(validation.recalibration).toEqual(training.recalibration)
  expectEqual([training.calibration!.inTheLarge.estimate, training.calibration!.slope.estimate], [0, 1])
  expect(say(training.calibration!.note!)).toMatch(/^By construction/)
  expect(validation.calibration!.note).toBeNull()
  expectEqual(validation.auc.auc, readEndToEnd('ispy1').evaluation.svm.valid.auc)
  expect(ours.cohorts[1].decisionDifferences.map(({ models }) => models)).toEqual([['svm', 'lr']])
  const constant = { models: [svm], training: [trainingOf({ svm: [2, 2, 2, 2] }, [0, 1, 0, 1])], validation: [] }
  const [none] = (await evaluateScores(constant, quick)).cohorts[0].models
  expect(none).toMatchObject({ calibration: null, recalibration: null })
  expect(say(none.noProbability!)).toMatch(/constant/)
  await expect(evaluateScores({ ...input, models: [svm], training: [] }, quick)).rejects.toThrowSaying(
    /takes training patients to learn from/,
  )
})

test('without training scores cut-offs are only re-chosen; several rules, a prevalence and NRI on request', async () => {
  const { outcome, wfns, s100b } = readAsah()
  const table = tableOf({ a: wfns.map((x) => x / 6), b: s100b.map((x) => x / (1 + x)) }, 'p')
  const probabilities = ['a', 'b'].map((name) => ({ name, kind: 'probability', logistic: false }) as const)
  const ours = await evaluateScores(
    { models: probabilities, training: [], validation: [{ name: 'all', scores: table, outcome }] },
    {
      ...quick,
      rules: [{ kind: 'youden' }, { kind: 'sensitivity', atLeast: 0.9 }],
      prevalence: 0.2,
      reclassification: { borders: [0.5] },
    },
  )
  expect(ours.learntFrom).toEqual([])
  const [a] = ours.cohorts[0].models
  expect(a.cutoffs.map(({ source }) => source)).toEqual(['re-chosen', 're-chosen'])
  expect(a.cutoffs[1].classification!.sensitivity.estimate).toBeGreaterThanOrEqual(0.9)
  expect(a.cutoffs[0].classification!.atPrevalence).toMatchObject({ prevalence: 0.2 })
  expect(a.decisionCurve!.prevalence).toBe(0.2)
  expect(ours.cohorts[0].reclassification.length).toBe(1)
})

test('tiny cohorts answer with a warning; one class gives a reason; a constant score no cut-off', async () => {
  const { outcome, wfns } = readAsah()
  const models = [{ name: 'a', kind: 'undeclared', logistic: false }] as const
  const cohort = (name: string, scores: number[], labels: number[]) => ({
    name,
    scores: tableOf({ a: scores }, name),
    outcome: labels,
  })
  const input = {
    models,
    training: [trainingOf({ a: wfns }, outcome)],
    validation: [
      cohort('three', [1, 5, 2], [0, 1, 0]),
      cohort('one class', [1, 2, 3], [1, 1, 1]),
      cohort('constant', [2, 2, 2, 2], [0, 1, 0, 1]),
    ],
  }
  const [, three, single, constant] = (await evaluateScores(input, quick)).cohorts
  expect(three.warnings.map(say)).toEqual([
    expect.stringMatching(/^Only 1 positive patient:/),
    expect.stringMatching(/^Only 2 negative patients:/),
  ])
  expect(three.models[0].auc).toMatchObject({ auc: 1, degenerate: true, newcombe: { upper: 1 } })
  expect(three.models[0].cutoffs[0].classification!.counts).toEqual({
    truePositives: 1,
    falsePositives: 0,
    trueNegatives: 2,
    falseNegatives: 0,
  })
  expect(single).toMatchObject({
    patients: 3,
    positives: 3,
    models: [],
  })
  expect(say(single.unusable!)).toMatch(/one class has 3 positive and 0 negative patients/)
  expect(constant.models[0].auc).toMatchObject({ auc: 0.5, degenerate: true })
  expect(constant.models[0].cutoffs.map(({ classification }) => classification === null)).toEqual([false, true])
})

describe('refused with cohort, model and patients named', () => {
  const good = { models: models.slice(0, 1), training: [trainingOf({ lr: [0.1, 0.6, 0.3, 0.8] }, [0, 1, 0, 1])], validation: [] }
  const cohort = (values: number[], name = 'v') => ({ name, scores: tableOf({ lr: values }, 'v'), outcome: [0, 1] })
  test.each<[string, ScoresToEvaluate, RegExp]>([
    [
      'missing scores',
      { ...good, validation: [cohort([NaN, 0.5])] },
      /cohort v: 1 of 2 scores of the model lr are missing or infinite \(v0\)/,
    ],
    ['infinite scores', { ...good, validation: [cohort([0.5, Infinity])] }, /\(v1\)/],
    ['a model without scores', { ...good, models }, /cohort training has no scores of the model rf_oob; it has lr/],
    ['no probabilities', { ...good, validation: [cohort([0.5, 7])] }, /that of patient 2 is 7/],
    ['one class in training', { ...good, training: [trainingOf({ lr: [0.1, 0.2] }, [1, 1])] }, /both classes/],
    [
      'cohorts of one name',
      { ...good, validation: [cohort([0.1, 0.2], 'training')] },
      /cohorts needs a name of its own; repeated: training/,
    ],
    ['outcomes of other length', { ...good, validation: [{ ...cohort([0.1, 0.2]), outcome: [0] }] }, /2 patients and 1 outcomes/],
    ['nothing', { models: [], training: [], validation: [] }, /nothing to evaluate/],
  ])('%s', async (_, input, message) => {
    await expect(evaluateScores(input, quick)).rejects.toThrowSaying(message)
  })

  test('a forged training table', async () => {
    const forged = { ...good.training[0], table: { ...good.training[0].table } }
    await expect(evaluateScores({ ...good, training: [forged] }, quick)).rejects.toThrow(TypeError)
  })
})

test('progress is told before every model of every cohort, in both parts; what the host throws meanwhile ends it', async () => {
  const told: string[] = []
  await evaluateScores(endToEnd('ispy1'), quick, ({ done, total, step }) => void told.push(`${done}/${total} ${say(step)}`))
  expect(told).toHaveLength(2 * 2 * models.length)
  expect(told.at(-1)).toBe(`${2 * models.length - 1}/${2 * models.length} Deciding by ${models.at(-1)!.name} in validation`)
  expect(told[1]).toBe(`1/${2 * models.length} Evaluating ${models[1].name} in training`)
  const cancel = async ({ done }: { done: number }) => {
    await Promise.resolve()
    if (done === 1) throw new Error('cancelled')
  }
  await expect(evaluateScores(endToEnd('ispy1'), quick, cancel)).rejects.toThrowSaying('cancelled')
})
