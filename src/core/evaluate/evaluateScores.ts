import type { PauseForProgress } from '../numeric/jobs.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { pickTrainingRows, requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { findBenefitRanges, type BenefitRanges } from './benefitRanges.ts'
import { fitCutoff, type LearntCutoff } from './cutoffs.ts'
import { compareDecisionCurves, type DecisionCurveDifference } from './decisionCurve.ts'
import { comparePairedAuc, compareUnpairedAuc, type AucComparison, type Clusters, type LabelledScores } from './delong.ts'
import {
  defaultEvaluationOptions,
  decide,
  discriminate,
  joinModel,
  takeProbabilities,
  type CohortRole,
  type EvaluationOptions,
  type ModelDecisions,
  type ModelDiscrimination,
  type ModelEvaluation,
  type ModelInCohort,
} from './evaluateModel.ts'
import type { ScoreKind } from './probabilityScores.ts'
import { fitRecalibration, type Recalibration } from './recalibrate.ts'
import { compareReclassification, type Reclassification } from './reclassification.ts'
import { nameScores, type ScoredCohort, type ScoresFrom } from './scoresFrom.ts'
import { refuse, tell } from './messages.ts'
import { DataError, type Message } from '../messages/message.ts'

/** A model whose scores are a column of that name in every table. */
export interface ScoredModel {
  readonly name: string
  readonly kind: ScoreKind
  /** An unpenalised logistic regression: its apparent scores are calibrated by construction. */
  readonly logistic: boolean
  /** The model has no feature and gives everybody the prevalence: an AUC of 0.5 that no interval belongs to. */
  readonly interceptOnly?: boolean
  /** Turn the scores into probabilities by a logistic curve learnt on the first training scores. */
  readonly recalibrate?: boolean
}

/**
 * Scores of the training patients. The same patients may come several times, with scores of another source. An out-of-bag score
 * may be missing (NaN), since the patient was drawn by every tree, and an out-of-fold one, since the fold left no feature to the model:
 * the patient is left out of that model's figures.
 */
export interface TrainingScores {
  readonly name: string
  /** The models that have scores of this source; default: all. */
  readonly models?: readonly string[]
  /** Of all of them, or by model; a model that is not named has scores of which nobody said where they are from. */
  readonly scoresFrom: ScoresFrom | Readonly<Record<string, ScoresFrom>>
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
  readonly note: Message | null
}

/** The same model in training and in a validation cohort: unpaired DeLong. */
export interface PairOfCohorts extends AucComparison {
  readonly model: string
  readonly cohorts: readonly [string, string]
}

/** Who a cohort is, and how well its models tell the classes apart. */
export interface CohortDiscrimination extends ScoredCohort {
  readonly role: CohortRole
  readonly patients: number
  readonly positives: number
  /** Rows of the cohort; more than `patients` where some have several. */
  readonly rows: number
  /** Why nothing could be computed (one class only); null otherwise. */
  readonly unusable: Message | null
  readonly warnings: readonly Message[]
  readonly models: readonly ModelDiscrimination[]
  /** Paired DeLong of every two models. */
  readonly comparisons: readonly PairOfModels[]
}

/** What deciding by the models would do in a cohort. */
export interface CohortDecisions {
  readonly models: readonly ModelDecisions[]
  /** Of every two models whose scores are probabilities. */
  readonly decisionDifferences: readonly (DecisionCurveDifference & { readonly models: readonly [string, string] })[]
  /** Of every model whose scores are probabilities: where it is worth more than other ways to decide. */
  readonly benefitRanges: readonly BenefitRanges[]
  /** Empty unless asked for. */
  readonly reclassification: readonly (Reclassification & { readonly models: readonly [string, string] })[]
}

