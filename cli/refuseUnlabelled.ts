import { likelySameIds } from '../src/io/tables/likelySameIds.ts'
import type { OutcomeColumn } from '../src/io/tables/tableFile.ts'
import { refuse } from '../src/io/tables/messages.ts'

/** @throws DataError that names training patients without an outcome */
export function refuseUnlabelled(ids: readonly string[], classOf: ReadonlyMap<string, number>, { column }: OutcomeColumn): void {
  const without = ids.filter((id) => Number.isNaN(classOf.get(id) ?? NaN))
  if (without.length > 0)
    throw refuse('training-unlabelled', { column, ids: without, likely: likelySameIds(without, [...classOf.keys()]) })
}
