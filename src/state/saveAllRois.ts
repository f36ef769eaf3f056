import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Grid } from '../core/image/volume.ts'
import { lesionSuffix } from '../core/study/lesions.ts'
import { programServer } from '../io/programServer.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import type { KeptRegion } from '../storage/schema.ts'
import type { RegionName } from './extraction.ts'
import type { PackServices, RoiRow } from './packRois.ts'
import type { RoiStore } from './roi.ts'

export type SavingAll =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  /** `left`: those that are on the list alone, as their geometry is not known or they are damaged. */
  | { readonly status: 'done'; readonly saved: number; readonly left: number; readonly readerCount: number }
  | { readonly status: 'failed'; readonly reason: Message }

export interface SaveAllState {
  readonly saving: SavingAll
  /**
   * Every region that is kept, of all images and readers, in one zip: masks on their images' own grids, and a list.
   * @param download hands it to the user
   */
  start(download: (name: string, zip: Blob) => void): Promise<void>
  /** Ends what is being saved; no file is made. */
  cancel(): void
  dismiss(): void
}

export type SaveAllStore = StoreApi<SaveAllState>

export interface SaveAllServices extends PackServices {
  readonly roi: RoiStore
  /** The image of a kept region, where it is open: its grid, and what the region is called. */
  readonly findImage: (kept: KeptRegion) => { readonly grid: Grid; readonly called: RegionName } | undefined
}

export function createSaveAllStore({ masks, roi, findImage, writeParts, now }: SaveAllServices): SaveAllStore {
  let running = new AbortController()

  return createStore<SaveAllState>()((set, get) => {
    const listRows = async (): Promise<RoiRow[]> => {
      await roi.getState().whenKept()
      const unkept = roi.getState().listUnkept()
      const isUnkept = new Set(unkept.map(({ key }) => key))
      const kept = (await masks.list()).filter(({ key, voxelCount }) => voxelCount > 0 && !isUnkept.has(key))
      const drawn = unkept.map(({ part, ...about }) => ({
        ...about,
        savedAt: now().getTime(),
        size: part.size,
        box: part.box,
        part,
      }))
      return [...drawn, ...kept].map((one) => {
        const found = findImage(one)
        const open = found?.grid.size.join() === one.size.join() ? found : undefined
        const grid = open?.grid ?? (one.grid && { ...one.grid, size: one.size })
        const part = 'part' in one ? one.part : undefined
        return { kept: one, called: open?.called ?? one.called ?? nameless(one), grid, part }
      })
    }

    return {
      saving: { status: 'idle' },
      async start(download) {
        if (get().saving.status === 'running') return
        set({ saving: { status: 'running', done: 0, total: 0 } })
        running = new AbortController()
        const { signal } = running
        try {
          const rows = await listRows()
          const { packRois } = await programServer.load(() => import('./packRois.ts'))
          const onProgress = (done: number) => set({ saving: { status: 'running', done, total: rows.length } })
          const { zip, saved } = await packRois(rows, { masks, writeParts, now }, onProgress, signal)
          download(`texel-rois-${now().toISOString().slice(0, 10)}.zip`, zip)
          const readerCount = new Set(rows.map(({ kept }) => kept.reader)).size
          set({ saving: { status: 'done', saved, left: rows.length - saved, readerCount } })
        } catch (error) {
          set({ saving: signal.aborted ? { status: 'idle' } : { status: 'failed', reason: messageOf(error) } })
        }
      },
      cancel: () => running.abort(new Error('Saving was cancelled.')),
      dismiss: () => set({ saving: { status: 'idle' } }),
    }
  })
}

/** Kept by an earlier version, and its image is not open: whose it is is not known. */
function nameless({ image, reader, lesion }: KeptRegion): RegionName {
  return { label: 'P0000', stem: `P0000_${image.slice(0, 8)}_reader-${reader}${lesionSuffix(lesion)}` }
}
