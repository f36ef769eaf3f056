import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Test support: the answers of R for the evaluation, and what equal to them means. */
const readJson = <T>(path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T

export const markers = ['s100b', 'ndka', 'wfns'] as const
export type Marker = (typeof markers)[number]
type Triple = readonly [number, number, number]
type Pair = readonly [number, number]

export interface Coordinates {
  readonly threshold: number
  readonly sensitivity: number
  readonly specificity: number
  readonly accuracy: number
  readonly ppv: number
  readonly npv: number
}

export interface CurveReference {
  readonly auc: number
  readonly auc_var_delong: number
  readonly auc_ci_delong: Triple
  readonly auc_ci_bootstrap_10000: Triple
  readonly youden: Coordinates & { readonly tp: number; readonly fp: number; readonly tn: number; readonly fn: number }
  readonly ci_accuracy_clopper_pearson: Pair
  readonly ci_sens_clopper_pearson: Pair
  readonly ci_spec_clopper_pearson: Pair
  readonly ci_sens_wilson: Pair
  readonly ci_spec_wilson: Pair
  readonly ci_coords_bootstrap_4000: Readonly<Record<'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'accuracy', Triple>>
  readonly roc: { readonly threshold: number[]; readonly sensitivity: number[]; readonly specificity: number[] }
}

/** pROC on the aSAH data. */
export const rocReference = readJson<{
  readonly curves: Readonly<Record<Marker, CurveReference>>
  readonly delong_paired: Readonly<Record<string, { readonly statistic: number; readonly p: number }>>
  readonly delong_unpaired_s100b_women_men: { readonly statistic: number; readonly p: number; readonly df: number }
}>('statistics/roc.json')

interface CutoffReference {
  readonly threshold: number | null | readonly (number | null)[]
  readonly sensitivity: number | readonly number[]
  readonly specificity: number | readonly number[]
}

/** pROC on small, tied and degenerate cohorts, from `r/evaluate.R`. Scores carry every bit. */
const rReference = readJson<{
  readonly curves: Readonly<
    Record<
      string,
      {
        readonly outcome: number[]
        readonly score: string[]
        readonly auc: number
        readonly ci: readonly (number | null)[]
        readonly thresholds: readonly (number | null)[]
        readonly sensitivity: readonly number[]
        readonly specificity: readonly number[]
        readonly newcombe: Pair
        readonly youden: CutoffReference
        readonly costly: CutoffReference
        readonly cheap: CutoffReference
      }
    >
  >
  readonly comparisons: readonly {
    readonly first: string
    readonly second: string
    readonly paired: boolean
    readonly statistic: string
    readonly p: string
    readonly df: string | null
    readonly ci: Pair | null
  }[]
  readonly calibration: Readonly<
    Record<
      string,
      Readonly<Record<'inTheLarge' | 'intercept' | 'slope', Pair>> &
        Readonly<Record<'auc' | 'ici' | 'e50' | 'e90', number>> &
        Readonly<Record<'lowess' | 'loess' | 'y', number[]>> & {
          readonly p: string[]
          readonly valProb: Readonly<Record<'R2' | 'Brier' | 'Intercept' | 'Slope' | 'Emax' | 'E90' | 'Eavg', number>>
          readonly hosmer: Readonly<Record<'statistic' | 'groups' | 'pTraining' | 'pValidation', number>> &
            Readonly<Record<'observed' | 'expected', number[]>>
        }
    >
  >
  readonly reclassification: Readonly<Record<'nri' | 'nriPositives' | 'nriNegatives' | 'idi' | 'categorical', number>> & {
    readonly old: string[]
    readonly new: string[]
    readonly y: number[]
  }
  readonly aucOptimism: number
}>('r/evaluate.json')

export const rSets = Object.fromEntries(
  Object.entries(rReference.curves).map(([name, set]) => [name, { ...set, score: set.score.map(Number) }]),
)
export const rComparisons = rReference.comparisons
/** rms::validate's, of the logistic model of the aSAH data. */
export const rAucOptimism = rReference.aucOptimism
export const rCalibration = Object.fromEntries(
  Object.entries(rReference.calibration).map(([name, set]) => [name, { ...set, p: set.p.map(Number) }]),
)
export const rReclassification = {
  ...rReference.reclassification,
  old: rReference.reclassification.old.map(Number),
  new: rReference.reclassification.new.map(Number),
}

/** The logistic model of the aSAH data and a distorted copy, by rms. */
export const logisticReference = readJson<
  Readonly<Record<'val_prob' | 'val_prob_distorted', Readonly<Record<string, number>>>> &
    Readonly<Record<'hosmer_lemeshow_10' | 'hosmer_lemeshow_distorted', Readonly<Record<'statistic' | 'df' | 'p', number>>>> & {
      readonly probability: number[]
    }
>('statistics/logistic.json')

/** Columns of pROC's aSAH data, 113 patients; outcome 1 is poor. */
export function readAsah(): Record<'outcome' | 'female' | 'age' | Marker, number[]> {
  const [header, ...rows] = readFileSync(new URL('statistics/asah.csv', import.meta.url), 'utf8').trim().split('\n')
  const names = header.replaceAll('"', '').split(',')
  const cells = rows.map((row) => row.split(',').map(Number))
  return Object.fromEntries(names.map((name, j) => [name, cells.map((row) => row[j])])) as ReturnType<typeof readAsah>
}

/** |ours - theirs| <= tolerance max(|theirs|, 1); a list as long as the other, value by value. */
export function expectEqual(ours: number | ArrayLike<number>, theirs: number | ArrayLike<number>, tolerance = 1e-6): void {
  const a = typeof ours === 'number' ? [ours] : Array.from(ours)
  const b = typeof theirs === 'number' ? [theirs] : Array.from(theirs)
  expect(a.length).toBe(b.length)
  a.forEach((x, i) =>
    expect(Math.abs(x - b[i]), `${x} against ${b[i]} at ${i}`).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(b[i]), 1)),
  )
}

