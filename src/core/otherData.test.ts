import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { calibrate, defaultCalibrationOptions } from './evaluate/calibration.ts'
import { classifyAt } from './evaluate/classification.ts'
import { findCutoff } from './evaluate/cutoffs.ts'
import { traceDecisionCurve } from './evaluate/decisionCurve.ts'
import { comparePairedAuc, compareUnpairedAuc, estimateAuc } from './evaluate/delong.ts'
import { declareProbabilities } from './evaluate/probabilityScores.ts'
import { compareReclassification } from './evaluate/reclassification.ts'
import { traceRoc } from './evaluate/roc.ts'
import { applyCombat } from './harmonise/applyCombat.ts'
import { fitCombat } from './harmonise/combat.ts'
import type { CombatOptions } from './harmonise/combatRecord.ts'
import { applyLogistic, defaultLogisticOptions, fitLogistic } from './learn/logistic.ts'
import { defaultPathOptions, fitElasticNetPath } from './learn/elasticNet.ts'
import { applySvm, defaultSvmOptions, fitSvm } from './learn/svm.ts'
import { computeIcc } from './select/icc.ts'
import { iccForms, type IccForm } from './select/iccForms.ts'
import { adjustP, type AdjustmentMethod } from './statistics/adjustP.ts'
import { chiSquareTest } from './statistics/chiSquareTest.ts'
import { pearsonTest, spearmanTest } from './statistics/correlation.ts'
import type { CountTable } from './statistics/countTable.ts'
import { fisherExactTest } from './statistics/fisherExactTest.ts'
import { fitGlm } from './statistics/fitGlm.ts'
import { kruskalTest } from './statistics/kruskalTest.ts'
import { quantile } from './numeric/quantile.ts'
import { rankSumTest } from './statistics/rankSumTest.ts'
import { shapiroTest } from './statistics/shapiroTest.ts'
import { tTest } from './statistics/tTest.ts'
import { makeFeatureTable, type FeatureTable } from './table/featureTable.ts'
import { poolUnlabelled, takeTraining } from './table/trainingTable.ts'

/** Everything deterministic once more, on data that no other reference uses: `reference/r/otherData.R` says which. */

type Value = number | string | boolean | null
type Answers = Readonly<Record<string, Value | readonly Value[]>>
type Triple = Record<'threshold' | 'sensitivity' | 'specificity', number>
interface Share {
  readonly estimate: number | null
  readonly exact: number[] | null
  readonly wilson: number[] | null
}
const rates = ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const
const reference = JSON.parse(readFileSync('reference/r/otherData.json', 'utf8')) as {
  tests: { name: string; input: Record<string, unknown>; answer: Answers }[]
  icc: { readers: number[][]; confidence: number; forms: Record<IccForm, Record<string, Value>> }[]
  combat: { batch: string[]; age: number[]; sex: string[]; stage: string[]; features: number[][]; cases: { covaried: boolean; options: CombatOptions; adjusted: number[][] }[] }
  pima: { columns: string[]; learn: number[][]; outcome: number[]; judge: number[][] }
  logistic: { columns: string[]; weights: number[]; coefficients: number[][]; interval: number[][]; deviance: number; nullDeviance: number; aic: number; training: number[]; validation: number[] }[]
  penalised: { alpha: number; weights: number[]; lambda: number[]; shown: number[]; coefficients: number[][]; devianceRatio: number[] }[]
  machines: { kernel: 'linear' | 'radial'; cost: number; gamma: number; weights: [number, number]; supportVectors: number; validation: number[] }[]
  evaluated: {
    p: string[]; y: number[]; auc: number; variance: number; ci: number[]; ci80: number[]; thresholds: Value[]; sensitivity: number[]; specificity: number[]
    youden: Triple; costly: Triple; inTheLarge: number[]; intercept: number[]; slope: number[]; valProb: Record<'R2' | 'Brier' | 'Intercept' | 'Slope' | 'Emax' | 'E90' | 'Eavg', number>
    ici: number; e50: number; e90: number; hosmer: { statistic: number; groups: number; training: number; validation: number }
    at: ({ threshold: number; f1: number; mcc: number | null } & Record<(typeof rates)[number], Share>)[]
    benefitThresholds: number[]; benefit: number[]; treatAll: number[]; reduction: number[]
  }[]
  compared: { first: number; second: number; paired: boolean; statistic: number; p: number; df: number | null; ci: number[] | null }[]
  reclassified: { old: number; new: number; nri: number; nriPositives: number; nriNegatives: number; idi: number }
} // prettier-ignore

const toNumber = (value: unknown): number =>
  value === null ? NaN : value === 'Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value)
