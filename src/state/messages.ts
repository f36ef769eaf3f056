import { messagesOf, type Message } from '../core/messages/message.ts'
import type { RegionRefusal } from '../core/study/regionActs.ts'

type Nothing = Readonly<Record<never, never>>

interface Lock {
  readonly by: string
  /** ms since 1970 */
  readonly at: number
}

export interface StateMessages {
  // Why a region is not changed, or may not become what was asked for.
  locked: Lock & { readonly isOtherLocked: boolean }
  'progress-refused': { readonly why: RegionRefusal }
  'unlock-without-reason': Nothing
  'complete-no-more': Nothing
  'undo-dropped': { readonly steps: number; readonly budgetMiB: number }
  'image-stays': { readonly imageName: string }
  'operation-dropped': Nothing
  'operation-changes-nothing': Nothing

  // A patient who is measured for a model.
  'nothing-to-measure': { readonly id: string; readonly role: string }
  'model-first': { readonly file: string }
  /** Columns of the model that its own parameters do not give. */
  'not-extracted': { readonly columns: readonly string[] }

  // Copies of a region on other images.
  'copy-another-opened': { readonly from: string; readonly to: string }
  'copy-outside': { readonly to: string }
  'copy-failed': { readonly error: Message }
  copied: {
    readonly from: string
    readonly to: string
    /** 0: none lies in the region. */
    readonly voxels: number
    readonly isAligned: boolean
    /** 0 to 1, cut off. */
    readonly outsideFraction: number
    /** In what the examinations differ. */
    readonly differences: readonly Message[]
  }
  'sample-mask-laid': Nothing

  // The work list.
  'image-changed': { readonly imageName: string }
  /** @property images of the study that can be read now */
  'images-at-hand': { readonly images: number }
  'folder-not-there': { readonly folder: string }
  'study-file-not-there': { readonly file: string }
  'study-file-of-others': { readonly file: string }
  'mask-image-not-here': Nothing
  'mask-file-without': { readonly file: string }
  'mask-many-labels': { readonly labels: number; readonly most: number }
  'mask-nothing-in-it': Nothing
  /** @property masks whose lesions were laid @property left those whose patients had something drawn @property failed others */
  'masks-laid': { readonly masks: number; readonly left: number; readonly failed: number }
  /** @property labels of patients on whose images somebody drew */
  'import-drawn-on': { readonly labels: readonly string[] }
  'no-role-yet': { readonly label: string }
  'images-not-here': { readonly label: string }
  'analysis-not-merged': { readonly name: string }
  'erase-open-elsewhere': Nothing
  'all-done': Nothing

  // Rows of features that are computed one after the other.
  'row-too-long': { readonly seconds: number }
  'batch-elsewhere': Nothing

  /** @property empty labels of which no voxel lies on the image @property locked lesions that stay as they are */
  'lesions-laid': { readonly count: number; readonly empty: number; readonly locked: readonly string[] }
  /** @property files by name, with the lesions in each */
  'lesions-in-files': { readonly files: readonly { readonly name: string; readonly lesions: readonly string[] }[] }

  // Why a lesion is not deleted.
  'lesion-locked': Lock & { readonly lesion: string }
  'lesion-of-others': { readonly lesion: string; readonly by: string }

  // Why what is kept is not deleted or brought back.
  'deleted-for-good': Nothing
  'locked-stays': Lock & { readonly imageName: string }
  'delete-unkept': { readonly imageName: string }
  'delete-open-elsewhere': Nothing

  // Why a region is not among those that are saved.
  'geometry-unknown': Nothing
  'deleted-meanwhile': Nothing

  // What the browser does not keep.
  'rois-not-taken-over': { readonly reason: Message }
  'settings-not-found': { readonly reason: Message }
  'settings-not-kept': { readonly reason: Message }
  'curves-not-kept': { readonly reason: Message }
  'analysis-not-kept': { readonly reason: Message }
  /** @property task its place among the study's @property reason in the words of what failed */
  'task-failed': { readonly task: number; readonly reason: Message }
  /** @property results of stages that are gone */
  'analysis-deleted': { readonly results: number }
  'study-elsewhere': Nothing
  'phases-not-kept': { readonly reason: Message }
  'lesions-not-kept': { readonly reason: Message }
  'study-not-kept': { readonly reason: Message }
  'patients-not-kept': { readonly reason: Message }
  'polygon-not-kept': { readonly reason: Message }
  'parameters-not-kept': { readonly reason: Message }
  'tables-not-kept': { readonly reason: Message }
}

/** What the stores have to tell of the session. */
export const { tell: told } = messagesOf<StateMessages>('state')
