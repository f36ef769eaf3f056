import { listSome } from './listSome.ts'
import type { Learner, LearnMessages } from '../../core/learn/messages.ts'
import type { Sentences } from '../sentences.ts'

const learners: Readonly<Record<Learner, string>> = {
  logistic: 'Logistic regression',
  'penalised logistic': 'Penalised logistic regression',
  svm: 'A support vector machine',
  elimination: 'Recursive elimination',
  mrmr: 'mRMR',
  annealing: 'Simulated annealing',
}

export const learn: Sentences<LearnMessages> = {
  'step-tuning': () => 'Tuning',
  'one-class': ({ learner, patients, outcome }) =>
    `${learners[learner]} needs patients of both classes; the ${patients} training patients all have outcome ${outcome}.`,
  'class-weights-of-two': ({ weights }) =>
    `Class weights are two positive numbers, or "balanced"; ${weights.join(', ')} were given.`,
  'forest-no-column': () => 'A forest needs at least one column; none was given.',
  'forest-fraction': ({ given }) => `sampling.fraction is above 0 and at most 1; ${given} was given.`,
  'forest-class-weights': ({ weights }) => `Class weights are above 0 and finite; ${weights.join(' and ')} were given.`,
  'forest-one-class': ({ positives, rows }) =>
    `A forest tells two classes apart; ${positives} of the ${rows} training rows have outcome 1. Check the outcome column.`,
  'forest-count': ({ name, most, given }) =>
    `${name} is a whole number from 1 to ${most}${name === 'mtry' ? ' (the number of columns)' : ''}; ${given} was given.`,
  'forest-value': ({ column, id, found }) =>
    `${column} of ${id} is ${found}: a forest cannot use it. Impute it or drop the column.`,
  'lasso-alpha': ({ given }) => `alpha is from 0 (ridge) to 1 (LASSO); ${given} was given.`,
  'lasso-lambda': ({ given }) => `lambda is 0 or greater, "minimum" or "one SE"; ${given} was given.`,
  'lasso-folds': ({ given, rows }) => `Each training patient has a fold; ${given} were given for ${rows}.`,
  'logistic-columns': ({ columns, rows }) =>
    `Logistic regression of ${columns} columns needs more than ${columns + 1} patients; there are ${rows}. Use the ridge or LASSO penalty, or select fewer columns.`,
  'firth-columns': ({ columns }) =>
    `Firth's method needs columns that do not determine each other; drop constant and repeated ones among ${columns.slice(0, 10).join(', ')}.`,
  'forest-rows': ({ rows }) => `A forest takes at most 65535 rows; ${rows} were given.`,
  'forest-lengths': ({ rows, columns, values, outcomes }) =>
    `${rows} rows and ${columns} columns need ${rows * columns} values and ${rows} outcomes; ${values} and ${outcomes} were given.`,
  'forest-finite': ({ row, column, found }) => `A forest takes finite values; row ${row} of column ${column} is ${found}.`,
  'forest-bags': ({ patients, most }) =>
    `A forest takes bags of at most 65535 rows; ${patients} patients of up to ${most} rows could make more.`,
  'svm-no-column': () => 'A support vector machine needs at least one column; none was given.',
  'svm-cost': ({ given }) => `cost is greater than 0; ${given} was given.`,
  'svm-gamma': ({ given }) => `gamma is greater than 0; ${given} was given.`,
  'svm-folds': ({ given }) => `folds is a whole number from 2; ${given} was given.`,
  'tuning-no-candidate': () => 'Tuning needs at least one candidate; none was given.',
  'tuning-deviance': () => 'Deviance takes probabilities, and the scores are none: tune by AUC.',
  'not-finite': ({ learner, wrong }) =>
    `${learners[learner]} takes finite values: ${listSome(
      wrong.map(({ column, id, is }) => `${column} of ${id} is ${is}`),
      '; ',
    )}. Drop the columns or the patients, or impute first.`,
  'no-feature-left': () => 'No feature is left: every patient gets the prevalence of the training patients, and the AUC is 0.5.',
  'selected-not-corrected': () => 'P, standard errors and odds ratios are not corrected for selection.',
  'classes-separated': ({ columns }) =>
    `The classes are separated by ${listSome(columns)}: coefficients have no finite estimate and their tests mean nothing. Use Firth's method.`,
  'columns-determined': ({ columns }) => `Determined by the other columns, and so without a coefficient: ${columns.join(', ')}.`,
  'class-weights-shift': () =>
    'Class weights move the probabilities: recalibrate before reading them as risks. Standard errors take the weights as counts.',
  'svm-lone-patient': () => 'A class has one patient: there are no probabilities, the score is the decision value.',
  'svm-no-rise': () =>
    'Out-of-fold decision values do not rise with the outcome: there are no probabilities, the score is the decision value.',
}
