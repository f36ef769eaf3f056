import type { AnalysisMessages } from '../../core/analysis/messages.ts'
import { listSome } from '../listSome.ts'
import type { Sentences } from '../sentences.ts'

const selectionSteps = {
  agreement: 'Agreement of the readers',
  rankSum: 'Wilcoxon rank-sum test',
  redundancy: 'Redundancy',
  boruta: 'Boruta',
  annealing: 'Simulated annealing',
  lasso: 'LASSO',
  mrmr: 'mRMR',
  elimination: 'Recursive elimination',
}

export const analysis: Sentences<AnalysisMessages> = {
  'step-harmonising': () => 'Harmonising',
  'step-selecting': ({ method, columns }) => `${selectionSteps[method]}: ${columns} features`,
  'step-training': ({ model }) => `Training ${model}`,
  'step-folds': () => 'Nested cross-validation',
  'step-bootstraps': () => 'Bootstrap optimism',
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
  'patients-in-cohorts': ({ patients }) => {
    const some = patients.slice(0, 5).map(({ patient, cohorts }) => `${patient} (${cohorts.join(', ')})`)
    return `${patients.length === 1 ? 'A patient is' : `${patients.length} patients are`} in more than one cohort: ${some.join('; ')}${patients.length > 5 ? ' ...' : ''}. All rows of a patient belong to one cohort.`
  },
  'nobody-read-twice': () =>
    'The protocol asks for the agreement of two readers, but nobody was read twice. Add the second reader’s features (column reader), or take the step agreement out.',
  'no-candidates': ({ model, features }) =>
    `The model ${model} names features that are not there, or were left out as nothing can be learnt from them: ${listSome(features)}.`,
}
