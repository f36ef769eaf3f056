import { formatP } from '../../core/numeric/formatP.ts'
import type { ReportMessages } from '../../core/report/messages.ts'
import { iccNames } from '../../core/select/iccForms.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

const faultNames = {
  constant: 'Constant',
  'near-constant': 'Near-constant',
  missing: 'With missing values',
  infinite: 'Infinite',
}

export const report: Sentences<ReportMessages> = {
  'cohorts-fixed': ({ hash }) => `Cohorts were fixed before anything was learnt (SHA-256 ${hash}).`,
  'not-harmonised': ({ ids }) => `Not harmonised, as their batches could not be: ${listSome(ids)}.`,
  'missing-values': ({ values, columns, choice }) =>
    `Missing: ${countOf(values, 'value')} of ${listSome(columns)} (missing.csv counts them by cohort); the protocol's choice: ${choice}.`,
  'missing-left-out': ({ cohort, ids }) =>
    `Left out of the cohort ${cohort}, as they lack values: ${countOf(ids.length, 'row')} (${listSome(ids)}).`,
  'missing-otherwise': ({ choice, aucs }) =>
    `With the choice ${choice} instead the AUCs are: ${aucs.map(({ cohort, model, auc }) => `${cohort}, ${model} ${digits(auc)}`).join('; ')} (missing_sensitivity.csv).`,
  'missing-otherwise-failed': ({ choice, reason }, say) => `The choice ${choice} instead cannot be carried out: ${say(reason)}`,
  'rows-copied': ({ cohort, pairs }) =>
    `WARNING: ${countOf(pairs.length, 'patient')} of the cohort ${cohort} ${pairs.length === 1 ? 'has' : 'have'} the same value in every feature as ${pairs.length === 1 ? 'a training patient' : 'training patients'}: ${listSome(pairs.map(({ judged, training }) => `${judged} = ${training}`))}. Is it the same patient under two IDs? Then what the models reach there is not validation.`,
  'rows-repeated': ({ twins }) =>
    `WARNING: ${countOf(twins.length, 'training patient')} ${twins.length === 1 ? 'has' : 'have'} the same value in every feature as another: ${listSome(twins.map(({ later, first }) => `${later} = ${first}`))}. Is it the same patient under two IDs? Then cross-validation judges her by models that learnt from her.`,
  'rows-copied-counted': ({ cohort, patients }) =>
    `WARNING: ${countOf(patients, 'patient')} of the cohort ${cohort} ${patients === 1 ? 'has' : 'have'} the same value in every feature as a training patient. Is it the same patient under two IDs? Then what the model reaches there is not validation.`,
  'rows-repeated-counted': ({ patients }) =>
    `WARNING: ${countOf(patients, 'training patient')} ${patients === 1 ? 'has' : 'have'} the same value in every feature as another. Is it the same patient under two IDs? Then cross-validation judges her by models that learnt from her.`,
  'outcome-copied': ({ columns }) =>
    `WARNING: ${listSome(columns)} ${columns.length === 1 ? 'tells' : 'tell'} the training patients' outcome without a mistake: is it the outcome under another name, or known only after it? Then every figure below is worthless. Take ${columns.length === 1 ? 'it' : 'them'} out of the features.`,
  'column-faults': ({ fault, kept, columns }) =>
    `${faultNames[fault]} in training, ${kept ? 'kept' : 'left out'}: ${listSome(columns)}.`,
  'imputed-in-training': ({ method, values, features }) =>
    `Imputed by the ${method} of training in training: ${countMissing(values, features)}.`,
  'imputed-in-cohort': ({ cohort, values, features }) =>
    `Imputed by the median of training in the cohort ${cohort}: ${countMissing(values, features)}.`,
  'step-agreement': ({ kept, columns, form, on, threshold, reread, patients, undefinedColumns, readings }) =>
    `Agreement${readings === 'one reader twice' ? ' of one reader twice' : ''}: ${kept} kept of ${columns}; ${form} = ${iccNames[form].shroutFleiss}, ${on} above ${threshold}, in ${patients === 'training' ? `${reread} training patients` : `${reread} patients (${patients})`}; ${undefinedColumns} have no ICC.`,
  'step-rank-sum': ({ kept, columns, alpha, adjust, expectedByChance, keptAfterBh }) =>
    `Wilcoxon rank-sum test: ${kept} kept of ${columns} at P < ${alpha}${adjust === 'none' ? '' : ` (${adjust})`}; ${Number(expectedByChance.toFixed(1))} are expected below it by chance, ${keptAfterBh} are left after Benjamini and Hochberg's adjustment.`,
  'step-boruta': ({ name, kept, columns, tentative }, say) => `${say(name)}: ${kept} kept of ${columns}, ${tentative} tentative.`,
  'step-annealing': ({ name, kept, columns, iteration }, say) =>
    `${capitalise(say(name))}: ${kept} kept of ${columns}, those of iteration ${iteration}.`,
  'step-redundancy': ({ kept, columns, limit }) => `Redundancy, |Spearman| above ${limit}: ${kept} kept of ${columns}.`,
  'step-lasso': ({ kept, columns, rule }) => `LASSO, lambda ${rule}: ${kept} kept of ${columns}.`,
  'step-mrmr': ({ kept, columns, association, scheme }) => `mRMR, ${association}, ${scheme}: ${kept} kept of ${columns}.`,
  'step-elimination': ({ kept, columns }) => `Recursive elimination: ${kept} kept of ${columns}.`,
  'elimination-of-noise': () =>
    'Recursive elimination always keeps a feature; here no number of features that it tried is surely better than a guess in the patients held out.',
  'features-left': ({ candidates, steps }) =>
    `Features: ${candidates} candidates; left after ${steps.map(({ method, kept }) => `${method} ${kept}`).join(', ') || 'no step'}.`,
  'model-note': ({ model, note }, say) => `${model}: ${say(note)}`,
  'likelihood-ratio': ({ small, large, added, chiSquare, df, p }) =>
    `Likelihood-ratio test, ${large} against ${small} (adds ${listSome(added)}): chi-square ${digits(chiSquare)}, df ${df}, P ${formatP(p) || 'not defined'}.`,
  'fold-failed': ({ repeat, fold, reason }, say) => `Fold ${fold} of repeat ${repeat} failed: ${say(reason)}`,
  'auc-within-folds': ({ model, meanAuc, folds }) =>
    `Nested cross-validation, ${model}: mean AUC within ${folds} folds ${digits(meanAuc)}.`,
  'sample-failed': ({ sample, reason }, say) => `Bootstrap sample ${sample} failed: ${say(reason)}`,
  optimism: ({ model, samples, apparent, corrected, outOfBag }) =>
    `Optimism by ${samples} bootstrap samples, ${model}: apparent AUC ${digits(apparent)}, corrected ${digits(corrected)}, out of bag ${digits(outOfBag)}.`,
  'cohort-warning': ({ cohort, warning }, say) => `${cohort}: ${say(warning)}`,
  'cohort-auc': ({ cohort, model, estimate }, say) => `${cohort}, ${model}: ${say(estimate)}`,
  auc: ({ auc, lower, upper, kind }) =>
    Number.isNaN(lower)
      ? `AUC ${digits(auc)} (interval not defined)`
      : `AUC ${digits(auc)} (${digits(lower)} to ${digits(upper)}, ${kind})`,
}

export function digits(value: number): string {
  // No -0.000.
  return Number.isNaN(value) ? 'not defined' : value.toFixed(3).replace(/^-(?=[0.]+$)/, '')
}

function countMissing(values: number, features: number): string {
  return `${countOf(values, 'value')} of ${countOf(features, 'feature')}`
}

export function countOf(count: number, what: string, several = `${what}s`): string {
  return `${count} ${count === 1 ? what : several}`
}

function capitalise(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`
}
