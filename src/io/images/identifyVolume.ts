import type { Grid, SeriesReference, Volume } from '../../core/image/volume.ts'
import { pixelTypeOf, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import { hashBytes } from '../hashBytes.ts'
import type { SourceFile } from '../sourceFile.ts'

/*
 * What tells an image again, wherever its files lie, whatever they are called and whatever else was opened.
 */

/** Files up to this size are hashed whole. */
const wholeBytes = 256 * 2 ** 20
const blockBytes = 64 * 2 ** 10
const blockCount = 256

/** The volume with what tells it by its files: the frames of its series, in any order. @param volume read from a DICOM series */
export async function identifyVolumeOfSeries(volume: Volume): Promise<Volume> {
  return withIdentity(volume, await identifyFrames(volume.source.reference!.slices))
}

/** What tells an image by its frames alone. @param rival names its pixels, where other files have the same identifiers */
export function identifyFrames(frames: SeriesReference['slices'], rival?: string): Promise<string> {
  const names = frames.map(({ sopInstanceUid, frame }) => `${sopInstanceUid}#${frame ?? ''}`).sort()
  return hashText([...names, ...(rival === undefined ? [] : [rival])].join('\n'))
}

/** The same for the volumes of one file, in their order. */
export async function identifyVolumesOfFile(
  file: Pick<SourceFile, 'size' | 'bytes'>,
  volumes: readonly Volume[],
): Promise<Volume[]> {
  const hash = await identifyFile(file)
  return Promise.all(volumes.map(async (volume, i) => withIdentity(volume, await identifyInFile(hash, i, volumes.length), hash)))
}

/** One of the volumes of a file. @param file names it by its content */
export async function identifyInFile(file: string, volume: number, volumes: number): Promise<string> {
  return volumes === 1 ? file : hashText(`${file}#${volume}`)
}

async function withIdentity(volume: Volume, image: string, file?: string): Promise<Volume> {
  const content = await hashContent(volume)
  return { ...volume, source: { ...volume.source, identity: { image, content, ...(file !== undefined && { file }) } } }
}

/** See `VolumeIdentity.content`. */
export async function hashContent(volume: Grid & { readonly voxels: VoxelArray }): Promise<string> {
  const { size, spacingMm, originMm, direction, voxels } = volume
  const grid = [...size, ...spacingMm, ...originMm, ...direction, pixelTypeOf(voxels)].join(' ')
  const bytes = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  return hashText(`${grid} ${await hashBytes(bytes)}`)
}

/** SHA-256 of a whole file up to 256 MiB, else of its size, both ends and 256 blocks of 64 KiB spread evenly over it. */
export async function identifyFile(file: Pick<SourceFile, 'size' | 'bytes'>): Promise<string> {
  if (file.size <= wholeBytes) return hashBytes(await file.bytes())
  const last = file.size - blockBytes
  const starts = [0, ...Array.from({ length: blockCount }, (_, i) => Math.floor((last * (i + 1)) / (blockCount + 1))), last]
  const hashes: string[] = []
  for (const start of starts) hashes.push(await hashBytes(await file.bytes(start, start + blockBytes)))
  return hashText(`${file.size} ${hashes.join(' ')}`)
}

const hashText = (text: string) => hashBytes(new TextEncoder().encode(text))
