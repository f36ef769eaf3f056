import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Grid } from '../src/core/image/volume.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import { DataError, type Message } from '../src/core/messages/message.ts'
import { filesBelow } from '../src/io/sourceFile.node.ts'
import type { Bytes, SourceFile } from '../src/io/sourceFile.ts'
import { tell } from './messages.ts'
import type { FileHandle, ReaderApi } from './readerApi.ts'
import {
  describeVolumes,
  formatImage,
  readVolumes,
  type DescribedVolume,
  type ReaderHost,
  type ReadFilesOptions,
  type FileOutcome,
  type ReadVolumesOptions,
} from './readerBridge.ts'
import { limitProcessors } from './limits.node.ts'
import { workerKind } from './workerKind.node.ts'
import { createWorkerPool, type WorkerPool } from './workerPool.ts'

export type { DescribedVolume, FileOutcome, FilesProgress } from './readerBridge.ts'

/** The built program finds the worker's bundle beside itself. */
const readerScript = new URL('./reader.worker.js', import.meta.url)

/** Every volume in a file, zip or folder (with all folders below). */
export async function* readPath(
  path: string,
  options: ReadFilesOptions & ReadVolumesOptions & { readonly script?: URL } = {},
): AsyncGenerator<FileOutcome> {
  const handles = await handlesFor(path)
  if ('error' in handles) yield handles
  else yield* readVolumes(nodeReader(options.script), handles.files, options)
}

/** Every volume in these files, as `filesBelow` gave them. */
export function readFound(
  files: readonly SourceFile[],
  options: ReadFilesOptions & ReadVolumesOptions & { readonly script?: URL } = {},
): AsyncGenerator<FileOutcome> {
  return readVolumes(nodeReader(options.script), handlesOf(files, true), options)
}

const handlesOf = (files: readonly SourceFile[], inFolder: boolean): FileHandle[] =>
  files.map((file) => ({ path: file.path, inFolder, content: file.diskPath ?? file.path }))

/** What is in files, zips and folders, an entry a volume, for `inspect`. */
export async function* describePaths(
  paths: readonly string[],
  options: ReadFilesOptions & { readonly labels?: boolean; readonly script?: URL } = {},
): AsyncGenerator<DescribedVolume> {
  for (const path of paths) {
    const handles = await handlesFor(path)
    if ('error' in handles) yield { ...handles, warnings: [] }
    else yield* describeVolumes(nodeReader(options.script), handles.files, options)
  }
}

/** A mask or volume as the bytes of a NIfTI or NRRD file. @param name with the ending .nii, .nii.gz or .nrrd */
export function saveImage(volume: Grid & { readonly voxels: VoxelArray }, name: string, script?: URL): Promise<Bytes> {
  return formatImage(nodeReader(script), volume, name)
}

async function handlesFor(path: string): Promise<{ files: FileHandle[] } | { path: string; error: Message }> {
  try {
    const found = await filesBelow(path)
    const inFolder = (await stat(path)).isDirectory()
    if (found.length === 0) return { path, error: tell('folder-empty', {}) }
    return { files: handlesOf(found, inFolder) }
  } catch (error) {
    if (error instanceof DataError) return { path, error: error.told }
    throw error
  }
}

/** Reading a case takes a small part of the time of measuring it. */
const mostReaders = Math.max(1, Math.floor(limitProcessors().amount / 2))

/** One pool for the whole program: a worker takes longer to start than most files to read. */
const pools = new Map<string, WorkerPool<ReaderApi>>()

function nodeReader(script: URL = readerScript): ReaderHost {
  const start = workerKind<ReaderApi>('files', () => new Worker(script))
  const staying = pools.get(script.href) ?? createWorkerPool(start, { mostWorkers: mostReaders })
  pools.set(script.href, staying)
  return { startWorker: start, staying, atOnce: 1, pipelinesUrl: '' }
}