export interface CohortEvaluation extends Omit<CohortDiscrimination, 'models'>, Omit<CohortDecisions, 'models'> {
  readonly models: readonly ModelEvaluation[]
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

/** The part of it that no cut-off, cost or prevalence changes. */
export interface Discrimination {
  readonly cohorts: readonly CohortDiscrimination[]
  readonly acrossCohorts: readonly PairOfCohorts[]
}

/** The other part: as many cohorts and models. */
export type Decisions = readonly CohortDecisions[]

const fewPatientsOfAClass = 10

/**
 * Discrimination, cut-offs, calibration and benefit of several models in one or more cohorts. Cut-offs are learnt from the
 * training patients and carried to the others; chosen anew in each cohort, they stand beside, labelled. A cohort of one class
 * is reported with the reason and without figures.
 * @param onProgress told before every model of every cohort, once for each part; its bootstraps take up to a second
 * @throws TypeError when the training scores are no training tables; DataError, naming cohort, model and patients, for
 *   missing columns, missing or infinite scores, probabilities outside [0, 1], one class in training, cohorts or models of the
 *   same name, or nothing to evaluate
 */
export async function evaluateScores(
  input: ScoresToEvaluate,
  options: EvaluationOptions = defaultEvaluationOptions,
  onProgress: PauseForProgress = () => {},
): Promise<Evaluation> {
  const discrimination = await discriminateScores(input, options, onProgress)
  return joinEvaluation(input, options, discrimination, await decideScores(input, options, onProgress))
}

/** The part of `evaluateScores` that no cut-off, cost or prevalence changes. @throws as it does */
export async function discriminateScores(
  input: ScoresToEvaluate,
  options: EvaluationOptions,
  onProgress: PauseForProgress,
): Promise<Discrimination> {
  const prepared = prepareCohorts(input)
  const tellModel = countModels(prepared.cohorts, 'discrimination', onProgress)
  const cohorts: CohortDiscrimination[] = []
  for (const cohort of prepared.cohorts)
    cohorts.push(await discriminateCohort(cohort, prepared.recalibrations, options, tellModel))
  return { cohorts, acrossCohorts: compareCohorts(prepared.cohorts, input.models, options.level) }
}

/** The other part. @throws as `evaluateScores` */
export async function decideScores(
  input: ScoresToEvaluate,
  options: EvaluationOptions,
  onProgress: PauseForProgress,
): Promise<Decisions> {
  const { cohorts, recalibrations } = prepareCohorts(input)
  const [training] = input.training
  const carried = new Map(
    input.models.map(({ name }) => [name, training ? options.rules.map((rule) => fitCutoff(takeScored(training.table, cohorts[0], name), name, rule)) : []]),
  ) // prettier-ignore
  const tellModel = countModels(cohorts, 'decisions', onProgress)
  const decisions: CohortDecisions[] = []
  for (const cohort of cohorts) decisions.push(await decideInCohort(cohort, { carried, recalibrations }, options, tellModel))
  return decisions
}

/** The whole of its parts. */
export function joinEvaluation(
  { models, training }: ScoresToEvaluate,
  options: EvaluationOptions,
  { cohorts, acrossCohorts }: Discrimination,
  decisions: Decisions,
): Evaluation {
  const joined = cohorts.map((cohort, c): CohortEvaluation => {
    const { models, ...decided } = decisions[c]
    return { ...cohort, models: cohort.models.map((model, m) => joinModel(model, models[m])), ...decided }
  })
  return { options, models, learntFrom: training[0]?.table.ids ?? [], cohorts: joined, acrossCohorts }
}

interface PreparedCohorts {
  readonly cohorts: readonly Cohort[]
  /** From the training patients, by model. */
  readonly recalibrations: ReadonlyMap<string, Recalibration | Message | null>
}

function prepareCohorts({ models, training, validation, patientOf }: ScoresToEvaluate): PreparedCohorts {
  training.forEach(({ table }) => requireTraining(table))
  const cohorts = [
    ...training.map(({ name, table, scoresFrom, models: own }) => ({
      ...{ cohort: name, scores: table, outcome: table.outcome, role: 'training' as const },
      scoresFrom: typeof scoresFrom === 'string' ? scoresFrom : null,
      models: own ? models.filter((model) => own.includes(model.name)) : models,
      sourceOf: (model: string) => (typeof scoresFrom === 'string' ? scoresFrom : (scoresFrom[model] ?? null)),
    })),
    ...validation.map(({ name, scores, outcome }) => ({
      ...{ cohort: name, scores, outcome, models, role: 'validation' as const, scoresFrom: 'new' as const },
      sourceOf: () => 'new' as const,
    })),
  ].map((cohort): Cohort => ({ ...cohort, name: nameScores(cohort), ...clustersOf(cohort.scores, patientOf) }))
  if (models.length === 0 || cohorts.length === 0) throw refuse('nothing-to-evaluate', {})
  refuseRepeated(models.map(({ name }) => name), 'models') // prettier-ignore
  refuseRepeated(cohorts.map(({ name }) => name), 'cohorts') // prettier-ignore
  for (const cohort of cohorts) for (const model of cohort.models) scoresOf(cohort, model.name)
  const recalibrate = (model: ScoredModel) => recalibrateModel(model, training[0] && takeScored(training[0].table, cohorts[0], model.name)) // prettier-ignore
  return { cohorts, recalibrations: new Map(models.map((model) => [model.name, recalibrate(model)])) }
}

type TellModel = (model: string, cohort: string) => void | Promise<void>

function countModels(cohorts: readonly Cohort[], part: 'discrimination' | 'decisions', onProgress: PauseForProgress): TellModel {
  let done = 0
  const total = cohorts.reduce((sum, cohort) => sum + cohort.models.length, 0)
  return (model, cohort) => onProgress({ done: done++, total, step: tell('step-judging', { part, model, cohort }) })
}

interface Cohort extends ScoredCohort {
  /** `nameScores` */
  readonly name: string
  readonly role: CohortRole
  /** Those that are judged in it. */
  readonly models: readonly ScoredModel[]
  readonly scores: FeatureTable
  readonly outcome: ArrayLike<number>
  readonly sourceOf: (model: string) => ScoresFrom | null
  readonly clusters?: Clusters
}

/** None where each row is a patient. */
function clustersOf({ ids }: FeatureTable, patientOf: ReadonlyMap<string, string> | undefined): { clusters?: Clusters } {
  const clusters = ids.map((id) => patientOf?.get(id) ?? id)
  return new Set(clusters).size < ids.length ? { clusters } : {}
}

/** From the training patients, by model. */
interface Learnt extends Pick<PreparedCohorts, 'recalibrations'> {
  readonly carried: ReadonlyMap<string, readonly LearntCutoff[]>
}

/** @returns why there is none when the scores are constant or separate the classes; null when none was asked for */
function recalibrateModel(
  { name, kind, recalibrate }: ScoredModel,
  training: TrainingTable | undefined,
): Recalibration | Message | null {
  if (!recalibrate) return null
  if (!training) throw refuse('recalibrate-without-training', { model: name })
  try {
    return fitRecalibration(training, name, kind === 'probability' || kind === 'weighted' ? 'logit' : 'score')
  } catch (error) {
    if (error instanceof DataError) return error.told
    throw error
  }
}

async function discriminateCohort(
  cohort: Cohort,
  recalibrations: Learnt['recalibrations'],
  options: EvaluationOptions,
  tellModel: TellModel,
): Promise<CohortDiscrimination> {
  const { name, cohort: of, scoresFrom, role, models, outcome, sourceOf, clusters } = cohort
  const rows = outcome.length
  const patients = clusters ? new Set(clusters).size : rows
  const positives = countPositives(outcome)
  const base = { cohort: of, scoresFrom, role, patients, positives, rows }
  if (!hasBothClasses(cohort)) {
    const unusable = tell('one-class', { cohort: name, positives, negatives: rows - positives })
    return { ...base, unusable, warnings: [], models: [], comparisons: [] }
  }
  const evaluated: ModelDiscrimination[] = []
  for (const model of models) {
    await tellModel(model.name, name)
    evaluated.push(discriminate(modelIn(cohort, model, { carried: new Map(), recalibrations }), options))
  }
  return {
    ...base,
    unusable: null,
    warnings: [
      ...(clusters ? [tell('rows-of-patients', { rows, patients })] : []),
      ...warnOfFew(positives, rows - positives),
      ...evaluated.flatMap(warnOfUnscored),
    ],
    models: evaluated,
    comparisons: pairs(models).map(([a, b]) => {
      const names = [a.name, b.name] as const
      const { scores, outcome, clusters } = scoredBy(cohort, names)
      return {
        models: names,
        ...comparePairedAuc(scores[0], scores[1], outcome, options.level, clusters),
        note:
          role === 'validation' || names.every((name) => sourceOf(name) === 'out-of-fold')
            ? null
            : tell('comparison-favours-fit', {}),
      }
    }),
  }
}

async function decideInCohort(
  cohort: Cohort,
  learnt: Learnt,
  options: EvaluationOptions,
  tellModel: TellModel,
): Promise<CohortDecisions> {
  if (!hasBothClasses(cohort)) return { models: [], decisionDifferences: [], benefitRanges: [], reclassification: [] }
  const { models, name } = cohort
  const { level, seed, resamples, prevalence, thresholds, reclassification } = options
  const decided: ModelDecisions[] = []
  for (const model of models) {
    await tellModel(model.name, name)
    decided.push(decide(modelIn(cohort, model, learnt), options))
  }
  const pairsOfProbabilities = pairs(models).flatMap(([a, b]) => {
    const both = scoredBy(cohort, [a.name, b.name])
    const [first, second] = [a, b].map(({ name, kind }, i) => takeProbabilities({ scores: both.scores[i], kind, recalibration: learnt.recalibrations.get(name) ?? null }).probabilities) // prettier-ignore
    const drawing = { level, seed, resamples, ...(both.clusters && { clusters: both.clusters }) }
    return first && second ? [{ models: [a.name, b.name] as const, first, second, outcome: both.outcome, drawing }] : []
  })
  return {
    models: decided,
    decisionDifferences: pairsOfProbabilities.map(({ models, first, second, outcome, drawing }) => ({
      models,
      ...compareDecisionCurves(first, second, outcome, { ...drawing, prevalence, thresholds }),
    })),
    benefitRanges: findBenefitRanges(
      decided.flatMap(({ decisionCurve }, m) => (decisionCurve ? [{ model: models[m].name, curve: decisionCurve }] : [])),
    ),
    reclassification: reclassification
      ? pairsOfProbabilities.map(({ models, first, second, outcome, drawing }) => ({
          models,
          ...compareReclassification(first, second, outcome, { ...drawing, ...reclassification }),
        }))
      : [],
  }
}

/** @throws DataError as `scoredBy` */
function modelIn(cohort: Cohort, model: ScoredModel, { carried, recalibrations }: Learnt): ModelInCohort {
  const { name, kind, logistic, interceptOnly = false, recalibrate } = model
  const { role, sourceOf } = cohort
  const scoresFrom = sourceOf(name)
  const apparentLogistic = role === 'training' && ((logistic && scoresFrom === 'apparent') || recalibrate === true)
  const { scores, ...scored } = scoredBy(cohort, [name])
  return {
    ...{ model: name, kind, scoresFrom, role, apparentLogistic, interceptOnly, ...scored },
    scores: scores[0],
    carried: carried.get(name) ?? [],
    recalibration: recalibrations.get(name) ?? null,
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
      cohorts: [first.cohort, other.cohort] as const,
      ...compareUnpairedAuc(labelled(first, name), labelled(other, name), level),
    })),
  )
}

