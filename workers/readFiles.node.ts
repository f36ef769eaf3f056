import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import type { Grid, Volume } from '../src/core/image/volume.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import { ReadError } from '../src/io/readError.ts'
import { filesBelow } from '../src/io/sourceFile.node.ts'
import type { Bytes } from '../src/io/sourceFile.ts'
import type { FileHandle, ReaderApi } from './readerApi.ts'
import {
  describeVolumes,
  formatImage,
  readVolumes,
  type DescribedVolume,
  type ReaderHost,
  type ReaderWorker,
  type ReadFilesOptions,
  type ReadOutcome,
  type ReadVolumesOptions,
} from './readerBridge.ts'

export type { DescribedVolume, ReadOutcome, ReadProgress } from './readerBridge.ts'

/** The built program finds the worker's bundle beside itself. */
const readerScript = new URL('./reader.worker.js', import.meta.url)

/** Every volume in a file, zip or folder (with all folders below). */
export async function* readPath(
  path: string,
  options: ReadFilesOptions & ReadVolumesOptions & { readonly script?: URL } = {},
): AsyncGenerator<ReadOutcome> {
  const handles = await handlesFor(path)
  if ('error' in handles) yield handles
  else yield* readVolumes(nodeReader(options.script), handles.files, options)
}

/**
 * The one volume in a file, zip or folder, for the command line.
 * @param options.labelChannel which channel of a mask of several numbers a voxel, from 0; without it such files are refused
 * @throws ReadError if it cannot be read, or holds several volumes: the message lists them
 */
export async function readOnlyVolume(
  path: string,
  { labelChannel, ...options }: ReadFilesOptions & { readonly labelChannel?: number; readonly script?: URL } = {},
): Promise<{ volume: Volume; warnings: readonly string[] }> {
  const found: { volume: Volume; warnings: readonly string[] }[] = []
  for await (const outcome of readPath(path, { ...options, channels: labelChannel !== undefined })) {
    if ('error' in outcome) throw new ReadError(outcome.path, outcome.error)
    found.push(outcome)
  }
  const isChannels =
    labelChannel !== undefined && found.length > 1 && found.every(({ volume }) => volume.source.phase?.startsWith('channel '))
  if (isChannels) {
    if (labelChannel < found.length) return found[labelChannel]
    throw new ReadError(
      path,
      `The mask has ${found.length} channels; label_channel ${labelChannel} is not among them.`,
      'Channels are counted from 0.',
    )
  }
  if (found.length === 1) return found[0]
  const names = found.map(({ volume: { source } }) =>
    [source.path === path ? '' : source.path, source.series, source.phase].filter(Boolean).join(', '),
  )
  throw new ReadError(
    path,
    `There are ${found.length} volumes here, and one is needed: ${names.slice(0, 12).join('; ')}${names.length > 12 ? ' ...' : ''}.`,
    'Give the path of one of them; put a phase into a file of its own.',
  )
}

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

async function handlesFor(path: string): Promise<{ files: FileHandle[] } | { path: string; error: string }> {
  try {
    const found = await filesBelow(path)
    const inFolder = (await stat(path)).isDirectory()
    if (found.length === 0) return { path, error: 'The folder is empty.' }
    return { files: found.map((file) => ({ path: file.path, inFolder, content: file.diskPath ?? file.path })) }
  } catch (error) {
    if (error instanceof ReadError) return { path, error: error.message }
    throw error
  }
}

function nodeReader(script: URL = readerScript): ReaderHost {
  return { startWorker: () => startWorker(script), pipelinesUrl: '' }
}

function startWorker(script: URL): ReaderWorker {
  // What ITK prints would mix with the program's own output and may name patients; the outcome says what matters.
  const worker = new Worker(script, { stdout: true, stderr: true })
  const crashed = new Promise<never>((_, reject) => {
    worker.on('error', (error) => reject(error))
    worker.on('exit', (code) => reject(new Error(`the worker ended with code ${code}.`)))
  })
  crashed.catch(() => undefined)
  return { api: wrap<ReaderApi>(nodeEndpoint(worker)), crashed, terminate: () => void worker.terminate() }
}
