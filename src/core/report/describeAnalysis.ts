import type { Analysis } from '../analysis/analysis.ts'
import type { Copies, TrainingCopies } from '../analysis/findCopies.ts'
import type { Screening } from '../analysis/screenStudy.ts'
import type { Selection, StepRecord } from '../analysis/selectFeatures.ts'
import type { AucEstimate } from '../evaluate/delong.ts'
import type { CohortEvaluation } from '../evaluate/evaluateScores.ts'
import { nameScores } from '../evaluate/scoresFrom.ts'
import type { Message } from '../messages/message.ts'
import { readingsOf, type Readings, type SelectionStep } from '../protocol/protocol.ts'
import type { MissingCount } from '../table/imputation.ts'
import type { ColumnFault } from '../table/screenColumns.ts'
import { aucInterval, isClustered } from './intervalKinds.ts'
import { tell } from './messages.ts'

/** What a reader of the results must know, a sentence each, in the order in which it happened. */
export function describeAnalysis({
  path,
  resampling,
  optimism,
  evaluation,
  missing,
  protocol,
  likelihoodRatios,
}: Analysis): Message[] {
  const { selection, screening } = path
  const { freeze } = protocol.cohort
  return [
    ...(freeze === undefined ? [] : [tell('cohorts-fixed', { hash: freeze })]),
    ...path.warnings,
    ...(path.notHarmonised.length > 0 ? [tell('not-harmonised', { ids: path.notHarmonised })] : []),
    ...describeMissing(missing, protocol.missing),
    ...describeScreening(screening),
    ...path.imputed.map(({ cohort, missing }) => tell('imputed-in-cohort', { cohort, ...countImputed(missing) })),
    ...describeSteps(selection, protocol.select),
    tell('features-left', {
      candidates: selection.candidates.length,
      steps: selection.steps.map(({ method, kept }) => ({ method, kept: kept.length })),
    }),
    ...path.models.flatMap(({ name, model }) => ('notes' in model ? model.notes.map((note) => tell('model-note', { model: name, note })) : [])),
    ...likelihoodRatios.map(({ models: [small, large], added, chiSquare, df, p }) => tell('likelihood-ratio', { small, large, added, chiSquare, df, p })),
    ...(resampling?.failures ?? []).map(({ repeat, fold, reason }) => tell('fold-failed', { repeat: repeat + 1, fold: fold + 1, reason })),
    ...Object.entries(resampling?.withinFolds ?? {}).map(([model, { meanAuc, folds }]) => tell('auc-within-folds', { model, meanAuc, folds })),
    ...(optimism?.failures ?? []).map(({ sample, reason }) => tell('sample-failed', { sample: sample + 1, reason })),
    ...Object.entries(optimism?.models ?? {}).map(([model, { apparent, corrected, outOfBag, samples }]) => tell('optimism', { model, samples: samples.length, apparent, corrected, outOfBag })),
    ...evaluation.cohorts.flatMap(describeCohort),
  ] // prettier-ignore
}

function describeCohort(judged: CohortEvaluation): Message[] {
  const { unusable, warnings, models } = judged
  if (unusable) return [unusable]
  const cohort = nameScores(judged)
  return [
    ...warnings.map((warning) => tell('cohort-warning', { cohort, warning })),
    ...models.map(({ model, auc }) => tell('cohort-auc', { cohort, model, estimate: describeAuc(auc, isClustered(judged)) })),
  ]
}

/** How much is missing, what was done about it, and what came of doing otherwise. */
export function describeMissing({ counts, leftOut, sensitivity }: Analysis['missing'], choice: string): Message[] {
  if (counts.length === 0) return []
  const values = counts.reduce((sum, { missing }) => sum + missing, 0)
  const columns = [...new Set(counts.map(({ column }) => column))]
  return [
    tell('missing-values', { values, columns, choice }),
    ...leftOut.map(({ cohort, ids }) => tell('missing-left-out', { cohort, ids })),
    ...(sensitivity ? [describeSensitivity(sensitivity)] : []),
  ]
}

function describeSensitivity({ choice, failure, aucs }: NonNullable<Analysis['missing']['sensitivity']>): Message {
  if (failure) return tell('missing-otherwise-failed', { choice, reason: failure })
  return tell('missing-otherwise', {
    choice,
    aucs: aucs.map(({ cohort, model, auc: { auc } }) => ({ cohort, model, auc })),
  })
}

