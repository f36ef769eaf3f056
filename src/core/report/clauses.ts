import type { Analysis } from '../analysis/analysis.ts'
import type { TrainedModel } from '../analysis/trainModels.ts'
import type { ModelEvaluation } from '../evaluate/evaluateModel.ts'
import type { CohortEvaluation, Evaluation } from '../evaluate/evaluateScores.ts'
import { nameScores } from '../evaluate/scoresFrom.ts'
import type { CombatRecord } from '../harmonise/combatRecord.ts'
import type { FeatureEquality } from '../features/equality.ts'
import type { Message } from '../messages/message.ts'
import { readingsOf, type Protocol, type Readings } from '../protocol/protocol.ts'
import type { CohortPlan } from '../study/study.ts'
import { countImputed, describeAuc, describeMissing, describeScreening, describeStep } from './describeAnalysis.ts'
import { isClustered } from './intervalKinds.ts'
import { tell as tellClause, type ClauseTopic } from './clauseMessages.ts'
import { tell } from './messages.ts'

/** A sentence of the report, as data. Every number in it is of one record: no record, no clause. */
export interface Clause {
  readonly topic: ClauseTopic
  /** The record, by name, and the place in it, `selection/steps/0`. A run keeps it in the file of that name, `selection.json`. */
  readonly record: string
  readonly message: Message
}

/** How a run came about; what the analysis itself does not know. */
export interface RunFacts {
  readonly texel: string
  /** SHA-256 of the WebAssembly that computed: `kernels.wasm`. */
  readonly engine: string
  /** ISO 8601, in UTC: the end of the run. Null where it was not written down. */
  readonly endedAt: string | null
  /** What the features equal, where Texel measured them; null where they were read from a table. */
  readonly extracted: FeatureEquality | null
  /** How often the cohorts were fixed and thawed again before they were fixed as they are; null where no record says it. */
  readonly thaws: number | null
  /** How those who are judged were told apart from those who learnt; null where no record says it. */
  readonly cohortsBy: CohortPlan['kind'] | null
  readonly inputs: readonly { readonly role: string; readonly file: string; readonly bytes: number; readonly sha256: string }[]
  /** Null, without seeds and without a way to run it again, where nothing was learnt. */
  readonly protocolSha256: string | null
  readonly seeds: Readonly<Record<string, number>>
  /** The two tables of which the command line makes the same digits. */
  readonly again: { readonly features: string; readonly clinical: string } | null
  readonly looks: readonly {
    readonly cohort: string
    readonly first: { readonly at: string; readonly protocolSha256: string | null }
    readonly looks: number
    readonly protocolChanges: number
  }[]
}

/** What a study left behind, by name. What was not done has no record. */
export interface ReportRecords {
  readonly split?: Analysis['split'] & Pick<Analysis['path'], 'notHarmonised' | 'imputed'>
  readonly missing?: Analysis['missing'] & { readonly choice: Protocol['missing'] }
  /** Of cohorts that were fixed before anything was learnt. */
  readonly protocol?: { readonly cohort: { readonly freeze: string } }
  readonly combat?: CombatRecord
  readonly selection?: Analysis['path']['selection'] & {
    readonly screening: Analysis['path']['screening']
    readonly readings: Readings
  }
  readonly models?: Readonly<Record<string, TrainedModel>>
  readonly likelihood_ratio?: Analysis['likelihoodRatios']
  readonly resampling?: NonNullable<Analysis['resampling']>
  readonly optimism?: NonNullable<Analysis['optimism']>
  readonly evaluation?: Evaluation
  readonly run?: RunFacts
}

/** @param run null where nobody wrote down how the analysis came about */
export function recordsOf({ protocol, split, missing, path, likelihoodRatios, resampling, optimism, evaluation }: Analysis, run: RunFacts | null): ReportRecords {
  const { harmonisation, notHarmonised, imputed, screening, selection, models } = path
  const { freeze } = protocol.cohort
  return {
    split: { ...split, notHarmonised, imputed },
    ...(missing.counts.length > 0 && { missing: { ...missing, choice: protocol.missing } }),
    ...(freeze !== undefined && { protocol: { cohort: { freeze } } }),
    ...(harmonisation && { combat: harmonisation }),
    selection: { ...selection, screening, readings: readingsOf(protocol.select) },
    models: Object.fromEntries(models.map((model) => [model.name, model])),
    ...(likelihoodRatios.length > 0 && { likelihood_ratio: likelihoodRatios }),
    ...(resampling && { resampling }),
    ...(optimism && { optimism }),
    evaluation,
    ...(run && { run }),
  }
} // prettier-ignore

