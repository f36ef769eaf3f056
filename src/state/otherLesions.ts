import { createStore, type StoreApi } from 'zustand/vanilla'
import { findOverlap, type MaskOverlap } from '../core/mask/findOverlap.ts'
import type { LesionId } from '../core/study/study.ts'
import type { LesionsState } from './lesions.ts'
import type { Watched } from './readable.ts'
import { regionKey, type OpenRoi } from './region.ts'
import type { DrawnLesion, RoiState } from './roi.ts'

export interface LesionOverlap extends MaskOverlap {
  /** The one that the lesion in hand shares voxels with. */
  readonly lesion: LesionId
}

/** The reader's regions of the other lesions on the open image. */
export interface OtherLesions {
  /** The region in hand that they are beside, once they were read: what is there before that may not be all. */
  readonly beside: OpenRoi | null
  readonly others: readonly DrawnLesion[]
  /** Both lesions keep what they share: that is told, and not prevented. */
  readonly overlaps: readonly LesionOverlap[]
}

export type OtherLesionsStore = StoreApi<OtherLesions>

const none: OtherLesions = { beside: null, others: [], overlaps: [] }

export interface OtherLesionsServices {
  readonly roi: Watched<Pick<RoiState, 'open' | 'drawnBox' | 'revision' | 'statuses' | 'kept' | 'readLesions'>>
  readonly lesions: Watched<Pick<LesionsState, 'listOf'>>
  /** A region could not be read. */
  readonly onUnread: (reason: unknown) => void
}

/** They are read again when another lesion or image comes in hand, or one of them changes; what they share, with every stroke. */
export function createOtherLesionsStore({ roi, lesions, onUnread }: OtherLesionsServices): OtherLesionsStore {
  let turn = 0
  const store = createStore<OtherLesions>()(() => none)

  const listOthers = () => {
    const { open } = roi.getState()
    return lesions.getState().listOf(open?.imageId).flatMap(({ id }) => (id === open?.lesion ? [] : id)) // prettier-ignore
  }

  function findOverlaps(others: readonly DrawnLesion[]): readonly LesionOverlap[] {
    const { open, drawnBox } = roi.getState()
    if (!open || !drawnBox) return none.overlaps
    return others.flatMap(({ lesion, mask, box }) => {
      const overlap = findOverlap(open.mask, mask, [drawnBox, box])
      return overlap ? { lesion, ...overlap } : []
    })
  }

  const show = (others: readonly DrawnLesion[], beside = store.getState().beside) =>
    store.setState({ beside, others, overlaps: findOverlaps(others) })

  async function look(): Promise<void> {
    const own = ++turn
    const ids = listOthers()
    const before = store.getState()
    const { open } = roi.getState()
    if (ids.length === 0) {
      if (before.others.length > 0 || before.beside !== open) store.setState({ ...none, beside: open })
      return
    }
    // What is in hand now is no other one, and what is gone is none.
    show(before.others.filter(({ lesion }) => ids.includes(lesion)))
    try {
      const found = await roi.getState().readLesions(ids)
      if (own === turn) show(found, open)
    } catch (error) {
      onUnread(error)
    }
  }

  /** What the reader did to the others, by their statuses. */
  const statusesOf = ({ open, statuses }: Pick<RoiState, 'open' | 'statuses'>) =>
    open ? listOthers().map((lesion) => statuses[regionKey({ ...open, lesion })]) : []

  roi.subscribe((now, before) => {
    if (now.open !== before.open) {
      // Of another grid, or of another reader.
      if (now.open?.image !== before.open?.image || now.open?.reader !== before.open?.reader) store.setState(none)
      void look()
    } else if (now.kept !== before.kept || differ(statusesOf(now), statusesOf(before))) void look()
    else if (now.revision !== before.revision && store.getState().others.length > 0) show(store.getState().others)
  })
  lesions.subscribe(() => void look())
  return store
}

const differ = (a: readonly unknown[], b: readonly unknown[]) => a.some((one, i) => one !== b[i])
