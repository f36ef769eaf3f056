import { transfer, type Remote } from 'comlink'
import type { Grid, Volume, VolumeSource } from '../src/core/image/volume.ts'
import type { MaskHint } from '../src/core/mask/looksLikeMask.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { StructureSetDescription } from '../src/io/dicom/readStructures.ts'
import type { OnSeriesProgress, SeenSlice } from '../src/io/dicom/readSeries.ts'
import { referenceOf, type ReferenceImage } from '../src/io/dicom/referenceImage.ts'
import type { VolumeDescription } from '../src/io/describeVolume.ts'
import type { ReadingUnit } from '../src/io/planReading.ts'
import { isProgramLoadError } from '../src/io/programLoadError.ts'
import type { Bytes } from '../src/io/sourceFile.ts'
import type { FileHandle, Outcome, PlacedPart, ReaderApi, SegmentationAbout } from './readerApi.ts'
import { WorkerEnded, type LivingWorker } from './livingWorker.ts'
import { progressUntilDone } from './progress.ts'
import { runInWorker } from './runInWorker.ts'
import { copyInPieces } from './sendInPieces.ts'

export interface ReaderHost {
  readonly startWorker: () => LivingWorker<ReaderApi>
  /** Where the page finds the pipelines of itk-wasm; '' in Node, which has them on disk. */
  readonly pipelinesUrl: string
}

export interface ReadProgress {
  /** Whole files and series, and the part of the one that is being read. */
  readonly done: number
  /** 0 until it is known. */
  readonly total: number
  /** What is being read, in the user's words. */
  readonly step: string
  /** Of the series that is being read. */
  readonly seen?: SeenSlice
}

export interface ReadFilesOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReadProgress) => void
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
  readonly error: string
  /** It would have been a mask: a DICOM segmentation or structure set. */
  readonly isMask?: true
}

export interface FoundVolume {
  readonly volume: Volume
  readonly warnings: readonly string[]
  /** A guess from its values that it is a mask. */
  readonly isMask: boolean
  /** Why a person should be asked if it is one, where that guess says no. */
  readonly maskHint?: MaskHint | undefined
  /** The files that hold it, as indices of those given. */
  readonly files: readonly number[]
}

export type ReadOutcome = FoundVolume | UnreadableFile
export type DescribedVolume =
  VolumeDescription | StructureSetDescription | (UnreadableFile & { readonly warnings: readonly string[] })

/**
 * Reads files one after the other, each in a worker of its own that ends with it: memory comes back, and a crash is the error
 * of that file only. 4D files and DICOM series of several volumes give each volume by itself.
 * @param options.channels for masks: a volume a channel where a file has several numbers a voxel ('masks': where all of them
 *   are labels)
 * @param options.references images that are open already, on which structure sets may be drawn; those read here are added
 * @throws the signal's reason if it aborts
 */
export async function* readVolumes(
  host: ReaderHost,
  files: readonly FileHandle[],
  options: ReadFilesOptions & ReadVolumesOptions = {},
): AsyncGenerator<ReadOutcome> {
  const references = [...(options.references ?? [])]
  const work = (api: Remote<ReaderApi>, unit: ReadingUnit, onProgress: OnSeriesProgress) => {
    const { channels = false, identify = false } = options
    const about = { channels, identify, ...(unit.kind === 'structures' && { references }) }
    return api.read(host.pipelinesUrl, files, unit, about, onProgress)
  }
  for await (const { unit, outcome } of eachUnit(host, files, options, work)) {
    if ('error' in outcome) yield unreadable(unit, outcome.error)
    else {
      const { volumes, warnings, areMasks, maskHints, handles } = outcome.value
      references.push(...volumes.flatMap((volume) => referenceOf(volume) ?? []))
      for (const [i, volume] of volumes.entries())
        yield { volume, warnings, isMask: areMasks[i], maskHint: maskHints[i], files: handles }
    }
  }
}

/** What `inspect` lists. The voxels stay in the workers. @throws the signal's reason if it aborts */
export async function* describeVolumes(
  host: ReaderHost,
  files: readonly FileHandle[],
  options: ReadFilesOptions & { readonly labels?: boolean } = {},
): AsyncGenerator<DescribedVolume> {
  const work = (api: Remote<ReaderApi>, unit: ReadingUnit) =>
    api.describe(host.pipelinesUrl, files, unit, { labels: options.labels ?? false })
  for await (const { unit, outcome } of eachUnit(host, files, options, work)) {
    if ('error' in outcome)
      yield { ...unreadable(unit, outcome.error), warnings: unit.kind === 'series' ? unit.plan.warnings : [] }
    else yield* outcome.value
  }
}

