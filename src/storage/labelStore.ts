import { isNumbered } from '../core/study/unnamedStudy.ts'
import { commit } from './commit.ts'
import { newPatient } from './newPatient.ts'
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
  const { patients: kept, identities } = database
  /** The present patients by number, and the numbers by key. */
  const read = async () => {
    // A study's own labels, `A-0120`, count by themselves.
    const numbered = (await kept.toArray()).filter(({ label }) => isNumbered(label))
    const byNumber = new Map(numbered.map((patient) => [Number(patient.label.slice(1)), patient]))
    const numbers = new Map([...byNumber].map(([number, { id }]) => [id, number]))
    const byKey = new Map(
      (await identities.toArray()).flatMap(({ key, patient }) => (numbers.has(patient) ? [[key, numbers.get(patient)!]] : [])),
    )
    return { byNumber, byKey }
  }
  return {
    list: () => database.transaction('r', kept, identities, async () => (await read()).byKey),
    claim: (patients) =>
      commit(database, { stores: [kept, identities] }, async (note) => {
        const { byNumber, byKey: all } = await read()
        const before = new Map(all)
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
        for (const { key, number } of claimed) {
          if (before.get(key) === number) continue
          const patient = byNumber.get(number) ?? newPatient(number)
          if (!byNumber.has(number)) await kept.add(patient)
          byNumber.set(number, patient)
          await identities.put({ key, patient: patient.id })
          await note({ act: 'label-patient', subject: patient.id })
        }
        return new Map(claimed.map(({ key, number }) => [key, number]))
      }),
  }
}
