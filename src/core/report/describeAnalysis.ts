import type { Analysis } from '../analysis/analysis.ts'
import type { Copies, OutcomeCopies } from '../analysis/findCopies.ts'
import type { Screening } from '../analysis/screenStudy.ts'
import type { Selection, StepRecord } from '../analysis/selectFeatures.ts'
import type { AucEstimate } from '../evaluate/delong.ts'
import { formatP } from '../cohort/table1.ts'
import { nameScores } from '../evaluate/scoresFrom.ts'
import { iccNames } from '../select/icc.ts'
import { listSome } from '../table/listSome.ts'
import type { MissingCount } from '../table/imputation.ts'
import type { ColumnFault } from '../table/screenColumns.ts'
import { aucInterval, isClustered } from './intervalKinds.ts'

/** What a reader of the results must know, a sentence each, in the order in which it happened. */
export function describeAnalysis({
  path,
  resampling,
  optimism,
  evaluation,
  missing,
  protocol,
  likelihoodRatios,
}: Analysis): string[] {
  const { selection, screening } = path
  const steps = selection.steps.map(({ method, kept }) => `${method} ${kept.length}`).join(', ')
  return [
    ...path.warnings,
    ...(path.notHarmonised.length > 0 ? [`Not harmonised, as their batches could not be: ${listSome(path.notHarmonised)}.`] : []),
    ...describeMissing(missing, protocol.missing),
    ...describeScreening(screening),
    ...path.imputed.map(({ cohort, missing }) => `Imputed by the median of training in the cohort ${cohort}: ${countMissing(missing)}.`),
    ...describeSteps(selection),
    `Features: ${selection.candidates.length} candidates; left after ${steps || 'no step'}.`,
    ...path.models.flatMap(({ name, model }) => ('notes' in model ? model.notes.map((note) => `${name}: ${note}`) : [])),
    ...likelihoodRatios.map(({ models: [small, large], added, chiSquare, df, p }) => `Likelihood-ratio test, ${large} against ${small} (adds ${listSome(added)}): chi-square ${digits(chiSquare)}, df ${df}, P ${formatP(p) || 'not defined'}.`),
    ...(resampling?.failures ?? []).map(({ repeat, fold, reason }) => `Fold ${fold + 1} of repeat ${repeat + 1} failed: ${reason}`),
    ...Object.entries(resampling?.withinFolds ?? {}).map(([model, { meanAuc, folds }]) => `Nested cross-validation, ${model}: mean AUC within ${folds} folds ${digits(meanAuc)}.`),
    ...(optimism?.failures ?? []).map(({ sample, reason }) => `Bootstrap sample ${sample + 1} failed: ${reason}`),
    ...Object.entries(optimism?.models ?? {}).map(([model, { apparent, corrected, outOfBag, samples }]) => `Optimism by ${samples.length} bootstrap samples, ${model}: apparent AUC ${digits(apparent)}, corrected ${digits(corrected)}, out of bag ${digits(outOfBag)}.`),
    ...evaluation.cohorts.flatMap((judged) => judged.unusable ?? [...judged.warnings.map((warning) => `${nameScores(judged)}: ${warning}`), ...judged.models.map(({ model, auc }) => `${nameScores(judged)}, ${model}: ${describeAuc(auc, isClustered(judged))}`)]),
  ] // prettier-ignore
}

/** How much is missing, what was done about it, and what came of doing otherwise. */
function describeMissing({ counts, leftOut, sensitivity }: Analysis['missing'], choice: string): string[] {
  if (counts.length === 0) return []
  const total = counts.reduce((sum, { missing }) => sum + missing, 0)
  const columns = [...new Set(counts.map(({ column }) => column))]
  const other = sensitivity?.aucs.map(({ cohort, model, auc }) => `${cohort}, ${model} ${digits(auc.auc)}`) ?? []
  return [
    `Missing: ${countOf(total, 'value')} of ${listSome(columns)} (missing.csv counts them by cohort); the protocol's choice: ${choice}.`,
    ...leftOut.map(({ cohort, ids }) => `Left out of the cohort ${cohort}, as they lack values: ${countOf(ids.length, 'row')} (${listSome(ids)}).`),
    ...(sensitivity && sensitivity.failure === null ? [`With the choice ${sensitivity.choice} instead the AUCs are: ${other.join('; ')} (missing_sensitivity.csv).`] : []),
    ...(sensitivity && sensitivity.failure !== null ? [`The choice ${sensitivity.choice} instead cannot be carried out: ${sensitivity.failure}`] : []),
  ]
} // prettier-ignore

/** Whether a result is too good to be true: it stands above all others. */
export function describeCopies({ outcome, rows }: Copies): string[] {
  const cohorts = [...new Set(rows.map(({ cohort }) => cohort))]
  return [
    ...describeOutcomeCopies(outcome),
    ...cohorts.map((cohort) => {
      const pairs = rows.filter((row) => row.cohort === cohort).map(({ judged, training }) => `${judged} = ${training}`)
      return `WARNING: ${countOf(pairs.length, 'patient')} of the cohort ${cohort} ${pairs.length === 1 ? 'has' : 'have'} the same value in every feature as ${pairs.length === 1 ? 'a training patient' : 'training patients'}: ${listSome(pairs)}. Is it the same patient under two IDs? Then what the models reach there is not validation.`
    }),
  ]
}

