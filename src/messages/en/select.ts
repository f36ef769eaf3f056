import type { SelectMessages } from '../../core/select/messages.ts'
import type { Sentences } from '../sentences.ts'

/** Its name, the importance that it measures, and how P is compared. */
const borutaVariants = {
  Boruta: ['Boruta (R)', 'permutation importance over its standard error', '<'],
  BorutaPy: ['BorutaPy', 'Gini importance', '<='],
} as const

export const select: Sentences<SelectMessages> = {
  'step-boruta': ({ run, confirmed, rejected, open }) =>
    `Boruta, run ${run}: ${confirmed} confirmed, ${rejected} rejected, ${open} open`,
  'step-annealing': () => 'simulated annealing',
  'step-elimination': () => 'recursive elimination',
  'agreement-one-reader': () => 'Agreement needs the table of at least one further reader.',
  'agreement-few-patients': ({ least, of, patients }) =>
    `Agreement needs at least ${least} ${of === 'training' ? 'training ' : ''}patients read by every reader; there ${patients === 1 ? 'is' : 'are'} ${patients}.`,
  'annealing-count': ({ name, given }) => `${name} of simulated annealing is a whole number of at least 1; ${given} was given.`,
  'boruta-runs': ({ given }) => `maximumRuns is a whole number above 10; ${given} was given.`,
  'boruta-significance': ({ given }) => `significance lies between 0 and 1; ${given} was given.`,
  'elimination-size': ({ given }) => `A size of recursive elimination is a whole number of at least 1; ${given} was given.`,
  'icc-size': ({ readers, patients }) =>
    `Agreement needs at least two readers and two patients; there are ${readers} and ${patients}.`,
  'icc-lengths': ({ patients, readings }) =>
    `Every reader reads the same patients; there are ${patients} and ${readings} readings.`,
  'icc-value': ({ patient, found }) => `Agreement takes finite values; patient ${patient} has ${found}.`,
  'mrmr-count': ({ name, least, most, given }) =>
    `mRMR's ${name} is a whole number from ${least} to ${most}; ${given} was given.`,
  'rank-sum-one-class': ({ positives, negatives }) =>
    `The rank-sum test compares two classes; there are ${positives} patients of class 1 and ${negatives} of class 0.`,
  'votes-few': ({ metric }) => `Too few patients were out of bag to compute ${metric}: grow more trees.`,
  'agreement-uncertain': ({ patients, usual }) =>
    `Only ${patients} re-read patients: with fewer than ${usual} an ICC is uncertain.`,
  'icc-few-patients': ({ fewest }) => `fewer than ${fewest} patients have all readings`,
  'icc-infinite': () => 'a reading is infinite',
  'icc-constant': () => 'the readings do not vary',
  'icc-patients-equal': () => 'patients do not differ',
  'icc-not-finite': () => 'the form has no finite value',
  'class-without-value': ({ outcome }) => `class ${outcome} has no value`,
  'values-equal': () => 'all values are equal',
  boruta: ({ variant, significance, trees, maximumRuns, roughFix }) => {
    const [name, importance, sign] = borutaVariants[variant]
    return `${name}: ${importance}, ${trees} trees, P ${sign} ${significance}, Bonferroni, at most ${maximumRuns - 1} runs${roughFix ? ', TentativeRoughFix' : ''}`
  },
  'boruta-filtered-before': () =>
    'The columns were filtered by the outcome of the same patients before Boruta; its shadows were not. Confirmed columns are therefore too many by chance.',
  annealing: ({ metric, folds, iterations, improve, trees, maximumSize }) =>
    `simulated annealing (random forests of ${trees} trees; ${metric} out of bag inside, in ${folds} held-out folds outside; ${iterations} iterations, back to the best after ${improve} without improvement${maximumSize === null ? '' : `, at most ${maximumSize} features`})`,
}
