import type { BatchPrevalence, HarmoniseMessages, UnadjustedColumn } from '../../core/harmonise/messages.ts'
import type { Say } from '../../core/messages/message.ts'
import type { Sentences } from '../sentences.ts'

export const harmonise: Sentences<HarmoniseMessages> = {
  'covariate-is-batch': ({ name }) =>
    `The covariate ${name} is confounded with batch: it takes one value in every batch. Leave it out, or harmonise over other batches.`,
  'covariates-confounded': ({ others, name }) =>
    `The covariates are confounded: batch and ${others.join(', ')} already tell ${name}. Leave some of them out.`,
  'value-infinite': ({ column, id }) =>
    `The value of ${column} for ${id} is infinite; ComBat takes finite and missing values. Screen the columns first.`,
  'batch-missing': ({ ids }) => `Every patient needs a batch; ${ids.length} have none: ${ids.slice(0, 5).join(', ')}.`,
  'join-needs-reference': ({ mode }) => `New batches can join a ComBat of the mode "reference"; this one is "${mode}".`,
  'training-cannot-join': ({ ids }) => `Training patients cannot join under a new batch: ${ids.slice(0, 5).join(', ')}.`,
  'new-batch-small': ({ least, batches }) =>
    `A new batch needs at least ${least} patients to join; ${batches.map(({ batch, patients }) => `${batch} has ${patients}`).join(', ')}.`,
  'columns-lacking': ({ fitted, columns }) =>
    `ComBat was fitted with ${fitted} columns; the table lacks ${columns.length} of them: ${columns.slice(0, 5).join(', ')}.`,
  'reference-unknown': ({ batch, batches }) => `The reference batch ${batch} is none of the batches: ${batches.join(', ')}.`,
  'one-batch': ({ batches }) => `ComBat needs at least 2 batches; found ${batches.length === 0 ? 'none' : `only ${batches[0]}`}.`,
  'lone-patients': ({ batches }) =>
    `A batch of one patient has no scale of its own: ${batches.slice(0, 5).join(', ')}. Merge it with another batch or leave the patient out.`,
  'covariate-not-given': ({ kind, name }) =>
    `ComBat was fitted with the ${kind} covariate ${name}; it must be given for every patient.`,
  'covariate-level-unknown': ({ name, id, found, levels }) =>
    `The covariate ${name} of patient ${id} is ${String(found)}; ComBat was fitted with ${levels.join(', ')}.`,
  'covariate-is-outcome': ({ name }) =>
    `The covariate ${name} is the outcome: harmonised with it, the features would carry the labels. Leave it out.`,
  'covariate-missing': ({ name, id, value, kind }) =>
    `The covariate ${name} of patient ${id} is ${value === undefined || value === '' ? 'missing' : String(value)}; ComBat needs a ${kind === 'numeric' ? 'finite number' : 'level'} for every patient.`,
  'not-settled': ({ iterations }) =>
    `ComBat did not settle within ${iterations} iterations; look for columns with extreme values.`,
  'few-columns': ({ adjusted, columns, unadjusted }, say) =>
    `ComBat learns from many columns together; ${adjusted} of ${columns} can be adjusted. ${listReasons(unadjusted, say)}`,
  'batches-unseen': ({ unseen, known, mode }) =>
    `ComBat was not fitted with batch ${unseen.join(', ')}; it knows ${known.join(', ')}. Either ${mode === 'reference' ? 'let it join with patients of its own (joinBatches)' : 'fit in the mode "reference" and let it join'}, or ask for its patients to be left unharmonised.`,
  'no-reference': ({ unadjusted }, say) => `The harmonised patients cannot be a reference. ${listReasons(unadjusted, say)}`,
  'batch-cannot-join': ({ batch, adjusted, columns, unadjusted }, say) =>
    `Batch ${batch} cannot join: ${adjusted} of ${columns} columns can be adjusted. ${listReasons(unadjusted, say)}`,
  'lone-patient-mean-only': () => 'A batch has one patient only: every batch is adjusted by its mean only, as sva does.',
  'column-few-values': ({ count, needed, batch }) => `has ${count} of the ${needed} values it needs in batch ${batch}`,
  'column-constant': ({ batch }) => `is constant in batch ${batch}`,
  'column-confounded': () => 'has too few values to tell its covariates from its batches',
  'column-explained': () => 'has no variance left after the covariates',
  'batches-small': ({ fewest, batches }) =>
    `Batches with fewer than ${fewest} patients: ${batches.map(({ batch, patients }) => `${batch} (${patients})`).join(', ')}.`,
  'batch-is-cohort': ({ prevalences }) =>
    `Batch equals cohort: ComBat takes away every difference between the cohorts, also one of the disease.${listPrevalences(prevalences)}`,
  'batch-is-outcome': ({ batches, prevalences }) =>
    `Batch is confounded with the outcome: one outcome only in ${batches.join(', ')}.${listPrevalences(prevalences)}`,
}

function listReasons(unadjusted: readonly UnadjustedColumn[], say: Say): string {
  const some = unadjusted.slice(0, 3).map(({ column, reason }) => `${column} ${say(reason)}`)
  return some.length > 0 ? `${some.join('; ')}${unadjusted.length > 3 ? ` ... (${unadjusted.length})` : ''}.` : ''
}

function listPrevalences(prevalences: readonly BatchPrevalence[]): string {
  if (prevalences.length === 0) return ''
  return ` Positive outcomes: ${prevalences.map(({ batch, positives, patients }) => `${batch} ${positives} of ${patients}`).join(', ')}.`
}
