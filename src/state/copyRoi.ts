import { createStore, type StoreApi } from 'zustand/vanilla'
import { invertMove, moveGrid, type RigidMove } from '../core/image/rigidMove.ts'
import type { Volume, VolumeSource } from '../core/image/volume.ts'
import { compareIdentity } from '../core/mask/compareIdentity.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { FoundVolume } from './images.ts'
import type { OpenLabels } from './maskReview.ts'
import type { PatientImage } from './patients.ts'
import type { ReaderId } from '../core/study/study.ts'
import type { LaidOn, RoiStore } from './roi.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { told } from './messages.ts'

/** What became of a copy on one image. */
export interface CopyRow {
  readonly target: PatientImage
  readonly outcome:
    | LaidOn
    /** No voxel of the region lies in the image, or no voxel centre of the image in the region. */
    | 'outside'
    | 'tooCoarse'
    /** The scanner moved its frame of reference in between, and nobody aligned the two: positions say nothing. */
    | 'notAligned'
    | 'failed'
  readonly voxelCount: number
  /** Part of the region, 0 to 1, that lies outside the image and was cut off. */
  readonly outsideFraction: number
  readonly isAligned: boolean
  /** By the files' own word. */
  readonly isOtherExamination: boolean
  /** Why it failed. */
  readonly reason?: Message
}

export type CopyRun =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number; readonly name: string }
  /** `rows` of those that were reached; what was laid before a cancel stays. */
  | {
      readonly status: 'done'
      readonly imageId: string
      readonly imageName: string
      readonly reader: ReaderId
      readonly rows: readonly CopyRow[]
      readonly isCancelled: boolean
    }

export interface CopyState {
  readonly run: CopyRun
  /**
   * Lays the open region on another image by its position in space (nearest voxel), opens that image and says what fell outside.
   * What was drawn there comes back with undo.
   */
  copyTo(target: FoundVolume): Promise<void>
  /**
   * Lays the open region, as it is now, on each of these images; the open one stays in hand. What is drawn on them stays, unless it is
   * replaced by choice; undo on each image takes its copy back.
   */
  copyToAll(targets: readonly PatientImage[], options?: { readonly replaces: boolean }): Promise<void>
  cancel(): void
  dismiss(): void
}

export type CopyStore = StoreApi<CopyState>

export interface CopyServices {
  readonly roi: RoiStore
  readonly openLabels: (mask: Mask, signal?: AbortSignal) => Promise<OpenLabels>
  /** How an image is moved onto another one; null where nobody aligned them. */
  readonly moveBetween: (moved: Volume, onto: Volume) => RigidMove | null
  readonly openImage: (found: FoundVolume) => Promise<void>
}

/** What a reader may see of it: not what became of the other one's region. */
export function runOfReader(run: CopyRun, reader: ReaderId | undefined): CopyRun {
  return run.status === 'done' && run.reader !== reader ? { status: 'idle' } : run
}

/** Copies of the region in hand on the patient's other images. */
export function createCopyStore({ roi, openLabels, moveBetween, openImage }: CopyServices): CopyStore {
  let abort = new AbortController()

  /** The region on the grid of an image, where it stands in that image's own space. @throws the signal's reason */
  async function place(mask: Mask, image: Volume, target: Volume, signal?: AbortSignal) {
    const move = moveBetween(target, image)
    const labels = await openLabels(move ? { ...mask, ...moveGrid(mask, invertMove(move)) } : mask, signal)
    try {
      return { ...(await labels.lay(1, target)), isAligned: move !== null }
    } finally {
      labels.close()
    }
  }

  return createStore<CopyState>()((set, get) => ({
    run: { status: 'idle' },

    async copyTo(target) {
      const { open, voxelCount } = roi.getState()
      if (!open || voxelCount === 0 || target.id === open.imageId) return
      const { reader, lesion } = open
      try {
        const laid = await place(open.mask, open.image, target.volume)
        if (roi.getState().open !== open) {
          roi.getState().tell(told('copy-another-opened', { from: open.imageName, to: target.name }))
          return
        }
        const { region, voxelCount: copied, outsideVoxels, labelVoxels, isAligned } = laid
        if (outsideVoxels === labelVoxels) {
          roi.getState().tell(told('copy-outside', { to: target.name }))
          return
        }
        await openImage(target)
        const { status, replaceMask, tell } = roi.getState()
        const now = roi.getState().open
        if (now?.imageId !== target.id || now.reader !== reader || now.lesion !== lesion) return
        replaceMask(`Copy from ${open.imageName}`, region)
        if (status?.progress === 'locked') return
        tell(
          told('copied', {
            from: open.imageName,
            to: target.name,
            voxels: copied,
            isAligned,
            outsideFraction: outsideVoxels / labelVoxels,
            differences: compareIdentity(target.volume.source, open.image.source),
          }),
        )
      } catch (error) {
        roi.getState().tell(told('copy-failed', { error: messageOf(error) }))
      }
    },

    async copyToAll(targets, { replaces } = { replaces: false }) {
      const { open, voxelCount } = roi.getState()
      if (!open || voxelCount === 0 || get().run.status === 'running') return
      abort = new AbortController()
      const { signal } = abort
      const { imageId, imageName, image, reader, lesion } = open
      // All get the same region, whatever is drawn meanwhile.
      const mask = { ...open.mask, voxels: open.mask.voxels.slice() }
      const others = targets.filter(({ found }) => found.id !== imageId)

      const copyOne = async (target: PatientImage): Promise<CopyRow> => {
        const { id, name, volume } = target.found
        const none = {
          target,
          voxelCount: 0,
          outsideFraction: 0,
          isAligned: moveBetween(volume, image) !== null,
          isOtherExamination: differ('StudyInstanceUID', volume.source, image.source),
        }
        if (!none.isAligned && differ('FrameOfReferenceUID', volume.source, image.source))
          return { ...none, outcome: 'notAligned' }
        try {
          const { region, voxelCount: copied, outsideVoxels, labelVoxels } = await place(mask, image, volume, signal)
          const outsideFraction = outsideVoxels / labelVoxels
          if (copied === 0) return { ...none, outcome: outsideFraction === 1 ? 'outside' : 'tooCoarse', outsideFraction }
          const on = { imageId: id, imageName: name, image: volume, reader, lesion }
          const outcome = await roi.getState().layOn(on, `Copy from ${imageName}`, region, { replaces })
          return outcome === 'laid' ? { ...none, outcome, voxelCount: copied, outsideFraction } : { ...none, outcome }
        } catch (error) {
          signal.throwIfAborted()
          return { ...none, outcome: 'failed', reason: messageOf(error) }
        }
      }

      const rows: CopyRow[] = []
      try {
        for (const target of others) {
          signal.throwIfAborted()
          set({ run: { status: 'running', done: rows.length, total: others.length, name: target.name } })
          rows.push(await copyOne(target))
        }
      } catch (error) {
        if (!signal.aborted) throw error
      }
      set({ run: { status: 'done', imageId, imageName, reader, rows, isCancelled: signal.aborted } })
    },

    cancel: () => abort.abort(new Error('Cancelled.')),
    dismiss() {
      if (get().run.status === 'done') set({ run: { status: 'idle' } })
    },
  }))
}

/** Whether both files have that attribute, each another one. */
function differ(keyword: string, one: VolumeSource, other: VolumeSource): boolean {
  const [a, b] = [one.dicom?.[keyword], other.dicom?.[keyword]]
  return a !== undefined && b !== undefined && a !== b
}
