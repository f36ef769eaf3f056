import type { Database } from './schema.ts'

/** Which number a patient has in file names and tables: `P0001` has 1. Kept, so that no two patients ever share one. */
export interface LabelStore {
  /** All numbers by key of a patient. */
  list(): Promise<ReadonlyMap<string, number>>
  /**
   * The number of each patient, a new one where there is none, in one go with those of other tabs.
   * @param patients all that are open, by their keys, with the number that each is to have if nobody has it
   * @returns the number of each, by its keys
   */
  claim(patients: readonly { readonly keys: readonly string[]; readonly number: number }[]): Promise<ReadonlyMap<string, number>>
}

export function createLabelStore(database: Database): LabelStore {
  const list = async () => new Map((await database.labels.toArray()).map(({ key, number }) => [key, number]))
  return {
    list,
    claim: (patients) =>
      database.transaction('rw', database.labels, async () => {
        const all = new Map(await list())
        const given = new Set<number>()
        for (const { keys, number } of patients) {
          const known = keys.flatMap((key) => all.get(key) ?? []).filter((one) => !given.has(one))
          const used = new Set(all.values())
          const own = known.length > 0 ? Math.min(...known) : used.has(number) ? Math.max(...used) + 1 : number
          // A key that another one of these patients has the number of goes with the patient.
          for (const key of keys) if (!all.has(key) || given.has(all.get(key)!)) all.set(key, own)
          given.add(own)
        }
        const claimed = patients.flatMap(({ keys }) => keys.map((key) => ({ key, number: all.get(key)! })))
        await database.labels.bulkPut(claimed)
        return new Map(claimed.map(({ key, number }) => [key, number]))
      }),
  }
}
