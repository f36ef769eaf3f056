import { releaseProxy, transfer } from 'comlink'
import type { Grid, VolumeSource } from '../src/core/image/volume.ts'
import { findMaskHint, looksLikeMask, type MaskHint } from '../src/core/mask/looksLikeMask.ts'
import { placeMask, type MaskPart } from '../src/core/mask/maskPart.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import { describeStructures, type StructureSetDescription } from '../src/io/dicom/readStructures.ts'
import type { OnSeriesProgress } from '../src/io/dicom/readSeries.ts'
import type { ReferenceImage } from '../src/io/dicom/referenceImage.ts'
import { describeVolume, type VolumeDescription } from '../src/io/images/describeVolume.ts'
import type { ImageCodec, ItkImage } from '../src/io/images/imageCodec.ts'
import { recogniseFormat } from '../src/io/images/imageFormat.ts'
import { openZip } from '../src/io/openZip.ts'
import { amongFiles, filesOf, planReading, type PlannedFile, type ReadingUnit } from '../src/io/importing/planReading.ts'
import { DataError, type Message } from '../src/core/messages/message.ts'
import type { ReadVolumes } from '../src/io/images/readImageFile.ts'
import { listImages } from '../src/io/importing/listImages.ts'
import { createListingCache, type ListingRecords } from '../src/io/importing/listingCache.ts'
import { nameImages, type NamedListing } from '../src/io/importing/nameImages.ts'
import { readUnit } from '../src/io/importing/readUnit.ts'
import type { Bytes, SourceFile } from '../src/io/sourceFile.ts'
import type { DicomRegion } from '../src/io/dicom/aboutSeries.ts'
import { defaultStructuresOptions, writeStructures } from '../src/io/dicom/writeStructures.ts'
import { defaultSegmentationOptions, writeSegmentation, type SegmentationOptions } from '../src/io/dicom/writeSegmentation.ts'
import { writeImage } from '../src/io/images/writeImage.ts'

/** A file as it passes to a worker. */
export interface FileHandle {
  readonly path: string
  /** Found in a folder, not chosen by itself: no error if it is no image. */
  readonly inFolder: boolean
  /** The content in a browser; the absolute path in Node. */
  readonly content: Blob | string
}

/** What can be read at once, from its own files alone. */
export interface PlacedUnit {
  /** Counts the files behind its own handles. */
  readonly unit: ReadingUnit
  /** Those of its files, as indices of those given. */
  readonly handles: readonly number[]
}

/** What lies in files; those of an image are indices of the handles. */
export interface FileListing extends NamedListing {
  /** For a second listing. */
  readonly records: ListingRecords
}

/** With a guess for each volume whether it holds labels. */
export type GuessedVolumes = ReadVolumes & {
  readonly areMasks: readonly boolean[]
  readonly maskHints: readonly (MaskHint | undefined)[]
}

/** A result, or why there is none. */
export type Answer<T> = { readonly value: T } | { readonly error: Message }

/** With whether the worker is to be ended: ITK failed in it, or decoded so much that it holds much memory. */
export type DecodingOutcome<T> = Answer<T> & { readonly isSpent: boolean }

/** Of voxels. ITK keeps the files that it was given, and its memory never shrinks; a new worker costs a fraction of a second. */
const spentBytes = 64 * 2 ** 20

/** What the caller says of a segmentation. */
export type SegmentationAbout = Pick<SegmentationOptions, 'version'>

/** A region without the empty room around it, and the grid that it lies on. */
export interface PlacedPart {
  readonly part: MaskPart
  readonly grid: Grid
  /** With the ending .nii, .nii.gz or .nrrd. */
  readonly name: string
}

export type ReaderApi = ReturnType<typeof createReaderApi>