/** scikit-learn on the aSAH data, calls at pROC's Youden cut-off. */
export const sklearnReference = readJson<{
  readonly markers: Readonly<
    Record<
      Marker,
      Readonly<Record<'f1' | 'mcc' | 'balancedAccuracy' | 'averagePrecision' | 'area', number>> &
        Readonly<Record<'precision' | 'recall' | 'thresholds', number[]>>
    >
  >
}>('python/classification.json').markers

/**
 * The spread of random answers: theirs lies within 4 SD of the mean of ours over seeds. (A percentile of a count jumps by
 * whole steps; where all our seeds agree theirs must be that step.)
 */
export function expectInsideSpread(ours: readonly number[], theirs: number): void {
  const mean = ours.reduce((sum, x) => sum + x, 0) / ours.length
  const sd = Math.sqrt(ours.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (ours.length - 1))
  expect(Math.abs(theirs - mean), `${theirs} against ${mean} (SD ${sd})`).toBeLessThanOrEqual(4 * sd + 1e-9)
}

type Split<T> = Readonly<Record<'train' | 'valid', T>>
export const scoredModels = ['lr', 'rf_oob', 'svm'] as const
export type ScoredModel = (typeof scoredModels)[number]

/** The study's end: stored scores of three models in two cohorts, and pROC's answers. */
export function readEndToEnd(study: string) {
  return readJson<{
    readonly evaluation: Readonly<Record<ScoredModel, Split<{ readonly auc: number; readonly ci: Triple; readonly youden: Coordinates }>>>
    readonly scores: {
      readonly train_label: number[]
      readonly valid_label: number[]
      readonly models: Readonly<Record<ScoredModel, readonly [number[], number[]]>>
    }
    readonly delong: Split<{ readonly rf_lr: number; readonly rf_svm: number }>
  }>(`statistics/${study}/end_to_end.json`)
}

export function readDecisionCurves(study: string) {
  return readJson<Split<Readonly<Record<'threshold' | 'all' | 'lr' | 'rf_oob', number[]>>>>(`statistics/${study}/decision_curves.json`)
}

/** pROC's `ci.se` of 10,000 resamples on the aSAH data, from `r/rocBand.R`. */
export const bandReference = readJson<{
  readonly specificities: readonly number[]
  readonly bands: Readonly<Record<Marker, { readonly lower: readonly number[]; readonly upper: readonly number[] }>>
}>('r/rocBand.json')

/** R (stats, rms, randomForest, pROC) on the aSAH data and on made columns, from `r/learn.R`. */
export const learnReference = readJson<{
  readonly linkage: { readonly columns: number[][]; readonly rho: number[][]; readonly order: number[] }
  readonly nomogram: {
    readonly s100b: number[]
    readonly ndka: number[]
    readonly lp: number[]
    readonly lp_at: number[]
    readonly covariance: number[][]
    readonly eta: number
    readonly se: number
  }
  readonly importance: { readonly drop: { readonly s100b: number; readonly ndka: number } }
  readonly outOfBag: Readonly<Record<'outcome' | 'all' | 'positive' | 'negative', number[]>> & { readonly votes: (number | null)[][] }
  readonly mcnemar: readonly {
    readonly models: readonly [Marker, Marker]
    readonly counts: Pair
    readonly statistic: number
    readonly p: number
    readonly exact: number
  }[]
  readonly chance: Readonly<Record<Marker, { readonly z: number; readonly p: number }>>
  readonly average: Readonly<Record<Marker, { readonly lower: number; readonly upper: number }>>
}>('r/learn.json')
