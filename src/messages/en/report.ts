import type { CombatMode } from '../../core/harmonise/combatRecord.ts'
import { formatP } from '../../core/numeric/formatP.ts'
import type { NotDone, Question, ReportMessages, ReportPart } from '../../core/report/messages.ts'
import { iccNames } from '../../core/select/iccForms.ts'
import { listSome } from '../listSome.ts'
import type { Sentences } from '../sentences.ts'
import { nameRule } from './results.ts'

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
  'cohort-counted': ({ cohort, learns, rows, patients, positives }) =>
    `The ${learns ? 'models learnt from the' : 'models were judged in the'} cohort ${cohort}: ${rows > patients ? `${countOf(rows, 'row')} of ${countOf(patients, 'patient')}` : countOf(rows, 'patient')}, of ${rows > patients ? 'the rows' : 'whom'} ${positives} ${positives === 1 ? 'is' : 'are'} positive and ${rows - positives} negative.`,
  'cohort-unusable': ({ cohort, reason }, say) => `No figures of the cohort ${cohort}: ${say(reason)}`,
  'rows-split': ({ learning, judged }) =>
    judged.length === 0
      ? `All ${countOf(learning, 'row')} with an outcome learnt; there is no other cohort.`
      : `${countOf(learning, 'row')} learnt. The outcomes of ${judged.map(({ cohort, rows }) => `${cohort} (${countOf(rows, 'row')})`).join(', ')} entered no step before the evaluation.`,
  'features-read': ({ file, sha256 }) =>
    `Features were read from the table ${file} (SHA-256 ${sha256}); this run did not extract them.`,
  candidates: ({ candidates }) => `${countOf(candidates, 'feature')} ${candidates === 1 ? 'was' : 'were'} left to choose from.`,
  'combat-fitted': ({ mode, prior, meanOnly, batches, joined, columns, learntFrom, covariates }) =>
    `${countOf(columns, 'feature')} ${columns === 1 ? 'was' : 'were'} harmonised between ${countOf(batches, 'batch', 'batches')} by ComBat (${prior} prior${meanOnly ? ', means only' : ''}${covariates.length === 0 ? '' : `, covariates ${listSome(covariates)}`}), which learnt from ${countOf(learntFrom, 'row')}${combatModes[mode](joined)}.`,
  'combat-warning': ({ warning }, say) => `Harmonisation: ${say(warning)}`,
  'model-logistic': ({ model, columns, learntFrom, method, standardised }) =>
    `${model}: logistic regression by ${method === 'firth' ? 'Firth’s penalised likelihood' : 'maximum likelihood'} ${learntOf(columns, learntFrom)}${standardised ? ', standardised by their training mean and SD' : ''}.`,
  'model-penalised': ({ model, columns, learntFrom, alpha, lambda, folds }) =>
    `${model}: logistic regression with ${alpha === 1 ? 'the LASSO penalty' : alpha === 0 ? 'the ridge penalty' : `an elastic net penalty (alpha ${alpha})`}, lambda ${significant(lambda)}${folds === null ? '' : ` by cross-validation in ${countOf(folds, 'fold')}`}, ${learntOf(columns, learntFrom)}.`,
  'model-forest': ({ model, columns, learntFrom, engine, trees, mtry, minimumNodeSize }) =>
    `${model}: random forest${engine === 'wasm' ? '' : ` (${engine})`} of ${countOf(trees, 'tree')}, ${mtry === null ? 'the root of the number of columns' : countOf(mtry, 'column')} tried ${engine === 'wasm' ? 'at each node' : 'in each tree'}${minimumNodeSize === null ? '' : `, nodes of at least ${minimumNodeSize}`}, ${learntOf(columns, learntFrom)}.`,
  'model-svm': ({ model, columns, learntFrom, kernel, cost, standardised, plattFolds }) =>
    `${model}: support vector machine (${kernel.name === 'linear' ? 'linear kernel' : `radial kernel, gamma ${significant(kernel.gamma)}`}, C ${cost}) ${learntOf(columns, learntFrom)}${standardised ? ', standardised by their training mean and SD' : ''}; ${plattFolds === null ? 'its score is the decision value, no probability' : `probabilities by Platt’s scaling on ${countOf(plattFolds, 'fold')}`}.`,
  'model-of-prevalence': ({ model, learntFrom, prevalence }) =>
    `${model}: no feature was left to it; it gives everybody the share of positives among the ${countOf(learntFrom, 'training row')}, ${digits(prevalence)}.`,
  'model-clinical': ({ model, terms }) =>
    `${model} also looks at ${terms.map(({ column, reference }) => (reference === null ? column : `${column} (against ${reference})`)).join(', ')} of the clinical table.`,
  'model-weighted': ({ model, weights }) =>
    `${model}: ${weights === 'balanced' ? 'the classes weigh the same, whatever their size' : `a negative row weighs ${significant(weights[0])}, a positive one ${significant(weights[1])}`}.`,
  'folds-followed': ({ folds, failed }) =>
    `Nested cross-validation: harmonisation, selection and training were repeated in ${countOf(folds, 'fold')} of the training cohort${failed === 0 ? '' : `; ${failed} more failed`}.`,
  'evaluation-settings': ({ level, aucResamples, resamples, rules }) =>
    `Intervals are of ${percent(level)} %, bootstrapped ones from ${countOf(aucResamples, 'resample')} (AUC) and ${resamples} (all else). Cut-offs: ${rules.map(nameRule).join('; ')}, chosen in training and carried to the other cohorts.`,
  'prevalence-set': ({ prevalence }) =>
    `Net benefit and predictive values at a prevalence are for a share of positives of ${prevalence}, set by hand.`,
  'cohort-calibration': ({ cohort, model, slope, inTheLarge, note }, say) =>
    `${cohort}, ${model}: calibration slope ${withInterval(slope)}, calibration in the large ${withInterval(inTheLarge)}.${note === null ? '' : ` ${say(note)}`}`,
  'cohort-judged': ({ cohort, looks, protocolChanges, at, protocolSha256 }) =>
    `The cohort ${cohort} has been judged ${looks === 1 ? 'once' : `${looks} times`}, first at ${at} by the protocol ${protocolSha256}; ${protocolChanges === 0 ? 'the protocol has not changed since' : `the protocol changed ${protocolChanges === 1 ? 'once' : `${protocolChanges} times`} between the looks`}.`,
  'written-by': ({ texel, at }) => `Written by Texel ${texel} at ${at}.`,
  'run-input': ({ role, file, bytes, sha256 }) => `Input, ${role}: ${file}, ${countOf(bytes, 'byte')}, SHA-256 ${sha256}.`,
  'protocol-hash': ({ sha256 }) => `Protocol (protocol.yaml): SHA-256 ${sha256}.`,
  'run-seeds': ({ seeds }) =>
    `Seeds of the random numbers: ${Object.entries(seeds)
      .map(([name, seed]) => `${name} ${seed}`)
      .join(', ')}.`,
  'run-again': ({ features, clinical }) =>
    `The same digits come of: texel analyse --protocol protocol.yaml --features ${quote(features)} --clinical ${quote(clinical)} --output again`,
  'not-done': ({ what }) => notDone[what],
  question: ({ of }) => questions[of],
  heading: ({ of }) => headings[of],
  'nothing-to-ask': () => 'No warning was raised. That is no proof that there is nothing to ask.',
  'everything-done': () => 'Nothing of what is looked for here was left out.',
  'how-to-read': () =>
    'Every sentence below was made from a record of this run; the files that hold the records stand below each part in small print. What no record holds is not claimed.',
}

