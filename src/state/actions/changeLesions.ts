import type { LesionId } from '../../core/study/study.ts'
import { imageKey } from '../../storage/imageKey.ts'
import type { DeletionsState } from '../deletions.ts'
import type { LesionsState } from '../lesions.ts'
import { told } from '../messages.ts'
import { findPatient, type PatientsState } from '../patients.ts'
import type { Readable } from '../readable.ts'
import type { ReadersState } from '../readers.ts'
import type { RoiState } from '../roi.ts'
import { wentWith } from '../wentWith.ts'

export interface ChangeLesionsServices {
  readonly roi: Readable<Pick<RoiState, 'open' | 'kept' | 'chooseLesion' | 'whenKept' | 'listKept' | 'listUnkept' | 'deleteKept'>>
  readonly lesions: Readable<LesionsState>
  readonly patients: Readable<Pick<PatientsState, 'patients'>>
  readonly readers: Readable<Pick<ReadersState, 'reader' | 'names'>>
  readonly deletions: Readable<Pick<DeletionsState, 'deleted' | 'undo' | 'refuse' | 'dismissRefusal'>>
  readonly now: () => number
}

/** Lesions of the patient whose image is open: one less, and that one again. */
export function createChangeLesions({ roi, lesions, patients, readers, deletions, now }: ChangeLesionsServices) {
  const listOpen = () => lesions.getState().listOf(roi.getState().open?.imageId)

  /** Kept regions of a lesion of the open image's patient, of all readers. */
  const findRegions = (label: string, lesion: LesionId) => {
    const images = findPatient(patients.getState(), roi.getState().open?.imageId)?.images ?? []
    const keys = new Set(images.map(({ found }) => imageKey(found.volume)))
    return roi
      .getState()
      .kept.filter((one) => one.lesion === lesion && one.voxelCount > 0 && (one.called?.label === label || keys.has(one.image)))
  }

  return {
    /**
     * A lesion goes with the reader's regions of it on all images, for half a minute in which it can be brought back; unless one of
     * them is locked, or another reader has drawn it: then it stays whole, and `deletions` says why.
     */
    async deleteLesion(lesion: LesionId): Promise<void> {
      const { open } = roi.getState()
      const label = findPatient(patients.getState(), open?.imageId)?.label
      const others = listOpen().filter(({ id }) => id !== lesion)
      if (!open || label === undefined || others.length === 0) return
      deletions.getState().dismissRefusal()
      await roi.getState().whenKept()
      await roi.getState().listKept()
      const regions = findRegions(label, lesion)
      const locked = regions.find(({ progress }) => progress === 'locked')
      const { reader, names } = readers.getState()
      const theirs = regions.find((one) => one.reader !== reader)
      const unkept = roi.getState().listUnkept().find((one) => one.lesion === lesion) // prettier-ignore
      const { refuse } = deletions.getState()
      if (theirs) return refuse(told('lesion-of-others', { lesion, by: names[theirs.reader] ?? theirs.readerName }))
      if (locked) return refuse(told('lesion-locked', { lesion, by: locked.readerName, at: locked.changedAt }))
      if (unkept) return refuse(told('delete-unkept', { imageName: unkept.imageName }))
      if (open.lesion === lesion) await roi.getState().chooseLesion(others[0].id)
      for (const { key } of regions) await roi.getState().deleteKept(key)
      // What could not be deleted after all says why, and holds its lesion.
      if (findRegions(label, lesion).length === 0) await lesions.getState().remove(label, lesion, now())
    },

    /** @param label of the patient whose lesion it was */
    async restoreLesion(label: string, lesion: LesionId): Promise<void> {
      await lesions.getState().restore(label, lesion)
      const gone = deletions.getState().deleted.filter((one) => wentWith(one, label, lesion))
      for (const { key } of gone) await deletions.getState().undo(key)
    },
  }
}