const toNumbers = (values: unknown): number[] => (values as unknown[]).map(toNumber)

/** 1e-6 of the value, or of `scale` if that is more; P below 1e-4 in its digits too. */
function expectEqual(ours: number, theirs: number, what: string, scale = 1) {
  if (!Number.isFinite(theirs)) return expect(ours, what).toBe(theirs)
  expect(Math.abs(ours - theirs), `${what}: ${ours}, R ${theirs}`).toBeLessThanOrEqual(1e-6 * Math.max(scale, Math.abs(theirs)))
  if (/\bp$/.test(what) && theirs > 0 && theirs < 1e-4) {
    const allowed = theirs < 1e-12 ? 1e-4 : 1e-6
    expect(Math.abs(Math.log10(ours / theirs)), `${what}: ${ours}, R ${theirs}`).toBeLessThanOrEqual(allowed)
  }
}

function expectAll(ours: ArrayLike<number>, theirs: readonly unknown[], what: string) {
  expect(ours.length, what).toBe(theirs.length)
  theirs.forEach((value, i) => expectEqual(ours[i], toNumber(value), `${what} ${i}`))
}

const answerers: Record<string, (input: Record<string, unknown>) => Record<string, unknown>> = {
  rankSum: ({ x, y, ...options }) => ({ ...rankSumTest(toNumbers(x), toNumbers(y), options) }),
  t: ({ x, y, ...options }) => ({ ...tTest(toNumbers(x), toNumbers(y), options) }),
  fisher: ({ table }) => {
    const { p, oddsRatio } = fisherExactTest(table as CountTable)
    return { p, ...oddsRatio }
  },
  chiSquare: ({ table, ...options }) => ({ ...chiSquareTest(table as CountTable, options) }),
  kruskal: ({ groups }) => ({ ...kruskalTest((groups as unknown[]).map(toNumbers)) }),
  shapiro: ({ values }) => ({ ...shapiroTest(toNumbers(values)) }),
  spearman: ({ x, y }) => ({ ...spearmanTest(toNumbers(x), toNumbers(y)) }),
  pearson: ({ x, y }) => ({ ...pearsonTest(toNumbers(x), toNumbers(y)) }),
  adjustP: ({ p, method }) => ({ adjusted: adjustP(toNumbers(p), method as AdjustmentMethod) }),
  quantile: ({ values, p, type }) => ({
    quantiles: toNumbers(p).map((share) => quantile(toNumbers(values), share, type as 6 | 7)),
  }),
}

test.each([...new Set(reference.tests.map(({ name }) => name))])('%s', (name) => {
  const cases = reference.tests.filter((one) => one.name === name)
  expect(cases.length).toBeGreaterThan(5)
  cases.forEach(({ input, answer }, i) => {
    const ours = answerers[name](input)
    for (const [key, theirs] of Object.entries(answer)) {
      const what = `${name} case ${i} ${key}`
      if (typeof theirs === 'boolean') expect(ours[key], what).toBe(theirs)
      else if (Array.isArray(theirs)) expectAll(ours[key] as number[], theirs as Value[], what)
      else expectEqual(ours[key] as number, toNumber(theirs), what)
    }
  })
})

test('the six forms of the ICC, two levels of confidence', () => {
  reference.icc.forEach(({ readers, confidence, forms }, i) => {
    const ours = computeIcc(readers, { confidence })
    for (const form of iccForms)
      for (const key of ['icc', 'f', 'df1', 'df2', 'lower', 'upper', 'p'] as const)
        expectEqual(ours[form][key], toNumber(forms[form][key]), `case ${i} ${form} ${key}`)
  })
})

const tableOf = (rows: readonly (readonly number[])[], columns: readonly string[], prefix = 'p'): FeatureTable =>
  makeFeatureTable(
    rows.map((_, i) => `${prefix}${i}`),
    columns,
    Float64Array.from(columns.flatMap((_, j) => rows.map((row) => row[j]))),
  )

test('ComBat: prior, mean only, reference batch, with and without three covariates', () => {
  const { batch, age, sex, stage, features, cases } = reference.combat
  const table = tableOf(features, features[0].map((_, j) => `f${j}`)) // prettier-ignore
  const byId = <T>(list: readonly T[]) => new Map(table.ids.map((id, i) => [id, list[i]]))
  const covariates = [
    { name: 'age', kind: 'numeric', valueOf: byId(age) },
    { name: 'sex', kind: 'factor', valueOf: byId(sex) },
    { name: 'stage', kind: 'factor', valueOf: byId(stage) },
  ] as const
  expect(cases).toHaveLength(24)
  for (const { covaried, options, adjusted } of cases) {
    const facts = { batchOf: byId(batch), covariates: covaried ? covariates : [] }
    const record = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(table) }, facts, options)
    const ours = applyCombat(record, table, facts)
    table.columns.forEach((column, j) => {
      const theirs = adjusted.map((row) => row[j])
      const mean = theirs.reduce((sum, value) => sum + value, 0) / theirs.length
      const sd = Math.sqrt(theirs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (theirs.length - 1))
      theirs.forEach((value, i) => expectEqual(ours.values[j * theirs.length + i], value, `${JSON.stringify(options)} ${covaried} ${column} ${i}`, sd)) // prettier-ignore
    })
  }
})