function labelled(cohort: Cohort, model: string): LabelledScores {
  const { scores, outcome, clusters } = scoredBy(cohort, [model])
  return { scores: scores[0], outcome, ...(clusters && { clusters }) }
}

/** What every one of some models says of the patients that all of them have a score of. */
interface Scored {
  /** One list a model. */
  readonly scores: readonly Float64Array[]
  readonly outcome: ArrayLike<number>
  readonly clusters?: Clusters
  readonly withoutScore: readonly string[]
}

/** @throws DataError as `scoresOf`, and when those with a score are of one class */
function scoredBy(cohort: Cohort, models: readonly string[]): Scored {
  const { outcome, clusters, scores } = cohort
  const columns = models.map((model) => scoresOf(cohort, model))
  const rows = scoredRows(columns)
  if (rows.length === outcome.length) return { scores: columns, outcome, ...(clusters && { clusters }), withoutScore: [] }
  const labels = rows.map((row) => outcome[row])
  requireBothClasses(cohort, labels, models)
  const withScore = new Set(rows)
  return {
    scores: columns.map((column) => Float64Array.from(rows, (row) => column[row])),
    outcome: labels,
    ...(clusters && { clusters: rows.map((row) => clusters[row]) }),
    withoutScore: scores.ids.filter((_, row) => !withScore.has(row)),
  }
}

