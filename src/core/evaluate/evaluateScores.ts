import type { PauseForProgress } from '../numeric/jobs.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { fitCutoff, type LearntCutoff } from './cutoffs.ts'
import { compareDecisionCurves, type DecisionCurveDifference } from './decisionCurve.ts'
import { comparePairedAuc, compareUnpairedAuc, type AucComparison, type Clusters } from './delong.ts'
import {
  defaultEvaluationOptions,
  evaluateModel,
  takeProbabilities,
  type CohortRole,
  type EvaluationOptions,
  type ModelEvaluation,
} from './evaluateModel.ts'
import type { ScoreKind } from './probabilityScores.ts'
import { fitRecalibration, type Recalibration } from './recalibrate.ts'
import { compareReclassification, type Reclassification } from './reclassification.ts'

/** A model whose scores are a column of that name in every table. */
export interface ScoredModel {
  readonly name: string
  readonly kind: ScoreKind
  /** An unpenalised logistic regression: its resubstitution scores are calibrated by construction. */
  readonly logistic: boolean
  /** The model has no feature and gives everybody the prevalence: an AUC of 0.5 that no interval belongs to. */
  readonly interceptOnly?: boolean
  /** Turn the scores into probabilities by a logistic curve learnt on the first training scores. */
  readonly recalibrate?: boolean
}

/** How training scores came about, by model. */
export type TrainingScoreSource = 'resubstitution' | 'out-of-bag after selection' | 'out-of-fold' | 'as given'

/** Scores of the training patients. The same patients may come several times, with scores of another source. */
export interface TrainingScores {
  readonly name: string
  readonly scoresAre: Readonly<Record<string, TrainingScoreSource>>
  readonly table: TrainingTable
}

export interface ValidationScores {
  readonly name: string
  readonly scores: FeatureTable
  /** 0 or 1 a row of `scores`. */
  readonly outcome: ArrayLike<number>
}

export interface ScoresToEvaluate {
  readonly models: readonly ScoredModel[]
  /** Cut-offs are learnt from the first. None: cut-offs can only be chosen anew in each cohort. */
  readonly training: readonly TrainingScores[]
  readonly validation: readonly ValidationScores[]
  /** The patient behind each ID, where a patient has several rows: intervals then take patients, not rows, for independent. */
  readonly patientOf?: ReadonlyMap<string, string>
}

export interface PairOfModels extends AucComparison {
  readonly models: readonly [string, string]
  readonly note: string | null
}

/** The same model in training and in a validation cohort: unpaired DeLong. */
export interface PairOfCohorts extends AucComparison {
  readonly model: string
  readonly cohorts: readonly [string, string]
}

export interface CohortEvaluation {
  readonly cohort: string
  readonly role: CohortRole
  readonly patients: number
  readonly positives: number
  /** Rows of the cohort; more than `patients` where some have several. */
  readonly rows: number
  /** Why nothing could be computed (one class only); null otherwise. */
  readonly unusable: string | null
  readonly warnings: readonly string[]
  readonly models: readonly ModelEvaluation[]
  /** Paired DeLong of every two models. */
  readonly comparisons: readonly PairOfModels[]
  /** Of every two models whose scores are probabilities. */
  readonly decisionDifferences: readonly (DecisionCurveDifference & { readonly models: readonly [string, string] })[]
  /** Empty unless asked for. */
  readonly reclassification: readonly (Reclassification & { readonly models: readonly [string, string] })[]
}

/** Plain data. NaN stands for what is not defined; thresholds of ROC curves have infinite ends. */
export interface Evaluation {
  readonly options: EvaluationOptions
  readonly models: readonly ScoredModel[]
  /** The patients that the carried cut-offs were learnt from; empty without training scores. */
  readonly learntFrom: readonly string[]
  readonly cohorts: readonly CohortEvaluation[]
  readonly acrossCohorts: readonly PairOfCohorts[]
}

const fewPatientsOfAClass = 10

const paperComparison =
  "Scores of patients that the models learnt from, as in the paper's comparison: the model that fits closer is favoured. Out-of-fold scores give a fair one."

/**
 * Discrimination, cut-offs, calibration and benefit of several models in one or more cohorts. Cut-offs are learnt from the
 * training patients and carried to the others; chosen anew in each cohort, they stand beside, labelled. A cohort of one class
 * is reported with the reason and without figures.
 * @param onProgress told before every model of every cohort; its bootstraps take up to a second
 * @throws TypeError when the training scores are no training tables; RangeError, naming cohort, model and patients, for
 *   missing columns, missing or infinite scores, probabilities outside [0, 1], one class in training, cohorts or models of the
 *   same name, or nothing to evaluate
 */