/** What the records say, in the data's way. A record that is not there says nothing, and nothing else speaks for it. */
export function writeClauses(records: ReportRecords): Clause[] {
  const { split, missing, protocol, combat, selection, models, likelihood_ratio, resampling, optimism, evaluation, run } = records
  return [
    ...ofAbstract(records),
    ...(protocol ? [clause('data', 'protocol/cohort/freeze', tell('cohorts-fixed', { hash: protocol.cohort.freeze }))] : []),
    ...(evaluation ? ofCohorts(evaluation) : []),
    ...(run ? ofCohortPlan(run) : []),
    ...(split ? ofSplit(split) : []),
    ...(missing ? describeMissing(missing, missing.choice).map((message) => clause('data', 'missing', message)) : []),
    ...(run ? ofFeatureFile(run) : []),
    ...(selection ? ofScreening(selection) : []),
    ...(split ? ofImputed(split) : []),
    ...(combat ? ofCombat(combat) : []),
    ...(split && split.notHarmonised.length > 0 ? [clause('harmonisation', 'split/notHarmonised', tell('not-harmonised', { ids: split.notHarmonised }))] : []),
    ...(selection ? ofSteps(selection) : []),
    ...Object.values(models ?? {}).flatMap(ofModel),
    ...(likelihood_ratio ?? []).map(({ models: [small, large], added, chiSquare, df, p }, i) => clause('models', `likelihood_ratio/${i}`, tell('likelihood-ratio', { small, large, added, chiSquare, df, p }))),
    ...(resampling ? ofResampling(resampling) : []),
    ...(optimism ? ofOptimism(optimism) : []),
    ...(evaluation ? [...ofSettings(evaluation), ...evaluation.cohorts.flatMap(ofCohort)] : []),
    ...(run ? ofRun(run) : []),
  ] // prettier-ignore
}

const clause = (topic: ClauseTopic, record: string, message: Message): Clause => ({ topic, record, message })

function ofCohortPlan({ cohortsBy }: RunFacts): Clause[] {
  return cohortsBy === null ? [] : [clause('data', 'run/cohortsBy', tellClause('cohorts-by', { cohortsBy }))]
}

/** What an abstract has of numbers; why and to what end the study was made only a person knows. */
function ofAbstract({ evaluation, selection }: ReportRecords): Clause[] {
  const of = (record: string, message: Message) => clause('abstract', record, message)
  const usable = [...(evaluation?.cohorts ?? []).entries()].filter(([i, { unusable, role }]) => unusable === null && (role === 'validation' || i === 0))
  const judged = usable.filter(([, { role }]) => role === 'validation')
  return [
    ...usable.map(([i, { cohort, patients, rows, positives }]) => of(`evaluation/cohorts/${i}`, tellClause('abstract-cohort', { cohort, patients, rows, positives }))),
    ...(selection ? [of('selection', tellClause('abstract-features', { candidates: selection.candidates.length, kept: selection.kept.length }))] : []),
    ...(evaluation ? [of('evaluation/models', tellClause('abstract-models', { models: evaluation.models.map(({ name }) => name) }))] : []),
    ...(judged.length > 0 ? judged : usable).flatMap(([i, one]) =>
      one.models.map(({ model, auc, cutoffs: [{ classification }] }, m) => {
        const atCutoff = classification && { sensitivity: classification.sensitivity.estimate, specificity: classification.specificity.estimate }
        return of(`evaluation/cohorts/${i}/models/${m}`, tellClause('abstract-result', { cohort: nameScores(one), model, estimate: describeAuc(auc, isClustered(one)), atCutoff }))
      }),
    ),
  ]
} // prettier-ignore

/** The training cohort stands there once for every source of its scores: its patients are counted once. */
function ofCohorts({ cohorts }: Evaluation): Clause[] {
  return cohorts.flatMap(({ cohort, role, rows, patients, positives }, i) =>
    role === 'training' && i > 0
      ? []
      : [clause('data', `evaluation/cohorts/${i}`, tellClause('cohort-counted', { cohort, learns: role === 'training', rows, patients, positives }))],
  ) // prettier-ignore
}

function ofSplit({ training, judged }: NonNullable<ReportRecords['split']>): Clause[] {
  const rows = judged.map(({ cohort, ids }) => ({ cohort, rows: ids.length }))
  return [clause('data', 'split', tellClause('rows-split', { learning: training.length, judged: rows }))]
}