function requireBothClasses({ name, outcome }: Cohort, labels: readonly number[], models: readonly string[]): void {
  if (new Set(labels).size < 2)
    throw refuse('out-of-bag-one-class', { cohort: name, scored: labels.length, patients: outcome.length, models })
}

function scoredRows(columns: readonly Float64Array[]): number[] {
  return Array.from(columns[0].keys()).filter((row) => !columns.some((column) => Number.isNaN(column[row])))
}

/** The training patients that the model has a score of. */
function takeScored(table: TrainingTable, cohort: Cohort, model: string): TrainingTable {
  const rows = scoredRows([scoresOf(cohort, model)])
  if (rows.length === table.ids.length) return table
  requireBothClasses(cohort, rows.map((row) => table.outcome[row]), [model]) // prettier-ignore
  return pickTrainingRows(table, rows)
}

/** Only out-of-bag and out-of-fold scores may be missing. */
function scoresOf({ name, scores, outcome, sourceOf }: Cohort, model: string): Float64Array {
  const at = scores.columns.indexOf(model)
  if (at < 0) throw refuse('no-scores-of-model', { cohort: name, model, columns: scores.columns })
  if (outcome.length !== scores.ids.length)
    throw refuse('cohort-lengths', { cohort: name, patients: scores.ids.length, outcomes: outcome.length })
  const column = columnAt(scores, at)
  const mayLack = sourceOf(model) === 'out-of-bag' || sourceOf(model) === 'out-of-fold'
  const without = scores.ids.filter((_, i) => !Number.isFinite(column[i]) && !(mayLack && Number.isNaN(column[i])))
  if (without.length > 0) throw refuse('scores-unusable-of-model', { cohort: name, patients: column.length, model, ids: without })
  return column
}

function hasBothClasses({ outcome }: Cohort): boolean {
  const positives = countPositives(outcome)
  return positives > 0 && positives < outcome.length
}

function countPositives(outcome: ArrayLike<number>): number {
  return Array.from(outcome).filter((y) => y === 1).length
}

function warnOfUnscored({ model, withoutScore, scoresFrom }: ModelDiscrimination): Message[] {
  if (withoutScore.length === 0) return []
  return [tell(scoresFrom === 'out-of-fold' ? 'not-pooled' : 'drawn-by-every-tree', { model, ids: withoutScore })]
}

function warnOfFew(positives: number, negatives: number): Message[] {
  return ([['positive', positives], ['negative', negatives]] as const).flatMap(([outcome, count]) =>
    count < fewPatientsOfAClass ? [tell('few-patients', { outcome, count })] : [],
  ) // prettier-ignore
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((first, i) => items.slice(i + 1).map((second): [T, T] => [first, second]))
}

function refuseRepeated(names: readonly string[], what: 'models' | 'cohorts') {
  const repeated = names.filter((name, i) => names.indexOf(name) !== i)
  if (repeated.length > 0) throw refuse('names-repeated', { what, names: repeated })
}
