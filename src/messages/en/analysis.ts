import type { AnalysisMessages } from '../../core/analysis/messages.ts'
import type { SelectionStep } from '../../core/protocol/protocol.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

/** While they run. */
const selectionSteps: Readonly<Record<SelectionStep['method'], string>> = {
  agreement: 'Agreement of the readers',
  rankSum: 'Wilcoxon rank-sum test',
  redundancy: 'Redundancy',
  boruta: 'Boruta',
  annealing: 'Simulated annealing',
  lasso: 'LASSO',
  mrmr: 'mRMR',
  elimination: 'Recursive elimination',
}

/** At the beginning of a sentence. */
const stepNames: typeof selectionSteps = {
  ...selectionSteps,
  rankSum: 'The Wilcoxon test',
  redundancy: 'The redundancy filter',
  lasso: 'The LASSO',
}

export const analysis: Sentences<AnalysisMessages> = {
  'step-harmonising': () => 'Harmonising',
  'step-selecting': ({ method, columns }) => `${selectionSteps[method]}: ${columns} features`,
  'step-training': ({ model }) => `Training ${model}`,
  'step-folds': () => 'Nested cross-validation',
  'step-bootstraps': () => 'Bootstrap optimism',
  'step-piece': () => 'Folds and bootstrap samples',
  'step-otherwise': ({ choice, step }, say) => `With ${choice}: ${say(step)}`,
  'no-greatest-likelihood': ({ model }) =>
    `${model} has no greatest likelihood: the classes are separated, or the fit did not converge.`,
  'columns-add-nothing': () => 'The columns added are determined by the others.',
  'not-corrected-for-selection': () =>
    'Not corrected for selection: features were chosen by looking at the outcome of these patients.',
  'rows-independent': () => 'Rows of a patient are taken for independent.',
  'no-clinical-column': ({ column }) => `There is no clinical column ${column}.`,
  'nothing-stands-in': ({ column }) =>
    `No training patient has a value of ${column}: nothing can stand in for it. Take it out of the models.`,
  'predictor-missing': ({ column, cohort, ids }) =>
    `${column}, which a model uses, is missing in the cohort ${cohort} for ${listSome(ids)}. Complete it, or say in the protocol what to do (missing: complete cases, or median of training).`,
  'level-not-learnt': ({ column, level, ids }) =>
    `${column}: no training patient has the level ${level}, but ${ids.length} who ${ids.length === 1 ? 'is' : 'are'} judged: ${listSome(ids)}. Join levels, or leave the predictor or these patients out.`,
  'nobody-complete': ({ worst }) =>
    `No training patient has a value of everything. Most is missing of ${listSome(worst.map(({ column, missing, rows }) => `${column} (${missing} of ${rows})`))}. Take such columns out, or let the protocol take the median of training.`,
  'features-missing': ({ features }) =>
    `${features.length === 1 ? 'A feature has' : `${features.length} features have`} missing values among the training patients: ${features
      .slice(0, 5)
      .map(({ column, missing }) => `${column} (${missing})`)
      .join(
        ', ',
      )}. Complete them, or say in the protocol what to do (missing: complete cases, median of training, or drop feature).`,
  'not-judgeable': ({ column, fault, cohort, ids }) =>
    `${column}, which the models use, is ${fault} in the cohort ${cohort} for ${listSome(ids)}. Complete it, leave the patients out${fault === 'missing' ? ', or let the protocol take the median of training' : ''}.`,
  'no-training-cohort': ({ training, cohorts }) =>
    `There is no cohort ${training} to learn from; the cohorts are ${cohorts.join(', ')}.`,
  'training-one-class': ({ training, positives, negatives }) =>
    `The training cohort ${training} has ${positives} positive and ${negatives} negative patients; both are needed.`,
  'few-for-folds': ({ training, column, positive, positives, negatives, folds }) =>
    `The cohort ${training} has ${positives} ${positives === 1 ? 'patient' : 'patients'} with ${column} = ${positive} (positive) and ${negatives} without (negative); ${folds} folds need at least ${folds} of each. Set fewer folds in the protocol, or take other cohorts or another outcome.`,
  'patients-in-cohorts': ({ patients }) => {
    const some = patients.slice(0, 5).map(({ patient, cohorts }) => `${patient} (${cohorts.join(', ')})`)
    return `${patients.length === 1 ? 'A patient is' : `${patients.length} patients are`} in more than one cohort: ${some.join('; ')}${patients.length > 5 ? ' ...' : ''}. All rows of a patient belong to one cohort.`
  },
  'nobody-read-twice': () =>
    'The protocol asks for the agreement of two readers, but nobody was read twice. Add the second reader’s features (column reader), or take the step agreement out.',
  'no-candidates': ({ model, features }) =>
    `The model ${model} names features that are not there, or were left out as nothing can be learnt from them: ${listSome(features)}.`,
  'constant-features': ({ features }) =>
    `${features.length === 1 ? 'One feature is' : `${features.length} features are`} the same in all training patients, so nothing can be learnt of ${features.length === 1 ? 'it' : 'them'}: ${listSome(features)}. ${features.length === 1 ? 'It is' : 'They are'} left out.`,
  'many-candidates': ({ candidates, patients }) =>
    `${candidates} candidates for ${patients} training patients: more than ten a patient. What is found may be chance; only other patients can tell.`,
  chance: ({ kept, expected, afterBh }) =>
    `The Wilcoxon test kept ${kept}; ${expected.toFixed(0)} are expected by chance, and ${afterBh === 0 ? 'none is' : `${afterBh} are`} left after Benjamini and Hochberg's adjustment.`,
  'prefiltered-boruta': () =>
    'Filtered before Boruta: a step before it looked at the same outcome, the shadows did not pass it. Too many are confirmed by chance.',
  unstable: ({ folds }) =>
    `Other patients choose otherwise: no feature that was kept, nor one that stands in for it, was kept in half of the ${folds} folds.`,
  'nothing-kept': ({ method }) =>
    `${stepNames[method]} left no feature: models of selected features know the prevalence alone, AUC 0.5.`,
  'nothing-kept-in-folds': ({ empty, folds }) =>
    `In ${empty} of ${folds} folds no feature was left; ${empty === 1 ? 'it counts' : 'they count'} with an AUC of 0.5.`,
  twins: ({ pairs, columns: [first, second], rho }) =>
    `${pairs === 1 ? 'Two kept features say' : `${pairs} pairs of kept features say`} nearly the same: ${first} and ${second} have a rank correlation of ${rho.toFixed(2)}.`,
  'few-events': ({ model, events, columns, candidates }) =>
    `${model}: ${events} patients of the rarer class for ${columns === 1 ? 'one column' : `${columns} columns`}, ${(events / columns).toFixed(1)} each; 10 are the usual least.${candidates === null ? '' : ` Selection among ${candidates} candidates spends more of them.`}`,
  separation: ({ model, columns }) =>
    `${model}: the classes are separated by ${listSome(columns)}; its coefficients have no finite estimate.`,
  optimism: ({ model, apparent, from, outOfFold }) =>
    `${model} looks better than it is: ${from === 'apparent' ? 'apparent' : 'out-of-bag'} AUC ${apparent.toFixed(3)}${outOfFold === null ? '' : `, out of fold ${outOfFold.toFixed(3)}`}.`,
  degenerate: ({ cohort, model, auc }) =>
    `${model} in ${cohort}: DeLong's variance is 0 or undefined at an AUC of ${auc.toFixed(3)}; Newcombe's interval stands instead.`,
  'not-validated': ({ cohort, model }) => `${model} in ${cohort}: its cut-off was chosen on the patients that it is judged by.`,
  'below-none': ({ cohort, model, threshold, benefit, without }) =>
    `${model} in ${cohort}: at the cut-off ${threshold.toFixed(3)} the net benefit is ${benefit.toFixed(3)}, less than the ${without.toFixed(3)} of treating all or nobody.`,
  miscalibrated: ({ cohort, model, slope, inTheLarge }) =>
    `${model} in ${cohort} is miscalibrated: slope ${slope.toFixed(2)} (1 is ideal), calibration in the large ${inTheLarge.toFixed(2)} (0 is ideal).`,
  'not-harmonised': ({ ids }) =>
    `${ids.length === 1 ? 'One patient is' : `${ids.length} patients are`} predicted as measured, not harmonised: ${listSome(ids)}.`,
}
