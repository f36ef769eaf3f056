import type { OutcomeColumn } from '../src/io/tables/tableFile.ts'

/** @throws RangeError that names training patients without an outcome */
export function refuseUnlabelled(ids: readonly string[], classOf: ReadonlyMap<string, number>, { column }: OutcomeColumn): void {
  const without = ids.filter((id) => Number.isNaN(classOf.get(id) ?? NaN))
  if (without.length > 0)
    throw new RangeError(`${without.length} training patients have no ${column}: ${without.slice(0, 5).join(', ')}. Take them out of the training list, or add their outcome.`) // prettier-ignore
}
