import type { Grid, SeriesReference, Volume, VolumeSource } from '../../core/image/volume.ts'
import type { VolumeTiming } from '../../core/image/volumeTiming.ts'
import { newVoxelArray, pixelTypeOf, type PixelType, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import { DataError, type Message } from '../../core/messages/message.ts'
import type { ImageCodec } from '../images/imageCodec.ts'
import { ProgramLoadError } from '../programLoadError.ts'
import type { ReadVolumes } from '../images/readImageFile.ts'
import { fileName, type Bytes, type SourceFile } from '../sourceFile.ts'
import { warnAboutConstant } from '../images/warnAboutConstant.ts'
import { parseDataSet } from './dicomElements.ts'
import type { MapType, DicomFrame } from './dicomFrame.ts'
import { refuse } from './messages.ts'
import { findShortage, neutraliseRescale } from './neutraliseRescale.ts'
import { readPlainPixels, type StoredValues } from './plainPixels.ts'
import { arrangeSlices } from './sliceGeometry.ts'

/** One volume of a series, ready to be read; a plain record. */
export interface SeriesPlan {
  /** Folder or zip as the user knows it. */
  readonly path: string
  readonly series: string
  /** What tells it from the other volumes of its series; '' if it is the only one. */
  readonly phase: string
  readonly frames: readonly DicomFrame[]
  readonly attributes: Readonly<Record<string, string>>
  readonly identity: SeriesReference['identity']
  readonly timing: VolumeTiming
  /** Where files of equal identifiers hold other pixels: names those of this volume. */
  readonly rival?: string
  readonly warnings: readonly Message[]
}

/** A slice as its file has it, rows downwards: to be looked at while the rest of the series is read. */
export interface SeenSlice {
  /** Columns and rows. */
  readonly size: readonly [number, number]
  /** Between the centres of columns and of rows. */
  readonly spacingMm: readonly [number, number]
  readonly voxels: VoxelArray
  readonly source: VolumeSource
  /** Which of the slices, counted from 1. */
  readonly number: number
  readonly count: number
}

/** Told while a series is read. @param seen its middle slice, once, where there is time to look at it */
export type OnSeriesProgress = (done: number, total: number, seen?: SeenSlice) => void

/** Files decoded in one go: bounds the memory that ITK needs beside the volume. */
const filesAtOnce = 32

/**
 * Decodes the slices of one volume and puts them in place. Values are stored value x RescaleSlope + RescaleIntercept of each slice.
 * @param files those that the frames' `file` counts
 * @param onProgress of a series of more files than are decoded in one go, the middle slice comes first
 * @throws DataError if slices are missing, doubled, unevenly placed, or cannot be decoded
 */
export async function readSeries(
  codec: ImageCodec,
  files: readonly SourceFile[],
  plan: SeriesPlan,
  onProgress: OnSeriesProgress = () => undefined,
): Promise<ReadVolumes> {
  const { frames, grid, warnings } = arrangeSlices(plan.frames)
  const perSlice = grid.size[0] * grid.size[1]
  const voxels = newVoxelArray(pixelTypeFor(frames), perSlice * frames.length)
  const middle = Math.floor(frames.length / 2)
  if (frames.length > filesAtOnce && frames[middle].framesInFile === 1) {
    const [block] = blocksOf([frames[middle]])
    const seen = voxels.slice(0, perSlice)
    rescale(await decodeBlock(codec, block, files), frames[middle], seen, 0)
    onProgress(0, frames.length, {
      size: [grid.size[0], grid.size[1]],
      spacingMm: [grid.spacingMm[0], grid.spacingMm[1]],
      voxels: seen,
      source: sourceOf(plan),
      number: middle + 1,
      count: frames.length,
    })
  }
  let done = 0
  for (const block of blocksOf(frames)) {
    const decoded = await decodeBlock(codec, block, files)
    for (const { frame, slice, at } of block.places) {
      rescale(decoded.subarray(at * perSlice, (at + 1) * perSlice), frame, voxels, slice * perSlice)
      done++
    }
    onProgress(done, frames.length)
  }
  const source = {
    ...sourceOf(plan),
    reference: {
      slices: frames.map(referenceTo),
      identity: plan.identity,
    },
  }
  const volume: Volume = { ...grid, voxels, source }
  return { volumes: [volume], warnings: [...plan.warnings, ...warnings, ...warnAboutConstant(volume)] }
}

/** A slice as other files refer to it. */
export function referenceTo({ sopInstanceUid, frame, framesInFile }: DicomFrame): SeriesReference['slices'][number] {
  return { sopInstanceUid, frame: framesInFile > 1 ? frame + 1 : null }
}

/** Files that are decoded together, and where the slices of the volume lie in what comes out. */
interface DecodingBlock {
  readonly files: readonly number[]
  /** Voxels that must come out. */
  readonly voxelCount: number
  readonly places: readonly { readonly frame: DicomFrame; readonly slice: number; readonly at: number }[]
}

/** Single-frame files of equal pixel type in lots, each multi-frame file by itself. @param frames in the order of the volume's slices */
function blocksOf(frames: readonly DicomFrame[]): DecodingBlock[] {
  const groups = new Map<string, DecodingBlock['places'][number][]>()
  frames.forEach((frame, slice) => {
    const key = frame.framesInFile > 1 || frame.mapType ? `file ${frame.file}` : `${frame.bitsStored} ${frame.signed}`
    const group = groups.get(key) ?? []
    group.push({ frame, slice, at: frame.frame })
    groups.set(key, group)
  })
  return [...groups.values()].flatMap((places) => {
    const { rows, columns, framesInFile, file, mapType } = places[0].frame
    const perFrame = rows * columns
    if (framesInFile > 1 || mapType) return [{ files: [file], voxelCount: perFrame * framesInFile, places }]
    return Array.from({ length: Math.ceil(places.length / filesAtOnce) }, (_, i) => {
      const lot = places.slice(i * filesAtOnce, (i + 1) * filesAtOnce)
      return {
        files: lot.map(({ frame }) => frame.file),
        voxelCount: perFrame * lot.length,
        places: lot.map((place, at) => ({ ...place, at })),
      }
    })
  })
}

async function decodeBlock(codec: ImageCodec, block: DecodingBlock, files: readonly SourceFile[]): Promise<VoxelArray> {
  const sources = block.files.map((file) => files[file])
  const { mapType } = block.places[0].frame
  if (mapType) return readMap(sources[0], mapType, block.voxelCount)
  const contents = await Promise.all(sources.map((file) => file.bytes()))
  const plain = readPlainFiles(contents, block.voxelCount)
  if (plain) return plain
  const stored = contents.map(neutraliseRescale)
  stored.forEach((bytes, i) => {
    const shortage = findShortage(bytes)
    const file = fileName(sources[i].path)
    if (shortage === 'no pixels') throw refuse('no-pixels', { file })
    if (shortage) throw refuse('pixels-cut-off', { file, ...shortage })
  })
  const voxels = await decodeFiles(codec, stored, block.voxelCount)
  if (voxels) return withoutUnusedBits(voxels, block.places[0].frame)
  // One bad file spoils its lot: find it by decoding each alone.
  for (const [i, bytes] of stored.entries()) {
    if (!(await decodeFiles(codec, [bytes], block.voxelCount / stored.length)))
      throw refuse('file-not-decoded', { file: fileName(sources[i].path) })
  }
  throw refuse('pixel-formats-differ', {})
}

/** The stored values of files that all are plain and of one pixel type; undefined where ITK is needed. */
function readPlainFiles(contents: readonly Bytes[], voxelCount: number): StoredValues | undefined {
  const joined: StoredValues[] = []
  for (const content of contents) {
    const values = readPlainPixels(content)
    if (values?.length !== voxelCount / contents.length || (joined[0] && pixelTypeOf(joined[0]) !== pixelTypeOf(values)))
      return undefined
    joined.push(values)
  }
  if (joined.length === 1) return joined[0]
  const all = newVoxelArray(pixelTypeOf(joined[0]), voxelCount) as StoredValues
  joined.forEach((values, i) => all.set(values, i * values.length))
  return all
}

/** ITK clears what overlays left above the stored bits in voxels of 16 bits, and not in those of 8. */
function withoutUnusedBits(voxels: VoxelArray, { bitsStored, signed }: DicomFrame): VoxelArray {
  if (bitsStored >= 8) return voxels
  const unused = 32 - bitsStored
  return voxels.map((value) => (signed ? (value << unused) >> unused : (value << unused) >>> unused))
}

/** A parametric map, which ITK does not read. */
async function readMap(file: SourceFile, type: MapType, voxelCount: number): Promise<VoxelArray> {
  const dataSet = parseDataSet(await file.bytes())
  const [tag, width] = mapElements[type]
  const pixels = dataSet?.elements[tag]
  const present = dataSet && pixels ? Math.max(0, Math.min(pixels.length, dataSet.byteArray.length - pixels.dataOffset)) : 0
  if (!dataSet || !pixels || present < width * voxelCount)
    throw refuse('pixels-cut-off', {
      file: fileName(file.path),
      presentBytes: present,
      expectedBytes: width * voxelCount,
    })
  const { byteArrayParser: parser, byteArray } = dataSet
  const read = {
    float32: parser.readFloat,
    float64: parser.readDouble,
    int16: parser.readInt16,
    uint16: parser.readUint16,
    uint8: (bytes: Uint8Array, at: number) => bytes[at],
  }[type]
  const voxels = newVoxelArray(type, voxelCount)
  for (let i = 0; i < voxelCount; i++) voxels[i] = read(byteArray, pixels.dataOffset + width * i)
  return voxels
}

/** Element and bytes of a number. */
const mapElements: Readonly<Record<MapType, readonly [tag: string, bytes: number]>> = {
  float32: ['x7fe00008', 4],
  float64: ['x7fe00009', 8],
  int16: ['x7fe00010', 2],
  uint16: ['x7fe00010', 2],
  uint8: ['x7fe00010', 1],
}

/** Undefined where ITK fails or gives another number of voxels. */
async function decodeFiles(codec: ImageCodec, files: readonly Bytes[], voxelCount: number): Promise<VoxelArray | undefined> {
  try {
    const { data } = await codec.readDicomSlices(files)
    return data !== null && data.length === voxelCount && !(data instanceof BigInt64Array || data instanceof BigUint64Array)
      ? (data as VoxelArray)
      : undefined
  } catch (error) {
    // The module throws bare numbers and runtime errors; only a want of memory says something.
    const isProgramsOwn = error instanceof ProgramLoadError || error instanceof TypeError || error instanceof ReferenceError
    if (error instanceof RangeError || isProgramsOwn) throw error
    return undefined
  }
}

/** A volume as its headers tell it, before its voxels are read; without a grid, and why, where the slices do not make a volume. */
export function listSeries(
  plan: SeriesPlan,
): { readonly source: VolumeSource; readonly grid: Grid } | { readonly source: VolumeSource; readonly problem: Message } {
  try {
    return { source: sourceOf(plan), grid: arrangeSlices(plan.frames).grid }
  } catch (error) {
    if (error instanceof DataError) return { source: sourceOf(plan), problem: error.told }
    throw error
  }
}

function sourceOf({ path, series, phase, attributes, timing }: SeriesPlan): VolumeSource {
  return { path, format: 'DICOM', series, ...(phase && { phase }), dicom: attributes, timing }
}

/** As GDCM and SimpleITK choose it for one slice: the smallest integer type that holds all values if slope and intercept are integers, else float64. */
function pixelTypeFor(frames: readonly DicomFrame[]): PixelType {
  if (frames.some(({ mapType }) => mapType?.startsWith('float')))
    return frames.every((frame) => frame.mapType === 'float32' && frame.slope === 1 && frame.intercept === 0)
      ? 'float32'
      : 'float64'
  if (!frames.every(({ slope, intercept }) => Number.isInteger(slope) && Number.isInteger(intercept))) return 'float64'
  let [lowest, highest] = [Infinity, -Infinity]
  for (const { slope, intercept, lut, bitsStored, signed } of frames) {
    const stored = signed ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1]
    for (const value of lut?.values ?? stored.map((one) => one * slope + intercept)) {
      lowest = Math.min(lowest, value)
      highest = Math.max(highest, value)
    }
  }
  const fitting = integerTypes.find(([, low, high]) => lowest >= low && highest <= high)
  return fitting ? fitting[0] : 'float64'
}

const integerTypes: readonly (readonly [PixelType, number, number])[] = [
  ['uint8', 0, 255],
  ['int8', -128, 127],
  ['uint16', 0, 65535],
  ['int16', -32768, 32767],
  ['uint32', 0, 4294967295],
  ['int32', -2147483648, 2147483647],
]

function rescale(stored: VoxelArray, { slope, intercept, lut }: DicomFrame, voxels: VoxelArray, offset: number): void {
  if (lut) {
    const last = lut.values.length - 1
    for (let i = 0; i < stored.length; i++) voxels[offset + i] = lut.values[Math.min(Math.max(stored[i] - lut.first, 0), last)]
  } else if (slope === 1 && intercept === 0) voxels.set(stored, offset)
  else for (let i = 0; i < stored.length; i++) voxels[offset + i] = slope * stored[i] + intercept
}
