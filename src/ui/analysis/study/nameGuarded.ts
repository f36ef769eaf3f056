import type { GuardedStep } from '../../../core/analysis/leakGuard.ts'

const methods: Record<Extract<GuardedStep, { kind: 'selection' }>['method'], string> = {
  agreement: 'Agreement of the readers',
  rankSum: 'Wilcoxon',
  redundancy: 'Redundancy',
  boruta: 'Boruta',
  annealing: 'Annealing',
  lasso: 'LASSO',
  mrmr: 'mRMR',
  elimination: 'Recursive elimination',
}

/** A step that learnt from patients, as it is called. */
export function nameGuarded(step: GuardedStep): string {
  switch (step.kind) {
    case 'combat':
      return 'ComBat'
    case 'screening':
      return 'Columns that vary'
    case 'imputation':
      return 'Medians for missing values'
    case 'selection':
      return methods[step.method]
    case 'model':
      return step.name
    case 'cut-offs':
      return 'Cut-offs'
  }
}
