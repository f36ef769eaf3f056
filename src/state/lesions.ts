import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  addLesion,
  deleteLesion,
  markIndex,
  mergeLesions,
  oneLesion,
  presentLesions,
  renameLesion,
  restoreLesion,
} from '../core/study/lesions.ts'
import type { Lesion, LesionId } from '../core/study/study.ts'
import type { LesionStore } from '../storage/lesionStore.ts'
import { findPatient, type PatientsState } from './patients.ts'
import type { Watched } from './readable.ts'

export interface LesionsState {
  /** By the patient's label, with those that were deleted; a patient who is missing has the first one alone. */
  readonly byPatient: Readonly<Record<string, readonly Lesion[]>>
  /** The one in hand, by the patient's label, where it is not the first. */
  readonly chosen: Readonly<Record<string, LesionId>>
  /** Those of an image's patient that were not deleted. */
  listOf(imageId: string | undefined): readonly Lesion[]
  /** Which lesion of an image's patient is drawn. */
  inHandOf(imageId: string): LesionId
  choose(imageId: string, lesion: LesionId): void
  /** @returns the new one */
  add(imageId: string, name?: string): Promise<LesionId>
  rename(imageId: string, lesion: LesionId, name: string): Promise<void>
  markIndex(imageId: string, lesion: LesionId): Promise<void>
  /** The lesion alone: its regions go before it. @param at milliseconds since 1970 */
  remove(label: string, lesion: LesionId, at: number): Promise<void>
  restore(label: string, lesion: LesionId): Promise<void>
}

export type LesionsStore = StoreApi<LesionsState>

export interface LesionsServices {
  readonly store: LesionStore
  readonly patients: Watched<Pick<PatientsState, 'patients' | 'whenKept'>>
  /** The browser does not keep lesions, or not give them back: they hold while the page is open. */
  readonly onNotKept: (reason: unknown) => void
}

/** The label of an image that is no patient's, as one that the user calls a mask. */
const nobody = ''

/** The lesions of the patients: the same for all their images and readers. */
export function createLesionsStore({ store: kept, patients, onNotKept }: LesionsServices): LesionsStore {
  const labelOf = (imageId: string | undefined) => findPatient(patients.getState(), imageId)?.label ?? nobody
  let last: Promise<unknown> = Promise.resolve()

  const all = (label: string) => lesions.getState().byPatient[label] ?? oneLesion
  /** One act after the other, once the patient's label is kept. */
  function change(
    label: string,
    act: Parameters<LesionStore['change']>[1],
    how: (before: readonly Lesion[]) => readonly Lesion[],
  ): Promise<readonly Lesion[]> {
    const done = last
      .then(() => patients.getState().whenKept())
      .then(() => kept.change(label, act, how))
      .catch((reason: unknown) => {
        onNotKept(reason)
        return how(all(label))
      })
      .then((now) => {
        lesions.setState({ byPatient: { ...lesions.getState().byPatient, [label]: now } })
        return now
      })
    last = done
    return done
  }

  const lesions: LesionsStore = createStore<LesionsState>()((set, get) => {
    return {
      byPatient: {},
      chosen: {},
      listOf: (imageId) => presentLesions(all(labelOf(imageId))),
      inHandOf(imageId) {
        const { chosen, listOf } = get()
        const present = listOf(imageId)
        return present.find(({ id }) => id === chosen[labelOf(imageId)])?.id ?? present[0].id
      },
      choose: (imageId, lesion) => set({ chosen: { ...get().chosen, [labelOf(imageId)]: lesion } }),
      add: async (imageId, name) =>
        (await change(labelOf(imageId), 'add-lesion', (before) => addLesion(before, name))).at(-1)!.id,
      rename: async (imageId, lesion, name) =>
        void (await change(labelOf(imageId), 'change-lesion', (before) => renameLesion(before, lesion, name))),
      markIndex: async (imageId, lesion) =>
        void (await change(labelOf(imageId), 'change-lesion', (before) => markIndex(before, lesion))),
      remove: async (label, lesion, at) =>
        void (await change(label, 'delete-lesion', (before) => deleteLesion(before, lesion, at))),
      restore: async (label, lesion) => void (await change(label, 'restore-lesion', (before) => restoreLesion(before, lesion))),
    }
  })

  /** The labels that images had: what was drawn of a lesion stays one of the patient whose the image is then. */
  let before: ReadonlyMap<string, string> = new Map()
  // Until labels are found in the browser, an image has one for the time being, which may be another patient's.
  let areLabelsSure = false
  void patients
    .getState()
    .whenKept()
    .then(() => {
      before = labelsOf(patients.getState())
      areLabelsSure = true
    })
  patients.subscribe((state) => {
    // Whose lesions an image's are depends on whose the image is.
    lesions.setState({})
    if (!areLabelsSure) return
    const now = labelsOf(state)
    const moved = [...now].flatMap(([image, label]) => {
      const had = before.get(image)
      return had === undefined || had === label ? [] : [[had, label] as const]
    })
    before = now
    for (const [had, label] of moved) {
      const merged = mergeLesions(all(label), all(had))
      if (merged !== all(label)) void change(label, 'add-lesion', (lesionsNow) => mergeLesions(lesionsNow, all(had)))
    }
  })

  last = kept.list().then((found) => {
    lesions.setState({ byPatient: { ...Object.fromEntries(found), ...lesions.getState().byPatient } })
  }, onNotKept)
  return lesions
}

const labelsOf = ({ patients }: Pick<PatientsState, 'patients'>): ReadonlyMap<string, string> =>
  new Map(patients.flatMap(({ label, images }) => images.map(({ found }) => [found.id, label] as const)))
