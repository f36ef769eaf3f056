import type { ModelStep, SelectionStep } from '../../../core/protocol/protocol.ts'

/** A setting as it is edited; what it may be is checked by the protocol's own rules. */
export type StepField =
  | { readonly key: string; readonly label: string; readonly kind: 'number'; readonly min: number; readonly max?: number; readonly by: number; readonly mayBeEmpty?: string } // prettier-ignore
  | {
      readonly key: string
      readonly label: string
      readonly kind: 'choice'
      readonly options: readonly string[]
      readonly whenAbsent?: string
    }
  | { readonly key: string; readonly label: string; readonly kind: 'switch' }

const whole = (key: string, label: string, min: number, by = 1): StepField => ({ key, label, kind: 'number', min, by })
const choice = (key: string, label: string, options: readonly string[]): StepField => ({ key, label, kind: 'choice', options })
const share = (key: string, label: string): StepField => ({ key, label, kind: 'number', min: 0.001, max: 0.999, by: 0.01 })
const toggle = (key: string, label: string): StepField => ({ key, label, kind: 'switch' })

const trees = whole('trees', 'Trees', 1, 100)
const folds = (min: number) => whole('folds', 'Folds', min)
const weights = choice('classWeights', 'Class weights', ['none', 'balanced'])

export const methodNames: Readonly<Record<SelectionStep['method'] | ModelStep['method'], string>> = {
  agreement: 'Agreement of the readers',
  rankSum: 'Wilcoxon rank-sum test',
  redundancy: 'Redundancy',
  boruta: 'Boruta',
  annealing: 'Simulated annealing',
  lasso: 'LASSO',
  mrmr: 'mRMR',
  elimination: 'Recursive elimination',
  logistic: 'Logistic regression',
  forest: 'Random forest',
  svm: 'Support vector machine',
}

export const selectionFields: Readonly<Record<SelectionStep['method'], readonly StepField[]>> = {
  agreement: [
    choice('form', 'Form of the ICC', ['ICC1', 'ICC2', 'ICC3', 'ICC1k', 'ICC2k', 'ICC3k']),
    { key: 'threshold', label: 'Above', kind: 'number', min: -1, max: 1, by: 0.05 },
    choice('on', 'Judged by', ['estimate', 'lower bound']),
    {
      key: 'readings',
      label: 'Readings of',
      kind: 'choice',
      options: ['two readers', 'one reader twice'],
      whenAbsent: 'two readers',
    },
  ],
  rankSum: [share('alpha', 'P below'), choice('adjust', 'P adjusted by', ['none', 'BH', 'bonferroni', 'holm'])],
  redundancy: [share('limit', '|ρ| above')],
  boruta: [
    choice('variant', 'Variant', ['Boruta', 'BorutaPy']),
    trees,
    whole('maximumRuns', 'Runs at most', 11),
    toggle('roughFix', 'Rough fix of tentative ones'),
  ],
  annealing: [
    choice('metric', 'Measure', ['AUC', 'Accuracy']),
    folds(2),
    whole('iterations', 'Iterations', 1),
    whole('improve', 'Back to the best after', 1),
    trees,
    { key: 'maximumSize', label: 'Features at most', kind: 'number', min: 1, by: 1, mayBeEmpty: 'any' },
  ],
  lasso: [folds(3), choice('lambda', 'λ', ['minimum', 'one SE'])],
  mrmr: [whole('keep', 'Features kept', 1)],
  elimination: [folds(2), trees],
}

export const modelFields: Readonly<Record<ModelStep['method'], readonly StepField[]>> = {
  logistic: [choice('penalty', 'Penalty', ['none', 'ridge', 'lasso', 'firth']), weights],
  forest: [
    trees,
    { key: 'mtry', label: 'Columns tried at a node', kind: 'number', min: 1, by: 1, mayBeEmpty: '√p' },
    whole('minimumNodeSize', 'Least cases in a node', 1),
    weights,
    toggle('tune', 'Tune by cross-validation'),
  ],
  svm: [
    choice('kernel', 'Kernel', ['radial', 'linear']),
    { key: 'cost', label: 'Cost C', kind: 'number', min: 0.001, by: 1 },
    { key: 'gamma', label: 'γ', kind: 'number', min: 0.0001, by: 0.01, mayBeEmpty: '1/p' },
    weights,
    toggle('tune', 'Tune by cross-validation'),
  ],
}