/** Whether a result is too good to be true: it stands above all others. */
export function describeCopies({ rows, ...ofTraining }: Copies): Message[] {
  const cohorts = [...new Set(rows.map(({ cohort }) => cohort))]
  return [
    ...describeTrainingCopies(ofTraining),
    ...cohorts.map((cohort) => {
      const pairs = rows.filter((row) => row.cohort === cohort).map(({ judged, training }) => ({ judged, training }))
      return tell('rows-copied', { cohort, pairs })
    }),
  ]
}

export function describeTrainingCopies({ outcome: { columns }, twins }: TrainingCopies): Message[] {
  return [
    ...(columns.length > 0 ? [tell('outcome-copied', { columns })] : []),
    ...(twins.length > 0 ? [tell('rows-repeated', { twins })] : []),
  ]
}

/** A warning for a file that leaves the house without the IDs of patients: it counts those that `describeCopies` names. */
export function withoutPatients(warning: Message): Message {
  const { code, values } = warning
  if (code === 'rows-copied') return tell('rows-copied-counted', { cohort: values.cohort as string, patients: (values.pairs as readonly unknown[]).length }) // prettier-ignore
  if (code === 'rows-repeated') return tell('rows-repeated-counted', { patients: (values.twins as readonly unknown[]).length })
  return warning
}

/** Columns with a fault, dropped or not, and what stands in for missing values of training. */
export function describeScreening({ columns, imputation }: Screening): Message[] {
  const kept = new Set(columns.kept)
  const faults: readonly ColumnFault[] = ['constant', 'near-constant', 'missing', 'infinite']
  return [
    ...faults.flatMap((fault) => {
      const names = columns.reported.filter((column) => column.faults.includes(fault)).map(({ column }) => column)
      return [false, true].flatMap((isKept) => {
        const some = names.filter((name) => kept.has(name) === isKept)
        return some.length > 0 ? [tell('column-faults', { fault, kept: isKept, columns: some })] : []
      })
    }),
    ...(imputation && imputation.missing.length > 0
      ? [tell('imputed-in-training', { method: imputation.method, ...countImputed(imputation.missing) })]
      : []),
  ]
}

/** @param asked as the protocol has them */
export function describeSteps({ steps }: Selection, asked: readonly SelectionStep[]): Message[] {
  return steps.flatMap((step) => describeStep(step, readingsOf(asked)))
}

/** The step, and what speaks against it. */
export function describeStep(step: StepRecord, readings: Readings): Message[] {
  const kept = step.kept.length
  switch (step.method) {
    case 'agreement': {
      const { form, on, threshold, learntFrom, undefinedColumns, patients, warnings } = step
      const reread = learntFrom.length
      return [
        tell('step-agreement', {
          kept,
          columns: step.columns.length,
          form,
          on,
          threshold,
          reread,
          patients,
          undefinedColumns,
          readings,
        }),
        ...warnings,
      ]
    }
    case 'rankSum': {
      const { alpha, adjust, expectedByChance, keptAfterBh } = step
      return [tell('step-rank-sum', { kept, columns: step.columns.length, alpha, adjust, expectedByChance, keptAfterBh })]
    }
    case 'boruta': {
      const tentative = step.details.filter(({ decision }) => decision === 'tentative').length
      return [tell('step-boruta', { name: step.name, kept, columns: step.details.length, tentative }), ...step.notes]
    }
    case 'annealing':
      return [tell('step-annealing', { name: step.name, kept, columns: step.candidates.length, iteration: step.iteration })]
    case 'redundancy':
      return [tell('step-redundancy', { kept, columns: step.columns.length, limit: step.limit })]
    case 'lasso':
      return [tell('step-lasso', { kept, columns: step.columns.length, rule: step.rule })]
    case 'mrmr': {
      const { association, scheme } = step.options
      return [tell('step-mrmr', { kept, columns: step.details.length, association, scheme })]
    }
    case 'elimination':
      return [
        tell('step-elimination', { kept, columns: step.candidates.length }),
        ...(step.aboveChance === false ? [tell('elimination-of-noise', {})] : []),
      ]
  }
}

/** With the interval that `aucInterval` gives, of one row a patient or of several; none belongs to a model of the prevalence alone. */
export function describeAuc(estimate: AucEstimate, clustered: boolean): Message {
  const { lower, upper, kind } = aucInterval(estimate, clustered)
  return tell('auc', { auc: estimate.auc, lower, upper, kind })
}

export function countImputed(missing: readonly MissingCount[]): { readonly values: number; readonly features: number } {
  return { values: missing.reduce((sum, { count }) => sum + count, 0), features: missing.length }
}