describe('models of Pima.tr, applied to Pima.te', () => {
  const { columns, learn, outcome, judge } = reference.pima
  const table = tableOf(learn, columns)
  const others = tableOf(judge, columns, 'q')
  const trainingOf = (names: readonly string[]) => {
    const picked = tableOf(learn.map((row) => names.map((name) => row[columns.indexOf(name)])), names) // prettier-ignore
    return takeTraining(picked, outcome, { training: picked.ids, validation: [] })
  }

  test('logistic regression, with and without weights of patients', () => {
    for (const { columns: names, weights, coefficients, interval, ...answer } of reference.logistic) {
      const training = trainingOf(names)
      if (weights.every((weight) => weight === 1)) {
        const model = fitLogistic(training, { ...defaultLogisticOptions })
        ;[model.intercept, ...model.terms].forEach((term, j) => {
          const [coefficient, standardError, z, p] = coefficients[j]
          expectEqual(term.coefficient, coefficient, `${term.name} coefficient`)
          expectEqual(term.standardError, standardError, `${term.name} SE`)
          expectEqual(term.z, z, `${term.name} z`)
          expectEqual(term.p, p, `${term.name} p`)
          expectAll(term.interval, interval[j], `${term.name} interval`)
          expectEqual(term.oddsRatioInterval[1], Math.exp(interval[j][1]), `${term.name} odds ratio`)
        })
        for (const key of ['deviance', 'nullDeviance', 'aic'] as const) expectEqual(model[key], answer[key], key)
        expectAll(applyLogistic(model, training), answer.training, 'training')
        expectAll(applyLogistic(model, others), answer.validation, 'validation')
      }
      const design = Float64Array.from([...outcome.map(() => 1), ...training.values])
      const fit = fitGlm({ design, outcome, weights })
      expectAll(fit.coefficients, coefficients.map(([estimate]) => estimate), 'coefficients') // prettier-ignore
      coefficients.forEach(([, standardError], j) => expectEqual(Math.sqrt(fit.covariance[j * (names.length + 2)]), standardError, `SE ${j}`)) // prettier-ignore
      expectEqual(fit.deviance, answer.deviance, 'deviance')
    }
  })

  test('paths of glmnet', () => {
    for (const { alpha, weights, lambda, shown, coefficients, devianceRatio } of reference.penalised) {
      const path = fitElasticNetPath({ values: table.values, outcome, weights: Float64Array.from(weights) }, { ...defaultPathOptions, alpha }) // prettier-ignore
      expectAll(path.lambda, lambda, `alpha ${alpha} lambda`)
      expectAll(path.devianceRatio, devianceRatio, `alpha ${alpha} deviance ratio`)
      shown.forEach((k, row) => expectAll([path.intercept[k - 1], ...path.coefficients[k - 1]], coefficients[row], `alpha ${alpha}, lambda ${k}`)) // prettier-ignore
    }
  })

  test.each(reference.machines)('support vector machine, $kernel, cost $cost', (answer) => {
    const { kernel, cost, gamma, weights, supportVectors, validation } = answer
    const model = fitSvm(trainingOf(columns), { ...defaultSvmOptions, kernel, cost, gamma, classWeights: weights, standardise: true, probability: false }) // prettier-ignore
    expect(model.supportVectors.length).toBe(supportVectors)
    applySvm(model, others).forEach((value, i) => expect(Math.abs(value - validation[i])).toBeLessThan(1e-3))
  })
})

const scores = reference.evaluated.map(({ p }) => p.map(Number))
const few = { resamples: 10, seed: 1, level: 0.95 }

