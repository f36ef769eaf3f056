import type { Grid, VolumeSource } from '../src/core/image/volume.ts'
import type { DicomRegion } from '../src/io/dicom/aboutSeries.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { Bytes } from '../src/io/sourceFile.ts'
import type { FoundImage, ListedMask } from '../src/io/importing/listImages.ts'
import type { ListingRecords } from '../src/io/importing/listingCache.ts'
import type { FileHandle, FileListing, PlacedPart, ReaderApi, SegmentationAbout } from './readerApi.ts'
import { pipelinesUrl } from './pipelinesUrl.ts'
import {
  formatImage,
  formatParts,
  formatDicom,
  listFiles as listInWorker,
  readVolumes,
  type ReaderHost,
  type ReadFilesOptions,
  type ReadVolumesOptions,
  type VolumeOfFiles,
  type UnreadableFile,
} from './readerBridge.ts'
import { workerKind } from './workerKind.ts'
import { createWorkerPool, type WorkerPool } from './workerPool.ts'

export type { FilesProgress } from './readerBridge.ts'

export interface NamedFile {
  readonly path: string
  readonly file: Blob
}

/** Files chosen together, in a browser. A path with a folder in it tells that the folder was chosen, not the file. */
export async function* readFiles(
  files: readonly NamedFile[],
  options: ReadFilesOptions & ReadVolumesOptions = {},
  host = browserReader(),
): AsyncGenerator<UnreadableFile | (Omit<VolumeOfFiles, 'files'> & { readonly files: readonly NamedFile[] })> {
  const visible = files.filter(isVisible)
  const handles = visible.map(handleOf)
  for await (const outcome of readVolumes(host, handles, { ...options, identify: true }))
    yield 'error' in outcome ? outcome : { ...outcome, files: outcome.files.map((index) => visible[index]) }
}

const isVisible = ({ path }: NamedFile) => !path.split('/').some((part) => part.startsWith('.'))
const handleOf = ({ path, file }: NamedFile): FileHandle => ({
  path,
  inFolder: path.replace(/^\//, '').includes('/'),
  content: file,
})

/** See `listFiles` of the bridge. @returns with each image the files that hold it */
export async function listFiles(
  files: readonly NamedFile[],
  known: ListingRecords,
  options: Parameters<typeof listInWorker>[3],
): Promise<ListedFiles> {
  const visible = files.filter(isVisible)
  const { images, masks, ...listing } = await listInWorker(browserReader(), visible.map(handleOf), known, options)
  const ofFiles = <T extends { readonly files: readonly number[] }>(found: T) => ({
    ...found,
    files: found.files.map((index) => visible[index]),
  })
  return { ...listing, images: images.map(ofFiles), masks: masks.map(ofFiles) }
}

/** What lies in files that were chosen together. */
export type ListedFiles = Omit<FileListing, 'images' | 'masks'> & {
  readonly images: readonly (Omit<FoundImage, 'files'> & { readonly files: readonly NamedFile[] })[]
  readonly masks: readonly (Omit<ListedMask, 'files'> & { readonly files: readonly NamedFile[] })[]
}

/** A mask or volume as the bytes of a NIfTI or NRRD file, made in a worker. @param name with the ending .nii, .nii.gz or .nrrd @throws the signal's reason */
export function saveImage(volume: Grid & { readonly voxels: VoxelArray }, name: string, signal?: AbortSignal): Promise<Bytes> {
  return formatImage(browserReader(), volume, name, signal)
}

/** See `formatParts`. */
export function saveParts(parts: readonly PlacedPart[], signal?: AbortSignal): Promise<Bytes[]> {
  return formatParts(browserReader(), parts, signal)
}

/** Masks as a DICOM segmentation, made in a worker. @param source of their image. @throws DataError if that was not read from DICOM files */
export function saveSegmentation(
  regions: readonly DicomRegion[],
  source: VolumeSource,
  about: SegmentationAbout,
  signal?: AbortSignal,
): Promise<Bytes> {
  return formatDicom(browserReader(), 'writeSegmentation', regions, source, about, signal)
}

/** The same as a structure set. */
export function saveStructures(
  regions: readonly DicomRegion[],
  source: VolumeSource,
  about: SegmentationAbout,
  signal?: AbortSignal,
): Promise<Bytes> {
  return formatDicom(browserReader(), 'writeStructures', regions, source, about, signal)
}

/** Each holds a volume while it reads one. */
const mostReaders = 4

function browserReader(): ReaderHost {
  return { startWorker: startReader, atOnce: Math.min(mostReaders, navigator.hardwareConcurrency), pipelinesUrl: pipelinesUrl() }
}

/** For files that are read one after the other, by a worker that stays until it is closed. */
export function openReader(): ReaderHost & { readonly staying: WorkerPool<ReaderApi> } {
  return { ...browserReader(), atOnce: 1, staying: createWorkerPool(startReader, { mostWorkers: 1 }) }
}

const startReader = workerKind<ReaderApi>(
  'files',
  () => new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' }),
)
