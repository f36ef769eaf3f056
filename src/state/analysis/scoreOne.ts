import type { HarmoniseBy } from '../../core/apply/neededColumns.ts'
import { scorePatients } from '../../core/apply/scorePatients.ts'
import { DataError } from '../../core/messages/message.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import type { ModelFile } from '../../io/records/modelFile.ts'
import { told } from '../messages.ts'

/**
 * One patient through a model.
 * @param values by column of the model, as measured; there may be others
 * @param batch hers, where ComBat harmonises her; null: as measured
 * @throws DataError that names columns without a value; as `scorePatients`
 */
export function scoreOne(content: ModelFile, id: string, values: ReadonlyMap<string, number>, batch: string | null) {
  const { model, harmonisation, learntFrom } = content
  const lacking = model.columns.filter((column) => !values.has(column))
  if (lacking.length > 0) throw new DataError(told('not-extracted', { columns: lacking }))
  const measured = makeFeatureTable(
    [id],
    model.columns,
    Float64Array.from(model.columns, (column) => values.get(column)!),
  )
  const by: HarmoniseBy | null =
    harmonisation && batch !== null
      ? { record: harmonisation.record, facts: { batchOf: new Map([[id, batch]]) }, joinFrom: null, unseen: 'refuse' }
      : null
  const { table, scores } = scorePatients(content, measured, by, null)
  const isAsMeasured = harmonisation !== null && by === null
  return { id, table, score: scores[0], isAsMeasured, isMet: learntFrom.ids?.includes(id) ?? false }
}
