import type { ActName } from '../core/study/journal.ts'
import { oneLesion } from '../core/study/lesions.ts'
import type { Lesion } from '../core/study/study.ts'
import { commit } from './commit.ts'
import type { Database } from './schema.ts'

/** The lesions of each patient, by the patient's label. */
export interface LesionStore {
  list(): Promise<ReadonlyMap<string, readonly Lesion[]>>
  /**
   * Changes a patient's lesions as they are kept now, which another tab may have changed.
   * @returns what they are after it; of a patient whose label nobody has nothing is kept
   */
  change(
    label: string,
    act: Extract<ActName, `${string}-lesion`>,
    change: (before: readonly Lesion[]) => readonly Lesion[],
  ): Promise<readonly Lesion[]>
}

export function createLesionStore(database: Database): LesionStore {
  const { patients } = database
  return {
    list: async () => new Map((await patients.toArray()).map(({ label, lesions }) => [label, lesions])),
    change: (label, act, change) =>
      commit(database, { stores: [patients] }, async (note) => {
        const patient = await patients.where('label').equals(label).first()
        const before = patient?.lesions ?? oneLesion
        const lesions = change(before)
        if (!patient || lesions === before) return lesions
        await patients.put({ ...patient, lesions })
        for (const lesion of lesions) {
          const is = JSON.stringify(lesion)
          if (!before.some((one) => JSON.stringify(one) === is)) await note({ act, subject: `${patient.id} ${lesion.id}` })
        }
        return lesions
      }),
  }
}
