import type { Grid } from '../core/image/volume.ts'
import type { MaskPart } from '../core/mask/maskPart.ts'
import { statusOf } from '../core/mask/progress.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { beginZip } from '../io/beginZip.ts'
import { programServer } from '../io/programServer.ts'
import { sayInFiles } from '../messages/say.ts'
import type { MaskStore } from '../storage/maskStore.ts'
import type { KeptRegion } from '../storage/schema.ts'
import type { PlacedPart } from '../../workers/readerApi.ts'
import type { RegionName } from './extraction.ts'
import { tellApart } from './imageNames.ts'
import { told } from './messages.ts'

/** Written in one worker, before the next one is started. */
const partsAtOnce = 16

/** A region to be saved. */
export interface RoiRow {
  readonly kept: KeptRegion
  readonly called: RegionName
  readonly grid: Grid | undefined
  /** Of a region that the browser could not keep. */
  readonly part: MaskPart | undefined
}

export interface PackServices {
  readonly masks: MaskStore
  readonly writeParts: (parts: readonly PlacedPart[], signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>[]>
  readonly now: () => Date
}

/** Masks on their images' own grids, and a list of all. @param onProgress how many rows are done */
export async function packRois(
  rows: readonly RoiRow[],
  { masks, writeParts, now }: PackServices,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<{ readonly zip: Blob; readonly saved: number }> {
  const zip = beginZip(now())
  const stems = tellApart(
    rows.map(({ called }) => ({ name: called.stem, hints: [] })),
    (name, hint) => `${name}-${hint}`,
  )
  const notes = new Map<RoiRow, Message>()
  const files = new Map<RoiRow, string>()
  for (let from = 0; from < rows.length; from += partsAtOnce) {
    signal.throwIfAborted()
    const parts: PlacedPart[] = []
    const written: RoiRow[] = []
    for (const [i, row] of rows.slice(from, from + partsAtOnce).entries()) {
      const { part, note } = await readPart(masks, row)
      if (!part || !row.grid) {
        if (note) notes.set(row, note)
        continue
      }
      parts.push({ part, grid: row.grid, name: `${stems[from + i]}.nii.gz` })
      written.push(row)
    }
    for (const [i, bytes] of (await writeParts(parts, signal)).entries()) {
      await zip.add(parts[i].name, bytes)
      files.set(written[i], parts[i].name)
    }
    onProgress(Math.min(rows.length, from + partsAtOnce))
  }
  const lines = rows.map((row) => formatRow(row, files.get(row) ?? '', notes.get(row)))
  const { formatCsvLine } = await programServer.load(() => import('../io/tables/featureCsv.ts'))
  await zip.add('rois.csv', new TextEncoder().encode([columns, ...lines].map(formatCsvLine).join('')))
  return { zip: zip.finish(), saved: files.size }
}

async function readPart(masks: MaskStore, { kept, grid, part }: RoiRow): Promise<{ part?: MaskPart; note?: Message }> {
  if (!grid) return { note: told('geometry-unknown', {}) }
  if (part) return { part }
  try {
    const found = await masks.find(kept.key)
    return found ? { part: await masks.unpack(found) } : { note: told('deleted-meanwhile', {}) }
  } catch (error) {
    return { note: messageOf(error) }
  }
}

const columns = ['file', 'patient', 'lesion', 'reader', 'progress', 'since', 'saved', 'voxels', 'volume_cm3', 'image', 'note']

function formatRow({ kept, called }: RoiRow, file: string, note: Message | undefined): string[] {
  const { reader, lesion, savedAt, voxelCount, volumeCm3, image } = kept
  const { progress, at } = statusOf(kept)
  return [
    file,
    called.label,
    lesion,
    `reader-${reader}`,
    progress,
    new Date(at).toISOString(),
    new Date(savedAt).toISOString(),
    String(voxelCount),
    String(volumeCm3),
    image,
    note ? sayInFiles(note) : '',
  ]
}
