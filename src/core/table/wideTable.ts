import type { RoleId } from '../study/roles.ts'
import { makeFeatureTable, type FeatureTable } from './featureTable.ts'

/** Features of one region. */
export interface MeasuredRegion {
  /** Of its row: `A-0120`, `A-0120_L2`. */
  readonly id: string
  readonly role: RoleId
  readonly names: readonly string[]
  /** In the order of the names. */
  readonly values: ArrayLike<number>
}

export interface WideTable extends FeatureTable {
  /** In the order of `values`: 1 where something was measured, be it no number, 0 where nothing was. */
  readonly isMeasured: Uint8Array
}

/**
 * A reader's features, one row a patient and lesion: columns `<role>_<feature>` in the order of roles and of features. What was not
 * measured is NaN, never 0.
 * @param ids rows in their order; those of which nothing is measured are left out
 * @param features names in the order of columns, see `listFeatureNames`; others are left out
 * @throws DataError for an ID or a column that comes twice
 */
export function wideTable(
  measured: readonly MeasuredRegion[],
  {
    ids,
    roles,
    features,
  }: { readonly ids: readonly string[]; readonly roles: readonly RoleId[]; readonly features: readonly string[] },
): WideTable {
  const wanted = new Set(roles)
  const own = measured.filter(({ role }) => wanted.has(role))
  const there = new Set(own.map(({ id }) => id))
  const kept = ids.filter((id) => there.has(id))
  const columns = roles.flatMap((role) => features.map((feature) => `${role}_${feature}`))
  const values = new Float64Array(kept.length * columns.length).fill(NaN)
  const isMeasured = new Uint8Array(values.length)
  const rowOf = new Map(kept.map((id, row) => [id, row]))
  const placeOf = new Map(features.map((feature, at) => [feature, at]))
  const places = new Map<readonly string[], readonly (number | undefined)[]>()
  for (const { id, role, names, values: given } of own) {
    const row = rowOf.get(id)
    if (row === undefined) continue
    // Thousands of rows share their names.
    if (!places.has(names)) places.set(names, names.map((name) => placeOf.get(name))) // prettier-ignore
    const first = roles.indexOf(role) * features.length
    for (const [i, place] of places.get(names)!.entries()) {
      if (place === undefined) continue
      const at = (first + place) * kept.length + row
      values[at] = given[i]
      isMeasured[at] = 1
    }
  }
  return { ...makeFeatureTable(kept, columns, values), isMeasured }
}