function ofFeatureFile({ inputs, extracted }: RunFacts): Clause[] {
  const isMeasured = extracted !== null
  return [
    ...inputs.flatMap(({ role, file, sha256 }, i) =>
      role === 'features' ? [clause('features', `run/inputs/${i}`, tellClause('features-read', { file, sha256, isMeasured }))] : [],
    ),
    ...(isMeasured ? [clause('features', 'run/extracted', tellClause('features-equal', { ...extracted }))] : []),
  ]
} // prettier-ignore

function ofScreening({ candidates, screening }: NonNullable<ReportRecords['selection']>): Clause[] {
  return [
    ...describeScreening(screening).map((message) => clause('features', 'selection/screening', message)),
    clause('features', 'selection/candidates', tellClause('candidates', { candidates: candidates.length })),
  ]
}

function ofImputed({ imputed }: NonNullable<ReportRecords['split']>): Clause[] {
  return imputed.map(({ cohort, missing }, i) =>
    clause('features', `split/imputed/${i}`, tell('imputed-in-cohort', { cohort, ...countImputed(missing) })),
  )
}

function ofCombat({ mode, options, meanOnly, batches, reference, columns, learntFrom, covariates, warnings }: CombatRecord): Clause[] {
  const fitted = tellClause('combat-fitted', {
    mode,
    prior: options.prior,
    meanOnly,
    batches: batches.length,
    joined: reference?.joined.length ?? 0,
    columns: columns.length,
    learntFrom: learntFrom.length,
    covariates: covariates.map(({ name }) => name),
  })
  return [
    clause('harmonisation', 'combat', fitted),
    ...warnings.map((warning, i) => clause('harmonisation', `combat/warnings/${i}`, tellClause('combat-warning', { warning }))),
  ]
} // prettier-ignore

function ofSteps({ candidates, steps, readings }: NonNullable<ReportRecords['selection']>): Clause[] {
  const counts = steps.map(({ method, kept }) => ({ method, kept: kept.length }))
  return [
    ...steps.flatMap((step, i) =>
      describeStep(step, readings).map((message) => clause('selection', `selection/steps/${i}`, message)),
    ),
    clause('selection', 'selection', tell('features-left', { candidates: candidates.length, steps: counts })),
  ]
}

function ofModel(trained: TrainedModel): Clause[] {
  const { name, model, clinical } = trained
  const terms = clinical.map(({ column, reference }) => ({ column, reference }))
  const weights = weightsOf(trained)
  return [
    clause('models', `models/${name}`, describeFit(trained)),
    ...(terms.length > 0 ? [clause('models', `models/${name}/clinical`, tellClause('model-clinical', { model: name, terms }))] : []),
    ...(weights === null ? [] : [clause('models', `models/${name}`, tellClause('model-weighted', { model: name, weights }))]),
    ...('notes' in model ? model.notes.map((note, i) => clause('models', `models/${name}/model/notes/${i}`, tell('model-note', { model: name, note }))) : []),
  ]
} // prettier-ignore

function describeFit({ name, model }: TrainedModel): Message {
  const fitted = { model: name, columns: model.columns.length, learntFrom: model.learntFrom.length }
  switch (model.kind) {
    case 'logistic':
      return tellClause('model-logistic', { ...fitted, method: model.method, standardised: model.standardisation !== null })
    case 'lasso':
      return tellClause('model-penalised', {
        ...fitted,
        alpha: model.alpha,
        lambda: model.lambda,
        folds: model.choice?.folds ?? null,
      })
    case 'forest': {
      const { options, engine } = model
      const minimumNodeSize = 'minimumNodeSize' in options ? options.minimumNodeSize : null
      return tellClause('model-forest', { ...fitted, engine, trees: options.trees, mtry: options.mtry ?? null, minimumNodeSize })
    }
    case 'svm': {
      const { kernel, cost, standardisation, platt } = model
      const settings = { kernel, cost, standardised: standardisation !== null, plattFolds: platt?.folds ?? null }
      return tellClause('model-svm', { ...fitted, ...settings })
    }
    case 'intercept only':
      return tellClause('model-of-prevalence', { model: name, learntFrom: fitted.learntFrom, prevalence: model.prevalence })
  }
}

/** Null where both classes weigh the same. */
function weightsOf({ model }: TrainedModel): 'balanced' | readonly [number, number] | null {
  if (model.kind === 'intercept only' || (model.kind === 'forest' && model.engine !== 'wasm')) return null
  const weights = model.kind === 'forest' ? model.options.classWeights : model.classWeights
  return weights !== 'balanced' && weights[0] === weights[1] ? null : weights
}

