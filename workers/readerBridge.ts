import { transfer, type Remote } from 'comlink'
import type { DicomRegion } from '../src/io/dicom/aboutSeries.ts'
import type { Grid, Volume, VolumeSource } from '../src/core/image/volume.ts'
import { DataError, messageOf, type Message } from '../src/core/messages/message.ts'
import type { MaskHint } from '../src/core/mask/looksLikeMask.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { StructureSetDescription } from '../src/io/dicom/readStructures.ts'
import type { OnSeriesProgress, SeenSlice } from '../src/io/dicom/readSeries.ts'
import { referenceOf, type ReferenceImage } from '../src/io/dicom/referenceImage.ts'
import type { VolumeDescription } from '../src/io/images/describeVolume.ts'
import type { ListingRecords } from '../src/io/importing/listingCache.ts'
import type { ReadingUnit } from '../src/io/importing/planReading.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'
import type { Bytes } from '../src/io/sourceFile.ts'
import type {
  DecodingOutcome,
  FileHandle,
  FileListing,
  GuessedVolumes,
  Answer,
  PlacedPart,
  PlacedUnit,
  ReaderApi,
  SegmentationAbout,
} from './readerApi.ts'
import { WorkerEnded, type StartWorker } from './startWorker.ts'
import { tell } from './messages.ts'
import { progressUntilDone } from './progress.ts'
import { runInWorker } from './runInWorker.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { createWorkerPool, type WorkerPool } from './workerPool.ts'

export interface ReaderHost {
  readonly startWorker: StartWorker<ReaderApi>
  /** Workers that stay for the next files; where there are none they end when all is read. */
  readonly staying?: WorkerPool<ReaderApi>
  /** Files and series that are read at once, each in a worker. */
  readonly atOnce: number
  /** Where the page finds the pipelines of itk-wasm; '' in Node, which has them on disk. */
  readonly pipelinesUrl: string
}

export interface FilesProgress {
  /** Whole files and series, and the part of the one that is being read. */
  readonly done: number
  /** 0 until it is known. */
  readonly total: number
  readonly step: Message
  /** Of the series that is being read. */
  readonly seen?: SeenSlice
}

export interface ReadFilesOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (progress: FilesProgress) => void
  /** Of what was found in the files, what is to be read; all of it where it is missing. */
  readonly choose?: (units: readonly ReadingUnit[]) => readonly ReadingUnit[]
}

export interface ReadVolumesOptions {
  readonly channels?: boolean | 'masks'
  readonly references?: readonly ReferenceImage[]
  /** Whether the volumes carry `VolumeSource.identity`. */
  readonly identify?: boolean
}

/** A file, series or phase that cannot be used. */
export interface UnreadableFile {
  readonly path: string
  readonly series?: string
  readonly phase?: string
  readonly error: Message
  /** It would have been a mask: a DICOM segmentation or structure set. */
  readonly isMask?: true
}

export interface VolumeOfFiles {
  readonly volume: Volume
  readonly warnings: readonly Message[]
  /** A guess from its values that it is a mask. */
  readonly isMask: boolean
  /** Why a person should be asked if it is one, where that guess says no. */
  readonly maskHint?: MaskHint | undefined
  /** The files that hold it, as indices of those given. */
  readonly files: readonly number[]
}

export type FileOutcome = VolumeOfFiles | UnreadableFile
export type DescribedVolume =
  VolumeDescription | StructureSetDescription | (UnreadableFile & { readonly warnings: readonly Message[] })

/**
 * Reads files in workers that end when all is read (`ReaderHost.staying` aside), and before that where one failed or holds much
 * memory: memory comes back, and a crash is the error of that file only. 4D files and DICOM series of several volumes give each volume by itself.
 * @param options.channels for masks: a volume a channel where a file has several numbers a voxel ('masks': where all of them
 *   are labels)
 * @param options.references images that are open already, on which structure sets may be drawn; those read here are added
 * @throws the signal's reason if it aborts
 */
export async function* readVolumes(
  host: ReaderHost,
  files: readonly FileHandle[],
  options: ReadFilesOptions & ReadVolumesOptions = {},
): AsyncGenerator<FileOutcome> {
  const references = [...(options.references ?? [])]
  const work: UnitWork<GuessedVolumes> = (api, own, unit, onProgress) => {
    const { channels = false, identify = false } = options
    const about = { channels, identify, ...(unit.kind === 'structures' && { references }) }
    return api.read(host.pipelinesUrl, own, unit, about, onProgress)
  }
  for await (const { unit, handles, outcome } of eachUnit(host, files, options, work)) {
    if ('error' in outcome) yield unreadable(unit, outcome.error)
    else {
      const { volumes, warnings, areMasks, maskHints } = outcome.value
      references.push(...volumes.flatMap((volume) => referenceOf(volume) ?? []))
      for (const [i, volume] of volumes.entries())
        yield { volume, warnings, isMask: areMasks[i], maskHint: maskHints[i], files: handles }
    }
  }
}