export function describeOutcomeCopies({ columns }: OutcomeCopies): string[] {
  return columns.length === 0
    ? []
    : [`WARNING: ${listSome(columns)} ${columns.length === 1 ? 'tells' : 'tell'} the training patients' outcome without a mistake: is it the outcome under another name, or known only after it? Then every figure below is worthless. Take ${columns.length === 1 ? 'it' : 'them'} out of the features.`]
} // prettier-ignore

/** Columns with a fault, dropped or not, and what stands in for missing values of training. */
export function describeScreening({ columns, imputation }: Screening): string[] {
  const { reported } = columns
  const kept = new Set(columns.kept)
  const faults: readonly ColumnFault[] = ['constant', 'near-constant', 'missing', 'infinite']
  return [
    ...faults.flatMap((fault) => {
      const names = reported.filter((column) => column.faults.includes(fault)).map(({ column }) => column)
      const what = fault === 'missing' ? 'With missing values' : `${fault[0].toUpperCase()}${fault.slice(1)}`
      return ([['left out', names.filter((name) => !kept.has(name))], ['kept', names.filter((name) => kept.has(name))]] as const).flatMap(([fate, some]) => (some.length > 0 ? [`${what} in training, ${fate}: ${listSome(some)}.`] : []))
    }),
    ...(imputation && imputation.missing.length > 0 ? [`Imputed by the ${imputation.method} of training in training: ${countMissing(imputation.missing)}.`] : []),
  ] // prettier-ignore
}

export function describeSteps({ steps }: Selection): string[] {
  return steps.flatMap((step) => {
    const { text, cautions } = describeStep(step)
    return [text, ...cautions]
  })
}

const keptOfNoise =
  'Recursive elimination always keeps a feature; here no number of features that it tried is surely better than a guess in the patients held out.'

function describeStep(step: StepRecord): { readonly text: string; readonly cautions: readonly string[] } {
  const kept = `${step.kept.length} kept`
  const only = (text: string) => ({ text, cautions: [] })
  switch (step.method) {
    case 'agreement': {
      const { form, on, threshold, learntFrom, undefinedColumns, patients, warnings } = step
      const who =
        patients === 'training' ? `${learntFrom.length} training patients` : `${learntFrom.length} patients (${patients})`
      return { text: `Agreement: ${kept} of ${step.columns.length}; ${form} = ${iccNames[form].shroutFleiss}, ${on} above ${threshold}, in ${who}; ${undefinedColumns} have no ICC.`, cautions: warnings } // prettier-ignore
    }
    case 'rankSum':
      return only(`Wilcoxon rank-sum test: ${kept} of ${step.columns.length} at P < ${step.alpha}${step.adjust === 'none' ? '' : ` (${step.adjust})`}; ${Number(step.expectedByChance.toFixed(1))} are expected below it by chance, ${step.keptAfterBh} are left after Benjamini and Hochberg's adjustment.`) // prettier-ignore
    case 'boruta': {
      const tentative = step.details.filter(({ decision }) => decision === 'tentative').length
      return { text: `${step.name}: ${kept} of ${step.details.length}, ${tentative} tentative.`, cautions: step.notes }
    }
    case 'annealing':
      return only(`${step.name[0].toUpperCase()}${step.name.slice(1)}: ${kept} of ${step.candidates.length}, those of iteration ${step.iteration}.`) // prettier-ignore
    case 'redundancy':
      return only(`Redundancy, |Spearman| above ${step.limit}: ${kept} of ${step.columns.length}.`)
    case 'lasso':
      return only(`LASSO, lambda ${step.rule}: ${kept} of ${step.columns.length}.`)
    case 'mrmr':
      return only(`mRMR, ${step.options.association}, ${step.options.scheme}: ${kept} of ${step.details.length}.`)
    case 'elimination':
      return {
        text: `Recursive elimination: ${kept} of ${step.candidates.length}.`,
        cautions: step.aboveChance === false ? [keptOfNoise] : [],
      }
  }
}

/** With the interval that `aucInterval` gives, of one row a patient or of several; none belongs to a model of the prevalence alone. */
export function describeAuc(estimate: AucEstimate, clustered: boolean): string {
  const { lower, upper, kind } = aucInterval(estimate, clustered)
  if (Number.isNaN(lower)) return `AUC ${digits(estimate.auc)} (interval not defined)`
  return `AUC ${digits(estimate.auc)} (${digits(lower)} to ${digits(upper)}, ${kind})`
}

function digits(value: number): string {
  return Number.isNaN(value) ? 'not defined' : value.toFixed(3)
}

function countMissing(missing: readonly MissingCount[]): string {
  const values = missing.reduce((sum, { count }) => sum + count, 0)
  return `${countOf(values, 'value')} of ${countOf(missing.length, 'feature')}`
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