function ofResampling({ folds, failures, withinFolds }: NonNullable<ReportRecords['resampling']>): Clause[] {
  const of = (record: string, message: Message) => clause('resampling', `resampling${record}`, message)
  return [
    of('', tellClause('folds-followed', { folds: folds.length, failed: failures.length })),
    ...failures.map(({ repeat, fold, reason }, i) => of(`/failures/${i}`, tell('fold-failed', { repeat: repeat + 1, fold: fold + 1, reason }))),
    ...Object.entries(withinFolds).map(([model, { meanAuc, folds }]) => of(`/withinFolds/${model}`, tell('auc-within-folds', { model, meanAuc, folds }))),
  ]
} // prettier-ignore

function ofOptimism({ models, failures }: NonNullable<ReportRecords['optimism']>): Clause[] {
  const of = (record: string, message: Message) => clause('resampling', `optimism${record}`, message)
  return [
    ...failures.map(({ sample, reason }, i) => of(`/failures/${i}`, tell('sample-failed', { sample: sample + 1, reason }))),
    ...Object.entries(models).map(([model, { apparent, corrected, outOfBag, samples }]) =>
      of(`/models/${model}`, tell('optimism', { model, samples: samples.length, apparent, corrected, outOfBag })),
    ),
  ]
}

function ofSettings({ options, learntFrom }: Evaluation): Clause[] {
  const { level, aucResamples, resamples, rules, prevalence } = options
  const settings = tellClause('evaluation-settings', { level, aucResamples, resamples, rules, areCarried: learntFrom.length > 0 })
  return [
    clause('evaluation', 'evaluation/options', settings),
    ...(prevalence === null ? [] : [clause('evaluation', 'evaluation/options', tellClause('prevalence-set', { prevalence }))]),
  ]
}

function ofCohort(judged: CohortEvaluation, i: number): Clause[] {
  const cohort = nameScores(judged)
  const of = (record: string, message: Message) => clause('results', `evaluation/cohorts/${i}${record}`, message)
  if (judged.unusable) return [of('/unusable', tellClause('cohort-unusable', { cohort, reason: judged.unusable }))]
  return [
    ...judged.warnings.map((warning, w) => of(`/warnings/${w}`, tell('cohort-warning', { cohort, warning }))),
    ...judged.models.map(({ model, auc }, m) => of(`/models/${m}/auc`, tell('cohort-auc', { cohort, model, estimate: describeAuc(auc, isClustered(judged)) }))),
    ...judged.models.flatMap((model, m) => (model.calibration ? [of(`/models/${m}/calibration`, describeCalibration(cohort, model.model, model.calibration))] : [])),
  ]
} // prettier-ignore

function describeCalibration(cohort: string, model: string, { slope, inTheLarge, note }: NonNullable<ModelEvaluation['calibration']>): Message {
  const named = ({ estimate, interval }: typeof slope) => ({ estimate, ...interval })
  return tellClause('cohort-calibration', { cohort, model, slope: named(slope), inTheLarge: named(inTheLarge), note })
} // prettier-ignore

function ofRun({ texel, engine, endedAt, inputs, protocolSha256, seeds, again, looks, thaws }: RunFacts): Clause[] {
  const of = (record: string, message: Message) => clause('reproducibility', `run${record}`, message)
  return [
    ...(thaws === null ? [] : [clause('looks', 'run/thaws', tellClause('cohorts-thawed', { thaws }))]),
    ...looks.map(({ cohort, looks, protocolChanges, first: { at, protocolSha256 } }, i) =>
      clause('looks', `run/looks/${i}`, tellClause('cohort-judged', { cohort, looks, protocolChanges, at, protocolSha256 })),
    ),
    of('', tellClause('written-by', { texel, at: endedAt })),
    of('/engine', tellClause('engine', { sha256: engine })),
    ...inputs.map(({ role, file, bytes, sha256 }, i) =>
      of(`/inputs/${i}`, tellClause('run-input', { role, file, bytes, sha256 })),
    ),
    ...(protocolSha256 === null ? [] : [of('/protocolSha256', tellClause('protocol-hash', { sha256: protocolSha256 }))]),
    ...(Object.keys(seeds).length > 0 ? [of('/seeds', tellClause('run-seeds', { seeds }))] : []),
    ...(again ? [of('/inputs', tellClause('run-again', again))] : []),
  ]
}
