import type { NumericMessages } from '../../core/numeric/messages.ts'
import type { Sentences } from '../sentences.ts'

export const numeric: Sentences<NumericMessages> = {
  'eigenvalue-unsettled': ({ size }) => `An eigenvalue of a ${size} x ${size} matrix did not settle.`,
  'quantile-probability': ({ given }) => `A quantile's probability lies between 0 and 1; ${given} was given.`,
  'quantile-of-missing': () => 'A quantile of missing values was asked for: leave them out first.',
  'root-not-between': ({ lower, upper, atLower, atUpper }) =>
    `A root needs values of opposite sign at ${lower} and ${upper}; they are ${atLower} and ${atUpper}.`,
  'scores-and-outcomes': ({ scores, outcomes }) =>
    `Each score needs an outcome: ${scores} scores and ${outcomes} outcomes were given.`,
  'score-missing': ({ row, rows }) => `Score ${row} of ${rows} is missing: leave its patient out.`,
  seed: ({ given }) => `A seed is a whole number from 0 to 9007199254740991; ${given} was given.`,
}
