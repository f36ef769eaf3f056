import { listSome } from '../../core/table/listSome.ts'
import type { ResultsMessages } from '../../io/results/messages.ts'
import type { Sentences } from '../sentences.ts'

export const results: Sentences<ResultsMessages> = {
  'table1-leaves-out': ({ columns }) => `Table 1 leaves out, as they are free text or tell patients apart: ${listSome(columns)}.`,
  'table1-impossible': ({ reason }, say) => `There is no Table 1: ${say(reason)}`,
  'auc-variance-undefined': () => 'DeLong’s variance is 0 or not defined',
  'difference-undefined': () => 'The standard error of the difference is 0 or not defined.',
  'interval-kinds': ({ auc, accuracy, others }) =>
    `AUC: ${auc}; ${accuracy === null ? '' : `ACC: ${accuracy}; `}the others: ${others}`,
  'rows-share-patients': () => 'Patients have several rows: cutoffs.csv has their bootstrap intervals at the chosen cut-offs.',
  'shrunken-terms': () => 'Shrunken by the penalty: no standard error.',
  sentences: ({ parts }, say) => parts.map(say).join(' '),
  clauses: ({ parts }, say) => parts.map(say).join('; '),
}