export async function evaluateScores(
  input: ScoresToEvaluate,
  options: EvaluationOptions = defaultEvaluationOptions,
  onProgress: PauseForProgress = () => {},
): Promise<Evaluation> {
  const { models, training, validation, patientOf } = input
  training.forEach(({ table }) => requireTraining(table))
  const cohorts = [
    ...training.map(({ name, table, scoresAre }) => ({
      ...{ name, scores: table, outcome: table.outcome, role: 'training' as const },
      sourceOf: (model: string): string => scoresAre[model] ?? 'as given',
    })),
    ...validation.map((cohort) => ({ ...cohort, role: 'validation' as const, sourceOf: () => 'new patients' })),
  ].map((cohort): Cohort => ({ ...cohort, ...clustersOf(cohort.scores, patientOf) }))
  if (models.length === 0 || cohorts.length === 0)
    throw new RangeError('There is nothing to evaluate: no model or no cohort was given.')
  refuseRepeated(models.map(({ name }) => name), 'models') // prettier-ignore
  refuseRepeated(cohorts.map(({ name }) => name), 'cohorts') // prettier-ignore
  for (const cohort of cohorts) for (const model of models) scoresOf(cohort, model.name)
  const carried = new Map(
    models.map(({ name }) => [
      name,
      training.length > 0 ? options.rules.map((rule) => fitCutoff(training[0].table, name, rule)) : [],
    ]),
  )
  const recalibrations = new Map(models.map((model) => [model.name, recalibrateModel(model, training[0]?.table)]))
  let done = 0
  const total = cohorts.length * models.length
  const evaluated: CohortEvaluation[] = []
  for (const cohort of cohorts) {
    const tell = async (model: string) => onProgress({ done: done++, total, step: `Evaluating ${model} in ${cohort.name}` })
    evaluated.push(await evaluateCohort(cohort, models, { carried, recalibrations }, options, tell))
  }
  return {
    options,
    models,
    learntFrom: training[0]?.table.ids ?? [],
    cohorts: evaluated,
    acrossCohorts: compareCohorts(cohorts, models, options.level),
  }
}

interface Cohort {
  readonly name: string
  readonly role: CohortRole
  readonly scores: FeatureTable
  readonly outcome: ArrayLike<number>
  readonly sourceOf: (model: string) => string
  readonly clusters?: Clusters
}

/** None where each row is a patient. */
function clustersOf({ ids }: FeatureTable, patientOf: ReadonlyMap<string, string> | undefined): { clusters?: Clusters } {
  const clusters = ids.map((id) => patientOf?.get(id) ?? id)
  return new Set(clusters).size < ids.length ? { clusters } : {}
}

/** From the training patients, by model. */
interface Learnt {
  readonly carried: ReadonlyMap<string, readonly LearntCutoff[]>
  readonly recalibrations: ReadonlyMap<string, Recalibration | string | null>
}

