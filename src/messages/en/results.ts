import type { CutoffRule } from '../../core/evaluate/cutoffs.ts'
import type { ScoresFrom } from '../../core/evaluate/scoresFrom.ts'
import { listSome } from './listSome.ts'
import type { FlowLine, ResultsMessages } from '../../io/results/messages.ts'
import type { Sentences } from '../sentences.ts'

const sources: Readonly<Record<ScoresFrom, string>> = {
  apparent: 'resubstitution',
  'out-of-bag': 'out-of-bag after selection',
  'out-of-fold': 'out-of-fold',
  new: 'new patients',
}

const otherWays: Readonly<Record<ResultsMessages['worth-more']['than'], string>> = {
  aboveAllAndNone: 'treat all and treat none',
  aboveOthers: 'every other model',
  aboveAllOfThem: 'every other model, treat all and treat none',
}

const importances = { permutation: 'loss of out-of-bag accuracy when permuted', gini: 'mean decrease of Gini impurity' }

const patientsOf = (count: number) => `${count} ${count === 1 ? 'patient' : 'patients'}`
const rowsOf = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`

const flowLines: Readonly<Record<FlowLine, (count: number, positives: number) => string>> = {
  found: (count) => `${patientsOf(count)} found`,
  rows: rowsOf,
  measured: (count) => `${patientsOf(count)} measured`,
  'without ID': (count) => `${rowsOf(count)} left out:\nno ID`,
  included: (count) => `${patientsOf(count)} included`,
  'left out': (count) => `${patientsOf(count)} left out:`,
  'with outcome': (count) => `${patientsOf(count)} with an outcome`,
  'without outcome': (count) => `${patientsOf(count)}\nharmonised only: no outcome`,
  cohort: (count, positives) => `${patientsOf(count)}, ${positives} positive`,
  incomplete: (count) => `${count} left out: a value is missing`,
  learns: () => 'learnt from',
  judged: () => 'judged',
}

export const results: Sentences<ResultsMessages> = {
  'scores-from': ({ scoresFrom }) => (scoresFrom === null ? 'as given' : sources[scoresFrom]),
  'cutoff-rule': ({ rule }) => nameRule(rule),
  'chosen-cutoff': ({ source, rule }) => `${source}, ${nameRule(rule)}`,
  'worth-more': ({ than }) => otherWays[than],
  'at-no-threshold': () => 'at no threshold',
  'flow-line': ({ of, count, positives }) => flowLines[of](count, positives),
  'importance-measure': ({ measure }) => importances[measure],
  'table1-leaves-out': ({ columns }) => `Table 1 leaves out, as they are free text or tell patients apart: ${listSome(columns)}.`,
  'table1-impossible': ({ reason }, say) => `There is no Table 1: ${say(reason)}`,
  'auc-variance-undefined': () => 'DeLong’s variance is 0 or not defined',
  'difference-undefined': () => 'The standard error of the difference is 0 or not defined.',
  'interval-kinds': ({ auc, accuracy, others, exact }) =>
    `AUC: ${auc}; ${accuracy === null ? '' : `ACC: ${accuracy}; `}the others: ${others}${exact.length === 0 ? '' : `, but ${exact.join(', ')}, which did not vary: Clopper-Pearson`}`,
  'rows-share-patients': () => 'Patients have several rows: cutoffs.csv has their bootstrap intervals at the chosen cut-offs.',
  'shrunken-terms': () => 'Shrunken by the penalty: no standard error.',
  sentences: ({ parts }, say) => parts.map(say).join(' '),
  clauses: ({ parts }, say) => parts.map(say).join('; '),
}

export function nameRule(rule: CutoffRule): string {
  switch (rule.kind) {
    case 'youden':
      return 'Youden'
    case 'cost':
      return `cost ${rule.costOfMiss} at prevalence ${rule.prevalence}`
    default:
      return `${rule.kind} >= ${rule.atLeast}`
  }
}