/**
 * What lies in files, from their headers alone, listed in a worker that ends then.
 * @param known of an earlier listing
 * @throws DataError if a file cannot be read; the signal's reason if it aborts
 */
export async function listFiles(
  host: ReaderHost,
  files: readonly FileHandle[],
  known: ListingRecords,
  { signal, onProgress }: Pick<ReadFilesOptions, 'signal'> & { readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<FileListing> {
  const listing = progressUntilDone((done: number, total: number) => onProgress?.(done, total))
  const found = await runInWorker(
    host.startWorker,
    async (api): Promise<Answer<FileListing>> => api.list(files, known, listing.report),
    signal,
  )
  listing.done()
  if ('error' in found) throw new DataError(found.error)
  return found.value
}

/** What `inspect` lists. The voxels stay in the workers. @throws the signal's reason if it aborts */
export async function* describeVolumes(
  host: ReaderHost,
  files: readonly FileHandle[],
  options: ReadFilesOptions & { readonly labels?: boolean } = {},
): AsyncGenerator<DescribedVolume> {
  const work: UnitWork<(VolumeDescription | StructureSetDescription)[]> = (api, own, unit) =>
    api.describe(host.pipelinesUrl, own, unit, { labels: options.labels ?? false })
  for await (const { unit, outcome } of eachUnit(host, files, options, work)) {
    if ('error' in outcome)
      yield { ...unreadable(unit, outcome.error), warnings: unit.kind === 'series' ? unit.plan.warnings : [] }
    else yield* outcome.value
  }
}

/**
 * Masks as a DICOM segmentation or structure set of the series that they were drawn on.
 * @param source of their image
 * @throws DataError if that is not from DICOM files
 */
export async function formatDicom(
  host: ReaderHost,
  write: 'writeSegmentation' | 'writeStructures',
  regions: readonly DicomRegion[],
  source: VolumeSource,
  about: SegmentationAbout,
  signal?: AbortSignal,
): Promise<Bytes> {
  const alone = regions.map(({ mask: { voxels, size, spacingMm, originMm, direction }, label, colour }) => ({
    ...{ label, colour },
    mask: { voxels, size, spacingMm, originMm, direction },
  }))
  return runInWorker(host.startWorker, (api) => api[write](alone, source, about), signal)
}

/** A mask or volume as the bytes of a NIfTI or NRRD file. @param name with the ending .nii, .nii.gz or .nrrd */
export async function formatImage(
  host: ReaderHost,
  { size, spacingMm, originMm, direction, voxels }: Grid & { readonly voxels: VoxelArray },
  name: string,
  signal?: AbortSignal,
): Promise<Bytes> {
  return runInWorker(
    host.startWorker,
    (api) => api.write(host.pipelinesUrl, { size, spacingMm, originMm, direction, voxels }, name),
    signal,
  )
}

/** Masks as the bytes of files, in one worker. @param parts so few that they fit into memory together, one at a time as whole grids */
export async function formatParts(host: ReaderHost, parts: readonly PlacedPart[], signal?: AbortSignal): Promise<Bytes[]> {
  if (parts.length === 0) return []
  return runInWorker(
    host.startWorker,
    async (api, life) => {
      const sent: PlacedPart[] = []
      for (const { part, ...placed } of parts)
        sent.push({ ...placed, part: { ...part, voxels: await copyInPieces(part.voxels, life) } })
      const buffers = sent.map(({ part }) => part.voxels.buffer)
      return api.writeParts(host.pipelinesUrl, transfer(sent, buffers))
    },
    signal,
  )
}

/** @param own the files that the unit counts */
type UnitWork<T> = (
  api: Remote<ReaderApi>,
  own: readonly FileHandle[],
  unit: ReadingUnit,
  onProgress: OnSeriesProgress,
) => Promise<DecodingOutcome<T>>

async function* eachUnit<T>(
  host: ReaderHost,
  files: readonly FileHandle[],
  options: ReadFilesOptions,
  work: UnitWork<T>,
): AsyncGenerator<PlacedUnit & { readonly outcome: Answer<T> }> {
  if (files.length === 0) return
  const pool = host.staying ?? createWorkerPool(host.startWorker)
  try {
    const planned = await planUnits(pool, files, options)
    options.signal?.throwIfAborted()
    if ('error' in planned)
      yield { unit: { kind: 'unusable', path: files[0].path, error: planned.error }, handles: [], outcome: planned }
    else yield* readUnits(pool, host.atOnce, files, planned.value, options, work)
  } finally {
    if (!host.staying) pool.close()
  }
}

/** Looks into all files. @returns of what is in them, that which is to be read */
async function planUnits(
  pool: WorkerPool<ReaderApi>,
  files: readonly FileHandle[],
  { signal, onProgress, choose = (units) => units }: ReadFilesOptions,
): Promise<Answer<PlacedUnit[]>> {
  const step = tell('looking', {})
  onProgress?.({ done: 0, total: 0, step })
  const looking = progressUntilDone((done: number, total: number) => onProgress?.({ done, total, step }))
  const found = await orCrash(() =>
    pool.run(async (api): Promise<Answer<PlacedUnit[]>> => api.plan(files, looking.report), { signal }),
  )
  looking.done()
  if ('error' in found || signal?.aborted) return found
  const placed = new Map(found.value.map((one) => [one.unit, one]))
  return { value: choose([...placed.keys()]).map((unit) => placed.get(unit)!) }
}

/** In their order, some ahead of the one that is waited for. */
async function* readUnits<T>(
  pool: WorkerPool<ReaderApi>,
  atOnce: number,
  files: readonly FileHandle[],
  units: readonly PlacedUnit[],
  { signal, onProgress }: ReadFilesOptions,
  work: UnitWork<T>,
): AsyncGenerator<PlacedUnit & { readonly outcome: Answer<T> }> {
  const parts = units.map(() => 0)
  const slices = new Map<number, SeenSlice>()
  let inHand = 0
  const tellHowFar = () => {
    // What comes before the one in hand is done, and what comes behind those ahead has not begun.
    const done = parts.slice(inHand, inHand + atOnce).reduce((sum, part) => sum + part, inHand)
    const seen = slices.get(inHand)
    onProgress?.({
      done,
      total: units.length,
      step: tell('reading', { name: nameOf(units[inHand].unit) }),
      ...(seen && { seen }),
    })
  }
  const read = async (at: number): Promise<Answer<T>> => {
    const { unit, handles } = units[at]
    if (unit.kind === 'unusable') return { error: unit.error }
    const own = handles.map((handle) => files[handle])
    const reading = progressUntilDone<Parameters<OnSeriesProgress>>((part, of, slice) => {
      parts[at] = part / of
      if (slice) slices.set(at, slice)
      tellHowFar()
    })
    const outcome = await orCrash(() =>
      pool.run((api) => work(api, own, unit, reading.report), { signal, isSpent: ({ isSpent }) => isSpent }),
    )
    reading.done()
    slices.delete(at)
    parts[at] = 1
    return outcome
  }
  const ahead: Promise<Answer<T>>[] = []
  for (; inHand < units.length; inHand++) {
    signal?.throwIfAborted()
    tellHowFar()
    for (let next = inHand + ahead.length; next < Math.min(units.length, inHand + atOnce); next++) {
      // Structure sets are drawn on images that come before them.
      if (next > inHand && units[next].unit.kind === 'structures') break
      ahead.push(read(next))
    }
    const outcome = await ahead.shift()!
    signal?.throwIfAborted()
    yield { ...units[inHand], outcome }
  }
}

function nameOf(unit: ReadingUnit): string {
  return unit.kind === 'series' ? [unit.plan.series, unit.plan.phase].filter(Boolean).join(', ') : unit.path
}

/** What ends a worker, whatever the reason, is the error of what it was reading; after an abort the caller looks at the signal. */
async function orCrash<T>(run: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await run()
  } catch (error) {
    const told = messageOf(error)
    if (error instanceof ProgramLoadError) return { error: told }
    return {
      error: error instanceof WorkerEnded ? tell('ended-by-file', { ended: told }) : tell('reader-failed', { error: told }),
    }
  }
}

function unreadable(unit: ReadingUnit, error: Message): UnreadableFile {
  if (unit.kind === 'segmentation' || unit.kind === 'structures') return { path: unit.path, error, isMask: true }
  if (unit.kind !== 'series') return { path: unit.path, error }
  return { path: unit.path, series: unit.plan.series, ...(unit.plan.phase && { phase: unit.plan.phase }), error }
}
