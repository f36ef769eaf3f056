import { sayingMessages, type Say } from '../../core/messages/message.ts'
import { hashModel } from './hashModel.ts'
import type { WrittenModel } from './modelFile.ts'
import { splitColumn } from './splitColumn.ts'

/**
 * A file of version 2, with all digits of every number and its own SHA-256; docs/models.md says what stands in it.
 * @param withIds the patients it learnt from stand there by their IDs; else how many they were
 */
export function formatModelFile(content: WrittenModel, say: Say, { withIds }: { readonly withIds: boolean }): string {
  const {
    texel,
    name,
    outcome,
    freeze,
    warnings,
    source,
    clinical,
    model,
    harmonisation,
    imputation,
    cutoffs,
    training,
    evaluation,
    seeds,
  } = content
  const write = sayingMessages(say)
  const counting = (key: string, value: unknown) =>
    key === 'learntFrom' && Array.isArray(value) && !withIds ? value.length : write(key, value)
  const body = JSON.stringify(
    {
      ...{ format: 'texel model', version: 2, texel, name, outcome, ...(freeze !== undefined && { freeze }), warnings, source },
      features: model.columns.map(splitColumn),
      ...{ clinical, harmonisation, imputation, model, cutoffs, training, evaluation, seeds },
    },
    counting,
  )
  return `${body.slice(0, -1)},"sha256":"${hashModel(body)}"}\n`
}
