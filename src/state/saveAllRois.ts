import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Grid } from '../core/image/volume.ts'
import { statusOf } from '../core/mask/progress.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import { programServer } from '../io/programServer.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { say } from '../messages/say.ts'
import { told } from './messages.ts'
import type { MaskStore } from '../storage/maskStore.ts'
import type { KeptRegion } from '../storage/schema.ts'
import type { PlacedPart } from '../../workers/readerApi.ts'
import type { RegionName } from './extraction.ts'
import { tellApart } from './imageNames.ts'
import type { RoiStore } from './roi.ts'

export type SavingAll =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  /** `left`: those that are on the list alone, as their geometry is not known or they are damaged. */
  | { readonly status: 'done'; readonly saved: number; readonly left: number }
  | { readonly status: 'failed'; readonly reason: Message }

export interface SaveAllState {
  readonly saving: SavingAll
  /**
   * Every region that is kept, of all images and readers, in one zip: masks on their images' own grids, and a list.
   * @param download hands it to the user
   */
  start(download: (name: string, zip: Blob) => void): Promise<void>
  dismiss(): void
}

export type SaveAllStore = StoreApi<SaveAllState>

export interface SaveAllServices {
  readonly masks: MaskStore
  readonly roi: RoiStore
  /** The image of a kept region, where it is open: its grid, and what the region is called. */
  readonly findImage: (kept: KeptRegion) => { readonly grid: Grid; readonly called: RegionName } | undefined
  readonly writeParts: (parts: readonly PlacedPart[]) => Promise<Uint8Array<ArrayBuffer>[]>
  readonly now: () => Date
}

/** Written in one worker, before the next one is started. */
const partsAtOnce = 16

interface Row {
  readonly kept: KeptRegion
  readonly called: RegionName
  readonly grid: Grid | undefined
  /** Of a region that the browser could not keep. */
  readonly part: MaskPart | undefined
}

export function createSaveAllStore({ masks, roi, findImage, writeParts, now }: SaveAllServices): SaveAllStore {
  return createStore<SaveAllState>()((set, get) => {
    const listRows = async (): Promise<Row[]> => {
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

    const pack = async (rows: readonly Row[]): Promise<{ zip: Blob; saved: number }> => {
      const { beginZip } = await programServer.load(() => import('../io/beginZip.ts'))
      const zip = beginZip(now())
      const stems = tellApart(
        rows.map(({ called }) => ({ name: called.stem, hints: [] })),
        (name, hint) => `${name}-${hint}`,
      )
      const notes = new Map<Row, Message>()
      const files = new Map<Row, string>()
      for (let from = 0; from < rows.length; from += partsAtOnce) {
        const parts: PlacedPart[] = []
        const written: Row[] = []
        for (const [i, row] of rows.slice(from, from + partsAtOnce).entries()) {
          const { part, note } = await readPart(row)
          if (!part || !row.grid) {
            if (note) notes.set(row, note)
            continue
          }
          parts.push({ part, grid: row.grid, name: `${stems[from + i]}.nii.gz` })
          written.push(row)
        }
        for (const [i, bytes] of (await writeParts(parts)).entries()) {
          await zip.add(parts[i].name, bytes)
          files.set(written[i], parts[i].name)
        }
        set({ saving: { status: 'running', done: Math.min(rows.length, from + partsAtOnce), total: rows.length } })
      }
      const lines = rows.map((row) => formatRow(row, files.get(row) ?? '', notes.get(row)))
      const { formatCsvLine } = await programServer.load(() => import('../io/tables/featureCsv.ts'))
      await zip.add('rois.csv', new TextEncoder().encode([columns, ...lines].map(formatCsvLine).join('')))
      return { zip: zip.finish(), saved: files.size }
    }

    const readPart = async ({ kept, grid, part }: Row): Promise<{ part?: MaskPart; note?: Message }> => {
      if (!grid) return { note: told('geometry-unknown', {}) }
      if (part) return { part }
      try {
        const found = await masks.find(kept.key)
        return found ? { part: await masks.unpack(found) } : { note: told('deleted-meanwhile', {}) }
      } catch (error) {
        return { note: messageOf(error) }
      }
    }

    return {
      saving: { status: 'idle' },
      async start(download) {
        if (get().saving.status === 'running') return
        set({ saving: { status: 'running', done: 0, total: 0 } })
        try {
          const rows = await listRows()
          const { zip, saved } = await pack(rows)
          download(`texel-rois-${now().toISOString().slice(0, 10)}.zip`, zip)
          set({ saving: { status: 'done', saved, left: rows.length - saved } })
        } catch (error) {
          set({ saving: { status: 'failed', reason: messageOf(error) } })
        }
      },
      dismiss: () => set({ saving: { status: 'idle' } }),
    }
  })
}

const columns = ['file', 'patient', 'reader', 'progress', 'since', 'saved', 'voxels', 'volume_cm3', 'image', 'note']

function formatRow({ kept, called }: Row, file: string, note: Message | undefined): string[] {
  const { reader, savedAt, voxelCount, volumeCm3, image } = kept
  const { progress, at } = statusOf(kept)
  return [
    file,
    called.label,
    `reader-${reader}`,
    progress,
    new Date(at).toISOString(),
    new Date(savedAt).toISOString(),
    String(voxelCount),
    String(volumeCm3),
    image,
    note ? say(note) : '',
  ]
}

/** Kept by an earlier version, and its image is not open: whose it is is not known. */
function nameless({ image, reader }: KeptRegion): RegionName {
  return { label: 'P0000', stem: `P0000_${image.slice(0, 8)}_reader-${reader}` }
}