/** A mask as a DICOM segmentation of the series that it was drawn on. @param source of its image. @throws Error if that is not from DICOM files */
export async function formatSegmentation(
  host: ReaderHost,
  { voxels, size, spacingMm, originMm, direction }: Mask,
  source: VolumeSource,
  about: SegmentationAbout,
): Promise<Bytes> {
  return runInWorker(host.startWorker, (api) =>
    api.writeSegmentation({ voxels, size, spacingMm, originMm, direction }, source, about),
  )
}

/** A mask as a DICOM structure set of the series that it was drawn on. @param source of its image. @throws Error if that is not from DICOM files */
export async function formatStructures(
  host: ReaderHost,
  { voxels, size, spacingMm, originMm, direction }: Mask,
  source: VolumeSource,
  about: SegmentationAbout,
): Promise<Bytes> {
  return runInWorker(host.startWorker, (api) =>
    api.writeStructures({ voxels, size, spacingMm, originMm, direction }, source, about),
  )
}

/** A mask or volume as the bytes of a NIfTI or NRRD file. @param name with the ending .nii, .nii.gz or .nrrd */
export async function formatImage(
  host: ReaderHost,
  volume: Grid & { readonly voxels: VoxelArray },
  name: string,
): Promise<Bytes> {
  return runInWorker(host.startWorker, ({ write }) =>
    write(
      host.pipelinesUrl,
      {
        size: volume.size,
        spacingMm: volume.spacingMm,
        originMm: volume.originMm,
        direction: volume.direction,
        voxels: volume.voxels,
      },
      name,
    ),
  )
}

/** Masks as the bytes of files, in one worker. @param parts so few that they fit into memory together, one at a time as whole grids */
export async function formatParts(host: ReaderHost, parts: readonly PlacedPart[]): Promise<Bytes[]> {
  if (parts.length === 0) return []
  return runInWorker(host.startWorker, async (api) => {
    const sent: PlacedPart[] = []
    for (const { part, ...placed } of parts) sent.push({ ...placed, part: { ...part, voxels: await copyInPieces(part.voxels) } })
    const buffers = sent.map(({ part }) => part.voxels.buffer)
    return api.writeParts(host.pipelinesUrl, transfer(sent, buffers))
  })
}

async function* eachUnit<T>(
  host: ReaderHost,
  files: readonly FileHandle[],
  { signal, onProgress, choose = (units) => units }: ReadFilesOptions,
  work: (api: Remote<ReaderApi>, unit: ReadingUnit, onProgress: OnSeriesProgress) => Promise<Outcome<T>>,
): AsyncGenerator<{ unit: ReadingUnit; outcome: Outcome<T> }> {
  if (files.length === 0) return
  const lookStep = 'Looking into the files'
  onProgress?.({ done: 0, total: 0, step: lookStep })
  const looking = progressUntilDone((done: number, total: number) => onProgress?.({ done, total, step: lookStep }))
  const planned = await orCrash(() =>
    runInWorker(host.startWorker, async (api): Promise<Outcome<ReadingUnit[]>> => api.plan(files, looking.report), signal),
  )
  looking.done()
  signal?.throwIfAborted()
  if ('error' in planned) {
    yield { unit: { kind: 'unusable', path: files[0].path, error: planned.error }, outcome: planned }
    return
  }
  const units = choose(planned.value)
  for (const [done, unit] of units.entries()) {
    signal?.throwIfAborted()
    const name = unit.kind === 'series' ? [unit.plan.series, unit.plan.phase].filter(Boolean).join(', ') : unit.path
    const all = { total: units.length, step: `Reading ${name}` }
    onProgress?.({ done, ...all })
    let looked: SeenSlice | undefined
    const reading = progressUntilDone<Parameters<OnSeriesProgress>>((part, of, seen) => {
      looked = seen ?? looked
      onProgress?.({ done: done + part / of, ...all, ...(looked && { seen: looked }) })
    })
    const outcome =
      unit.kind === 'unusable'
        ? { error: unit.error }
        : await orCrash(() => runInWorker(host.startWorker, (api) => work(api, unit, reading.report), signal))
    reading.done()
    signal?.throwIfAborted()
    yield { unit, outcome }
  }
}

/** What ends a worker, whatever the reason, is the error of what it was reading; after an abort the caller looks at the signal. */
async function orCrash<T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await run()
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    if (isProgramLoadError(error)) return { error: told }
    return {
      error:
        error instanceof WorkerEnded
          ? `${told} Or the file is damaged: copy or export it again.`
          : `The reader stopped unexpectedly: ${told} The file may be damaged or need more memory than there is.`,
    }
  }
}

function unreadable(unit: ReadingUnit, error: string): UnreadableFile {
  if (unit.kind === 'segmentation' || unit.kind === 'structures') return { path: unit.path, error, isMask: true }
  if (unit.kind !== 'series') return { path: unit.path, error }
  return { path: unit.path, series: unit.plan.series, ...(unit.plan.phase && { phase: unit.plan.phase }), error }
}