/** @returns why there is none when the scores are constant or separate the classes; null when none was asked for */
function recalibrateModel(
  { name, kind, recalibrate }: ScoredModel,
  training: TrainingTable | undefined,
): Recalibration | string | null {
  if (!recalibrate) return null
  if (!training) throw new RangeError(`Recalibrating ${name} takes training patients to learn from; none were given.`)
  try {
    return fitRecalibration(training, name, kind === 'probability' || kind === 'weighted' ? 'logit' : 'score')
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

async function evaluateCohort(
  cohort: Cohort,
  models: readonly ScoredModel[],
  { carried, recalibrations }: Learnt,
  options: EvaluationOptions,
  tell: (model: string) => Promise<void>,
): Promise<CohortEvaluation> {
  const { name, role, outcome, sourceOf, clusters } = cohort
  const rows = outcome.length
  const patients = clusters ? new Set(clusters).size : rows
  const positives = countPositives(outcome)
  const base = { cohort: name, role, patients, positives, rows }
  if (!hasBothClasses(cohort)) {
    const unusable = `The cohort ${name} has ${positives} positive and ${rows - positives} negative patients: both classes are needed.`
    return { ...base, unusable, warnings: [], models: [], comparisons: [], decisionDifferences: [], reclassification: [] }
  }
  const { level, prevalence, thresholds, reclassification } = options
  const drawing = { level, seed: options.seed, resamples: options.resamples, ...(clusters && { clusters }) }
  const pairsOfProbabilities = pairs(
    models.flatMap(({ name, kind }) => {
      const recalibration = recalibrations.get(name) ?? null
      const { probabilities } = takeProbabilities({ scores: scoresOf(cohort, name), kind, recalibration })
      return probabilities ? [{ name, probabilities }] : []
    }),
  )
  const evaluated: ModelEvaluation[] = []
  for (const { name: model, kind, logistic, interceptOnly = false, recalibrate } of models) {
    await tell(model)
    const scoresAre = sourceOf(model)
    const apparentLogistic = role === 'training' && ((logistic && scoresAre === 'resubstitution') || recalibrate === true)
    const inCohort = {
      ...{ model, kind, scoresAre, role, outcome, apparentLogistic, interceptOnly, ...(clusters && { clusters }) },
      scores: scoresOf(cohort, model),
      carried: carried.get(model) ?? [],
      recalibration: recalibrations.get(model) ?? null,
    }
    evaluated.push(evaluateModel(inCohort, options))
  }
  return {
    ...base,
    unusable: null,
    warnings: [...(clusters ? [warnOfClusters(patients, rows)] : []), ...warnOfFew(positives, rows - positives)],
    models: evaluated,
    comparisons: pairs(models).map(([a, b]) => ({
      models: [a.name, b.name],
      ...comparePairedAuc(scoresOf(cohort, a.name), scoresOf(cohort, b.name), outcome, level, clusters),
      note: role === 'validation' || [a, b].every(({ name }) => sourceOf(name) === 'out-of-fold') ? null : paperComparison,
    })),
    decisionDifferences: pairsOfProbabilities.map(([a, b]) => ({
      models: [a.name, b.name],
      ...compareDecisionCurves(a.probabilities, b.probabilities, outcome, {
        ...drawing,
        prevalence,
        thresholds,
      }),
    })),
    reclassification: reclassification
      ? pairsOfProbabilities.map(([a, b]) => ({
          models: [a.name, b.name],
          ...compareReclassification(a.probabilities, b.probabilities, outcome, {
            ...drawing,
            ...reclassification,
          }),
        }))
      : [],
  }
}

/** Each model in the first training scores against each validation cohort. */
function compareCohorts(cohorts: readonly Cohort[], models: readonly ScoredModel[], level: number): PairOfCohorts[] {
  const first = cohorts[0]
  if (first.role !== 'training') return []
  const others = cohorts.filter((cohort) => cohort.role === 'validation' && hasBothClasses(cohort))
  return others.flatMap((other) =>
    models.map(({ name }) => ({
      model: name,
      cohorts: [first.name, other.name] as const,
      ...compareUnpairedAuc({ ...first, scores: scoresOf(first, name) }, { ...other, scores: scoresOf(other, name) }, level),
    })),
  )
}

function scoresOf({ name, scores, outcome }: Pick<Cohort, 'name' | 'scores' | 'outcome'>, model: string): Float64Array {
  const at = scores.columns.indexOf(model)
  if (at < 0) throw new RangeError(`The cohort ${name} has no scores of the model ${model}; it has ${scores.columns.join(', ')}.`)
  if (outcome.length !== scores.ids.length)
    throw new RangeError(`The cohort ${name} has ${scores.ids.length} patients and ${outcome.length} outcomes.`)
  const column = columnAt(scores, at)
  const without = scores.ids.filter((_, i) => !Number.isFinite(column[i]))
  if (without.length > 0)
    throw new RangeError(
      `The cohort ${name}: ${without.length} of ${column.length} scores of the model ${model} are missing or infinite (${without.slice(0, 5).join(', ')}). Leave these patients out of every model, or give them a score.`,
    )
  return column
}

function hasBothClasses({ outcome }: Cohort): boolean {
  const positives = countPositives(outcome)
  return positives > 0 && positives < outcome.length
}

function countPositives(outcome: ArrayLike<number>): number {
  return Array.from(outcome).filter((y) => y === 1).length
}

function warnOfClusters(patients: number, rows: number): string {
  return `${rows} rows of ${patients} patients: the AUC's intervals and P take the rows of a patient together (Obuchowski 1997), bootstraps draw patients. Newcombe's and the exact intervals, calibration tests and Hosmer and Lemeshow's take rows for independent: do not read them.`
}

function warnOfFew(positives: number, negatives: number): string[] {
  return ([['positive', positives], ['negative', negatives]] as const).flatMap(([name, count]) =>
    count < fewPatientsOfAClass
      ? [`Only ${count} ${name} patient${count === 1 ? '' : 's'}: DeLong's and the bootstrap's intervals are too narrow; read Newcombe's and the exact ones.`]
      : [],
  ) // prettier-ignore
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((first, i) => items.slice(i + 1).map((second): [T, T] => [first, second]))
}

function refuseRepeated(names: readonly string[], what: string) {
  const repeated = names.filter((name, i) => names.indexOf(name) !== i)
  if (repeated.length > 0) throw new RangeError(`Each of the ${what} needs a name of its own; repeated: ${repeated.join(', ')}.`)
}