/** What a reader worker does, the same in a browser and in Node. */
export function createReaderApi(
  codecAt: (pipelinesUrl: string) => ImageCodec,
  openFile: (handle: FileHandle) => Promise<SourceFile>,
) {
  let itkBytes = 0
  let hasItkFailed = false
  const watch =
    <Sent extends unknown[], Made extends ItkImage | undefined>(decode: (...sent: Sent) => Promise<Made>) =>
    async (...sent: Sent): Promise<Made> => {
      try {
        const image = await decode(...sent)
        itkBytes += image?.data?.byteLength ?? 0
        return image
      } catch (error) {
        hasItkFailed = true
        throw error
      }
    }
  const watchedCodecAt = (pipelinesUrl: string): ImageCodec => {
    const codec = codecAt(pipelinesUrl)
    return { ...codec, readImage: watch(codec.readImage), readDicomSlices: watch(codec.readDicomSlices) }
  }
  const decodingOutcomeOf = async <T>(work: () => Promise<T>): Promise<DecodingOutcome<T>> => ({
    ...(await outcomeOf(work)),
    isSpent: hasItkFailed || itkBytes > spentBytes,
  })
  return {
    async plan(handles: readonly FileHandle[], onProgress: (done: number, total: number) => void): Promise<Answer<PlacedUnit[]>> {
      return outcomeOf(async () => {
        const files = await openAll(handles, openFile)
        return (await planReading(files, { onProgress })).map((unit) => placeUnit(unit, files))
      }).finally(() => release(onProgress))
    },
    /** What lies in files, from their headers alone. @param known of an earlier listing: what did not change is not read again */
    async list(
      handles: readonly FileHandle[],
      known: ListingRecords,
      onProgress: (done: number, total: number) => void,
    ): Promise<Answer<FileListing>> {
      return outcomeOf(async () => {
        const files = await openAll(handles, openFile)
        const cache = createListingCache(known)
        // Files that were chosen by themselves are of no folder.
        const rootOf = (file: number) => /^([^/]*)\//.exec(handles[files[file].handle].path)?.[1] ?? ''
        const isOneRoot = new Set(files.map((_, file) => rootOf(file))).size < 2
        const listing = await listImages(files, { known: cache, onProgress, ...(!isOneRoot && { rootOf }) })
        const named = nameImages(listing, ({ files: [file] }) => files[file].file.path.replace(/^[^/]*\//, ''))
        const ofHandles = <T extends { readonly files: readonly number[] }>(found: T): T => ({
          ...found,
          files: [...new Set(found.files.map((file) => files[file].handle))],
        })
        return { ...named, images: named.images.map(ofHandles), masks: named.masks.map(ofHandles), records: cache.records() }
      }).finally(() => release(onProgress))
    },
    async read(
      pipelinesUrl: string,
      handles: readonly FileHandle[],
      unit: ReadingUnit,
      options: { channels?: boolean | 'masks'; references?: readonly ReferenceImage[]; identify?: boolean },
      onProgress: OnSeriesProgress,
    ): Promise<DecodingOutcome<GuessedVolumes>> {
      const outcome = await decodingOutcomeOf(async () => {
        const files = await openAll(handles, openFile)
        const read = await readUnit(watchedCodecAt(pipelinesUrl), files, unit, { ...options, onProgress })
        const areMasks = read.volumes.map((volume) => volume.source.segments !== undefined || looksLikeMask(volume))
        const maskHints = read.volumes.map((volume, i) => (areMasks[i] ? undefined : findMaskHint(volume)))
        return { ...read, areMasks, maskHints }
      }).finally(() => release(onProgress))
      return 'error' in outcome
        ? outcome
        : transfer(outcome, [...new Set(outcome.value.volumes.map(({ voxels }) => voxels.buffer))])
    },
    async describe(
      pipelinesUrl: string,
      handles: readonly FileHandle[],
      unit: ReadingUnit,
      options: { labels?: boolean },
    ): Promise<DecodingOutcome<(VolumeDescription | StructureSetDescription)[]>> {
      return decodingOutcomeOf(async () => {
        const files = await openAll(handles, openFile)
        if (unit.kind === 'structures') {
          const described = await describeStructures(files[unit.file].file)
          return [{ ...described, warnings: [...unit.warnings, ...described.warnings] }]
        }
        const { volumes, warnings } = await readUnit(watchedCodecAt(pipelinesUrl), files, unit)
        return volumes.map((volume) => describeVolume(volume, warnings, options))
      })
    },
    async write(pipelinesUrl: string, volume: Grid & { readonly voxels: VoxelArray }, name: string): Promise<Bytes> {
      const bytes = await writeImage(codecAt(pipelinesUrl), volume, name)
      return transfer(bytes, [bytes.buffer])
    },
    /** See `formatParts`. */
    async writeParts(pipelinesUrl: string, parts: readonly PlacedPart[]): Promise<Bytes[]> {
      const codec = codecAt(pipelinesUrl)
      const written: Bytes[] = []
      for (const { part, grid, name } of parts) written.push(await writeImage(codec, { ...grid, voxels: placeMask(part) }, name))
      return transfer(
        written,
        written.map(({ buffer }) => buffer),
      )
    },
    writeSegmentation(regions: readonly DicomRegion[], source: VolumeSource, about: SegmentationAbout): Bytes {
      const bytes = writeSegmentation(regions, source, { ...defaultSegmentationOptions, ...about, now: new Date() })
      return transfer(bytes, [bytes.buffer])
    },
    writeStructures(regions: readonly DicomRegion[], source: VolumeSource, about: SegmentationAbout): Bytes {
      const bytes = writeStructures(regions, source, { ...defaultStructuresOptions, ...about, now: new Date() })
      return transfer(bytes, [bytes.buffer])
    },
  }
}

/** Errors of the files are results; those of the program stay errors. */
async function outcomeOf<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof DataError) return { error: error.told }
    throw error
  }
}

/** Gives a function of the caller back, once it is told nothing more: a worker that stays would keep the port that it is called by. */
function release(told: object): void {
  ;(told as { readonly [releaseProxy]?: () => void })[releaseProxy]?.()
}

/** With the index of its handle. */
type OpenedFile = PlannedFile & { readonly handle: number }

function placeUnit(unit: ReadingUnit, files: readonly OpenedFile[]): PlacedUnit {
  const own = new Set(filesOf(unit).map((file) => files[file].handle))
  const places = new Map<number, number>()
  for (const [i, { handle }] of files.entries()) if (own.has(handle)) places.set(i, places.size)
  return { unit: amongFiles(unit, (file) => places.get(file)!), handles: [...own].sort((a, b) => a - b) }
}

/** The files behind the handles, with those of a zip in its place: always in the same order, so that indices stay valid. */
async function openAll(
  handles: readonly FileHandle[],
  openFile: (handle: FileHandle) => Promise<SourceFile>,
): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = []
  for (const [i, handle] of handles.entries()) {
    const file = await openFile(handle)
    const start = /\.zip$/i.test(file.path) ? await file.bytes(0, Math.min(4, file.size)) : undefined
    const members = start && recogniseFormat(start)?.format === 'zip' ? await membersOf(file) : undefined
    for (const member of members ?? [{ file, inFolder: handle.inFolder }]) opened.push({ ...member, handle: i })
  }
  return opened
}

/** Undefined for a zip that does not open: planning tells it. */
async function membersOf(zip: SourceFile): Promise<PlannedFile[] | undefined> {
  try {
    return (await openZip(zip)).map((file) => ({ file, inFolder: true }))
  } catch (error) {
    if (error instanceof DataError) return undefined
    throw error
  }
}