describe.each(reference.evaluated.map((set, i) => [i, set] as const))('evaluation of scores %i', (i, set) => {
  const p = scores[i]
  const { y } = set
  const roc = traceRoc(p, y)

  test('ROC, DeLong, cut-offs', () => {
    const { auc, variance, interval } = estimateAuc(p, y)
    expectAll([auc, variance, interval.lower, interval.upper], [set.auc, set.variance, set.ci[0], set.ci[2]], 'AUC')
    const narrow = estimateAuc(p, y, 0.8).interval
    expectAll([narrow.lower, narrow.upper], [set.ci80[0], set.ci80[2]], '80 %')
    expectAll(roc.thresholds, set.thresholds, 'threshold')
    expectAll(roc.sensitivity, set.sensitivity, 'sensitivity')
    expectAll(roc.specificity, set.specificity, 'specificity')
    const costly = findCutoff(roc, { kind: 'cost', costOfMiss: 4, prevalence: 0.15 })
    for (const [ours, theirs] of [[findCutoff(roc), set.youden], [costly, set.costly]] as const)
      for (const key of ['threshold', 'sensitivity', 'specificity'] as const) expectEqual(ours[key], toNumber([theirs[key]].flat()[0]), `cut-off ${key}`) // prettier-ignore
  })

  test('rates with their intervals, F1, MCC', () => {
    for (const answer of set.at) {
      const ours = classifyAt(p, y, answer.threshold, { ...few, prevalence: null })
      for (const rate of rates) {
        const { estimate, exact, wilson } = answer[rate]
        const what = `${rate} at ${answer.threshold}`
        expectEqual(ours[rate].estimate, toNumber(estimate), what)
        expectAll([ours[rate].clopperPearson.lower, ours[rate].clopperPearson.upper], exact ?? [null, null], `${what}, exact`)
        expectAll([ours[rate].wilson.lower, ours[rate].wilson.upper], wilson ?? [null, null], `${what}, Wilson`)
      }
      expectEqual(ours.f1.estimate, answer.f1, 'F1')
      expectEqual(ours.mcc.estimate, toNumber(answer.mcc), 'MCC')
    }
  })

  test('calibration: glm, rms, loess, Hosmer and Lemeshow; decision curve', () => {
    const probabilities = declareProbabilities(p, 'probability')
    const ours = calibrate(probabilities, y)
    for (const [figure, theirs] of [[ours.inTheLarge, set.inTheLarge], [ours.jointIntercept, set.intercept], [ours.slope, set.slope]] as const)
      expectAll([figure.estimate, figure.standardError], theirs, 'logit') // prettier-ignore
    const { R2, Brier, Intercept, Slope, Eavg, E90, Emax } = set.valProb
    expectAll([ours.r2, ours.brier, ours.jointIntercept.estimate, ours.slope.estimate], [R2, Brier, Intercept, Slope], 'val.prob')
    expectAll([ours.lowessDistances.mean, ours.lowessDistances.p90, ours.lowessDistances.maximum], [Eavg, E90, Emax], 'lowess')
    const loess = ours.loessDistances!
    expectAll([loess.mean, loess.median, loess.p90], [set.ici, set.e50, set.e90], 'loess')
    const { statistic, groups, p: ofValidation } = ours.hosmerLemeshow
    const training = calibrate(probabilities, y, { ...defaultCalibrationOptions, role: 'training' }).hosmerLemeshow
    const { hosmer } = set
    expectAll([statistic, groups, ofValidation, training.p], [hosmer.statistic, hosmer.groups, hosmer.validation, hosmer.training], 'Hosmer-Lemeshow') // prettier-ignore
    const curve = traceDecisionCurve(probabilities, y, { ...few, thresholds: set.benefitThresholds, prevalence: null })
    expectAll(curve.netBenefit.estimate, set.benefit, 'net benefit')
    expectAll(curve.treatAll, set.treatAll, 'treat all')
    expectAll(curve.netReduction.estimate, set.reduction, 'net reduction')
  })
})

test('DeLong of two curves, paired and unpaired', () => {
  for (const { first, second, paired, statistic, p, df, ci } of reference.compared) {
    const [a, b] = [first, second].map((at) => ({ scores: scores[at], outcome: reference.evaluated[at].y }))
    const ours = paired ? comparePairedAuc(a.scores, b.scores, a.outcome) : compareUnpairedAuc(a, b)
    expectAll([ours.statistic, ours.df ?? NaN], [statistic, df], 'statistic')
    expectEqual(ours.p, p, 'p')
    if (ci) expectAll([ours.interval.lower, ours.interval.upper], ci, 'interval')
  }
})

test('NRI and IDI', () => {
  const { old, new: better, ...answer } = reference.reclassified
  const declared = [old, better].map((at) => declareProbabilities(scores[at], 'probability'))
  const ours = compareReclassification(declared[0], declared[1], reference.evaluated[old].y, { ...few, borders: [] })
  for (const key of ['nri', 'nriPositives', 'nriNegatives', 'idi'] as const) expectEqual(ours[key].estimate, answer[key], key)
})