const combatModes: Readonly<Record<CombatMode, (joined: number) => string>> = {
  'all patients, labels unseen': () =>
    ' of all cohorts: the validation cohorts were harmonised with validation values, labels unseen',
  'training only': () => ' of training alone',
  reference: (joined) =>
    ` of training alone, then kept as a reference, which ${joined === 0 ? 'no other batch' : countOf(joined, 'batch', 'batches')} joined without changing it`,
}

const notDone: Readonly<Record<NotDone, string>> = {
  validation: 'Validation: no other cohort was judged. How the models do in new patients is not known.',
  'fixed cohorts': 'Fixed cohorts: no record says that the cohorts were fixed before anything was learnt.',
  harmonisation: 'Harmonisation: features were taken as measured, whichever scanner they come from.',
  agreement: 'Agreement of readers: features were not tested for depending on who drew.',
  resampling: 'Nested cross-validation: what training scores are worth was not tested in folds.',
  optimism: 'Bootstrap optimism: the apparent AUC was not corrected for optimism by resampling.',
  calibration: 'Calibration: whether probabilities can be believed was not assessed.',
  'decision curves': 'Decision curves: whether deciding by a model is of use was not assessed.',
  'run record': 'Record of the run: from which files and with which version is not known.',
}

const questions: Readonly<Record<Question, string>> = {
  recruitment: 'How and when were the patients recruited, and who was excluded?',
  ethics: 'Which committee approved the study, and how was consent given?',
  'reference standard': 'How, when and by whom was the outcome established?',
  imaging: 'With which scanners and protocols were the images made?',
  segmentation: 'Who drew the regions, with which experience, and blinded to what?',
  extraction: 'With which software, version and settings were the features extracted?',
}

const headings: Readonly<Record<ReportPart, string>> = {
  data: 'Patients',
  features: 'Features',
  harmonisation: 'Harmonisation',
  selection: 'Selection',
  models: 'Models',
  resampling: 'Resampling',
  evaluation: 'Evaluation',
  results: 'Performance',
  looks: 'Looks at validation',
  reproducibility: 'Reproducibility',
  'table 1': 'Table 1. Patients',
  'table 2': 'Table 2. Performance',
  'table 3': 'Table 3. Differences between models',
  'not done': 'Not done',
  reviewer: 'A reviewer will ask',
  questions: 'For a person to answer',
}

function learntOf(columns: number, learntFrom: number): string {
  return `on ${countOf(columns, 'column')}, learnt from ${countOf(learntFrom, 'row')}`
}

function withInterval({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }): string {
  return Number.isNaN(lower) ? digits(estimate) : `${digits(estimate)} (${digits(lower)} to ${digits(upper)})`
}

/** For a command line. */
function quote(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `"${file}"`
}

/** A setting to four significant digits, without zeros behind. */
function significant(value: number): number {
  return Number(value.toPrecision(4))
}

function percent(share: number): number {
  return Number((100 * share).toPrecision(12))
}

function digits(value: number): string {
  return Number.isNaN(value) ? 'not defined' : value.toFixed(3)
}

function countMissing(values: number, features: number): string {
  return `${countOf(values, 'value')} of ${countOf(features, 'feature')}`
}

function countOf(count: number, what: string, several = `${what}s`): string {
  return `${count} ${count === 1 ? what : several}`
}

function capitalise(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`
}
