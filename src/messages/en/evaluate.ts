import type { EvaluateMessages } from '../../core/evaluate/messages.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

const noProbabilities = {
  decision:
    'These scores are decision values, not probabilities. Use the probabilities of the model (Platt) or recalibrate the scores on the training patients.',
  weighted:
    'The model was trained with class weights or resampled classes, which shifts its probabilities. Recalibrate them on the training patients.',
  undeclared: 'These scores were not declared to be probabilities. Declare them, or recalibrate them on the training patients.',
}

export const evaluate: Sentences<EvaluateMessages> = {
  'step-judging': ({ part, model, cohort }) => `${part === 'decisions' ? 'Deciding by' : 'Evaluating'} ${model} in ${cohort}`,
  'step-optimism': () => 'bootstrap optimism',
  'cutoff-missing': () => 'There is no cut-off to classify at (NaN was given): choose one first.',
  prevalence: ({ given }) => `A prevalence lies between 0 and 1; ${given} was given.`,
  'no-training-scores': ({ column, columns }) =>
    `The training table has no scores named ${column}; it has ${columns.join(', ')}.`,
  'cost-of-miss': ({ given }) => `The cost of a miss is a number above 0; ${given} was given.`,
  'fixed-rate': ({ name, given }) => `A fixed ${name} is above 0 and at most 1; ${given} was given.`,
  'thresholds-spread': ({ least, from, to, step }) =>
    `Thresholds lie between 0 and 1, from the lower to the higher, in steps of at least ${least}; ${from} to ${to} by ${step} was given.`,
  'thresholds-ascend': () => 'Thresholds of a decision curve ascend, each above 0 and below 1.',
  'cluster-lengths': ({ patients, rows }) => `Each row has one patient; ${patients} patients of ${rows} rows were given.`,
  'nothing-to-evaluate': () => 'There is nothing to evaluate: no model or no cohort was given.',
  'recalibrate-without-training': ({ model }) => `Recalibrating ${model} takes training patients to learn from; none were given.`,
  'out-of-bag-one-class': ({ cohort, scored, patients, models }) =>
    `The cohort ${cohort}: ${scored} of ${patients} patients have an out-of-bag score of ${models.join(' and ')}, and not of both classes. Grow more trees.`,
  'no-scores-of-model': ({ cohort, model, columns }) =>
    `The cohort ${cohort} has no scores of the model ${model}; it has ${columns.join(', ')}.`,
  'cohort-lengths': ({ cohort, patients, outcomes }) => `The cohort ${cohort} has ${patients} patients and ${outcomes} outcomes.`,
  'scores-unusable-of-model': ({ cohort, patients, model, ids }) =>
    `The cohort ${cohort}: ${ids.length} of ${patients} scores of the model ${model} are missing or infinite (${ids.slice(0, 5).join(', ')}). Leave these patients out of every model, or give them a score.`,
  'names-repeated': ({ what, names }) => `Each of the ${what} needs a name of its own; repeated: ${names.join(', ')}.`,
  'confidence-level': ({ given }) => `A confidence level lies between 0 and 1 (0.95 is usual); ${given} was given.`,
  'probability-outside': ({ patient, found }) =>
    `Scores declared as probabilities lie between 0 and 1; that of patient ${patient} is ${found}. Declare them as scores, or recalibrate them.`,
  'recalibrate-constant': ({ column }) => `The scores of ${column} are constant: there is nothing to recalibrate.`,
  'recalibrate-separated': ({ column }) =>
    `The scores of ${column} separate the training classes, so that no logistic curve fits. Recalibrate on out-of-fold scores.`,
  'recalibrate-probability': ({ given }) =>
    `A probability to recalibrate lies between 0 and 1, both excluded; ${given} was given.`,
  'score-lengths': ({ scores, outcome }) =>
    `Each patient has one score and one outcome; ${scores} scores and ${outcome} outcomes were given.`,
  'outcome-not-binary': ({ patient, patients, found }) =>
    `An outcome is 0 or 1; that of patient ${patient} of ${patients} is ${found}.`,
  'roc-one-class': ({ positives, negatives }) =>
    `A ROC curve needs patients of both classes; there are ${positives} positive and ${negatives} negative patients.`,
  resamples: ({ given }) => `The number of resamples is a whole number from 1; ${given} was given.`,
  'scores-unusable': ({ missing, infinite, patients, first }) =>
    `Scores are finite numbers; ${missing} are missing and ${infinite} infinite of ${patients} (the first is that of patient ${first}). Leave these patients out or give them a score.`,
  'no-probabilities': ({ kind }) => noProbabilities[kind],
  'no-useful-cutoff': () => 'No useful cut-off: calling every patient the same is as good as any threshold of this score.',
  'calibrated-by-construction': () =>
    'By construction: a logistic curve is calibrated in the large, with slope 1, on the patients it was fitted to.',
  'comparison-favours-fit': () =>
    "Scores of patients that the models learnt from, as in the paper's comparison: the model that fits closer is favoured. Out-of-fold scores give a fair one.",
  'one-class': ({ cohort, positives, negatives }) =>
    `The cohort ${cohort} has ${positives} positive and ${negatives} negative patients: both classes are needed.`,
  'rows-of-patients': ({ rows, patients }) =>
    `${rows} rows of ${patients} patients: the AUC's intervals and P take the rows of a patient together (Obuchowski 1997), bootstraps draw patients. Newcombe's and the exact intervals, calibration tests and Hosmer and Lemeshow's take rows for independent: do not read them.`,
  'not-pooled': ({ model, ids }) =>
    `${model}: ${ids.length === 1 ? 'one patient was' : `${ids.length} patients were`} held out from folds that kept no feature. There it gives everybody the prevalence of the fold, which tells nobody apart: ${ids.length === 1 ? 'the patient is' : 'they are'} left out of the pooled out-of-fold figures; within folds ${ids.length === 1 ? 'the fold counts' : 'such folds count'} with an AUC of 0.5.`,
  'drawn-by-every-tree': ({ model, ids }) =>
    `${model} has no out-of-bag score of ${ids.length} patient${ids.length === 1 ? '' : 's'}, whom every tree drew: ${listSome(ids)}. Its figures are those of the others.`,
  'few-patients': ({ outcome, count }) =>
    `Only ${count} ${outcome} patient${count === 1 ? '' : 's'}: DeLong's and the bootstrap's intervals are too narrow; read Newcombe's and the exact ones.`,
  'learnt-from': ({ ids, patients }) =>
    `${ids.length} of the ${patients} patients were learnt from (${listSome(ids)}): with them this is no validation.`,
}
