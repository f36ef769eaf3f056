import type { Volume } from '../../core/image/volume.ts'
import { DataError, ToldError, type Message } from '../../core/messages/message.ts'
import { listLabels } from '../../core/mask/labels.ts'
import type { Triple, VoxelArray } from '../../core/numeric/voxelArray.ts'
import { gunzipFile, isGzip, streamContent } from '../gzip.ts'
import { asNifti1 } from '../headers/asNifti1.ts'
import { firstVoxelByte, niftiVoxelBytes, type NiftiFields } from '../headers/niftiFields.ts'
import { niftiTimeStep } from '../headers/niftiTimeStep.ts'
import { findHeaderProblem, type RawHeader } from '../headers/rawHeader.ts'
import { codecEndings, type CodecFormat, type DecodedImage, type ImageCodec } from './imageCodec.ts'
import { contentHead, otherKindOf, recognisedBytes, recogniseFormat } from './imageFormat.ts'
import { identifyVolumesOfFile } from './identifyVolume.ts'
import { volumesFromItk } from './itkVolume.ts'
import { refuse, tell } from './messages.ts'
import { joinVoxelFile, renameLongs, unpackMetaImage } from './joinVoxelFile.ts'
import { readPlainNifti } from './readPlainNifti.ts'
import { restoreNonFinite } from './restoreNonFinite.ts'
import { fileFromBytes, fileName, folderOf, type Bytes, type SourceFile } from '../sourceFile.ts'
import { warnAboutConstant } from './warnAboutConstant.ts'
import { nameNumbered } from '../../core/image/volumeNames.ts'

export interface ReadVolumes {
  /** One for a 3D image; one a phase for 4D; one a channel for a vector mask. */
  readonly volumes: readonly Volume[]
  /** What its user should know. */
  readonly warnings: readonly Message[]
}

export interface ReadOptions {
  /** For masks: several numbers a voxel become one volume a channel instead of an error; 'masks': only where all hold labels. */
  readonly channels?: boolean | 'masks'
  /** Files chosen together with this one, among which the voxels of an .mhd, .nhdr or .hdr are looked for. */
  readonly companions?: readonly SourceFile[]
  /** Whether the volumes carry `VolumeSource.identity`. */
  readonly identify?: boolean
}

/** A file that our own code has looked into before ITK sees it. */
interface CheckedFile {
  readonly file: SourceFile
  readonly format: CodecFormat
  readonly gzipped: boolean
  readonly header?: RawHeader
}

/**
 * Reads a NIfTI, NRRD or MetaImage file: the values after the file's own scaling, in ITK's pixel type (as SimpleITK gives
 * it: NIfTI with a scale other than 1 and 0 is float32), LPS millimetres. Unlike ITK it keeps NaN in NIfTI, and tells
 * missing voxels and bad spacings instead of repairing them.
 * @throws DataError if the file is empty, cut off, damaged, no image, colour, or has no usable grid
 */
export async function readImageFile(codec: ImageCodec, file: SourceFile, options: ReadOptions = {}): Promise<ReadVolumes> {
  const found = await lookAtFile(file, options.companions ?? [])
  const checked = await inReadableForm(found)
  const { image, contentBytes } = await decodeImage(codec, checked)
  const read = volumesFromItk(
    image,
    { path: file.path, format: checked.format },
    { ...options, listAxis: checked.header?.listAxis ?? false, ...(checked.header?.grid && { headerGrid: checked.header.grid }) },
  )
  const volumes = checked.header?.segments ? nameSegments(read, checked.header.segments) : read
  const timed = await withTimes(checked, volumes)
  return {
    volumes: options.identify ? await identifyVolumesOfFile(found.file, timed) : timed,
    warnings: [
      ...(checked.header?.warnings ?? []),
      ...(checked.header?.voxelFile === undefined ? warnAboutSurplus(checked.format, checked.header, contentBytes) : []),
      ...warnAboutDimensions(image, volumes),
      ...volumes.flatMap(warnAboutNonFinite),
      ...volumes.flatMap(warnAboutConstant),
    ],
  }
}

/** Layers of a segmentation as the channels of a mask, with the labels that each holds, those that the header does not name too. */
function nameSegments(volumes: readonly Volume[], named: NonNullable<RawHeader['segments']>): Volume[] {
  return volumes.map((volume, i) => {
    const { labels } = listLabels(volume.voxels)
    const counts = new Map(labels.map(({ value, count }) => [value, count]))
    const own = named.filter(({ layer }) => layer === i)
    const isLabels = labels.every(({ value }) => Number.isInteger(value) && value > 0)
    const others = isLabels ? labels.filter((label) => own.every(({ value }) => value !== label.value)) : []
    const segments = [...own, ...others.map(({ value }) => ({ value, name: `Segment ${value}` }))].map(({ value, name }) => ({
      value,
      name,
      voxelCount: counts.get(value) ?? 0,
    }))
    const phase = nameNumbered('channel', i + 1, volumes.length, segments.map(({ name }) => name).join(', '))
    return { ...volume, source: { ...volume.source, segments, ...(volumes.length > 1 && { phase }) } }
  })
}

/** Volumes of a 4D file that tells their distance in time know when they were acquired, from the first. */
async function withTimes({ file, format }: CheckedFile, volumes: readonly Volume[]): Promise<readonly Volume[]> {
  if (format !== 'NIfTI' || volumes.length < 2 || !volumes[0].source.phase?.startsWith('phase ')) return volumes
  const start = await file.bytes(0, Math.min(recognisedBytes, file.size))
  const stepS = niftiTimeStep(contentHead(start))
  if (stepS === undefined) return volumes
  return volumes.map((volume, i) => ({ ...volume, source: { ...volume.source, timing: { clocks: {}, offsetS: i * stepS } } }))
}

/** The file with its voxels, where these lie beside it, and what its header says. @throws DataError as `readImageFile`, before voxels are read */
export async function lookAtFile(file: SourceFile, companions: readonly SourceFile[]): Promise<CheckedFile> {
  return withVoxelFile(await checkHeader(file), companions)
}

/** What can be known from the start of the file. */
async function checkHeader(file: SourceFile): Promise<CheckedFile> {
  if (file.size === 0) throw refuse('empty-file', {})
  const start = await file.bytes(0, Math.min(4 * recognisedBytes, file.size))
  const gzipped = isGzip(start)
  const head = contentHead(start)
  const recognised = recogniseFormat(head)
  if (!recognised || recognised.format === 'DICOM' || recognised.format === 'zip') {
    if (gzipped) await checkContent({ file, format: 'NIfTI', gzipped })
    const kind = otherKindOf(head)
    const isCut = codecEndings.NIfTI.test(file.path) && head.length < 348 && kind === 'unknown'
    throw refuse('no-image', { kind, ...(isCut && { headerBytes: head.length }) })
  }
  const { format, header } = recognised
  const problem = header && findHeaderProblem(header)
  if (problem) throw new DataError(problem)
  if (!gzipped && header?.voxelFile === undefined && header?.nifti === undefined) checkLength(file.size, header)
  return { file, format, gzipped, ...(header && { header }) }
}

function checkLength(size: number, header: RawHeader | undefined): void {
  if (header?.expectedBytes === undefined || size >= header.expectedBytes) return
  throw refuse('cut-off', { bytes: size, announcedBytes: header.expectedBytes })
}

/** Header and voxels may lie in two files; they become one, unless ITK finds the second one itself on the disk. */
async function withVoxelFile(checked: CheckedFile, companions: readonly SourceFile[]): Promise<CheckedFile> {
  const { file, format, header } = checked
  if (header?.voxelFile === undefined) return checked
  const named = header.voxelFile
  if (/%\d*d/.test(named) || /^list(\s|$)/i.test(named)) throw refuse('voxels-in-several-files', { named })
  const wanted = format === 'NIfTI' ? fileName(file.path).replace(/\.(hdr|nii)(\.gz)?$/i, '.img') : named
  const places = [wanted.replace(/^\.\//, ''), fileName(wanted)].map((name) =>
    [folderOf(file.path), name].filter(Boolean).join('/'),
  )
  const given = companions.find(({ path }) => places.some((place) => [place, `${place}.gz`].includes(path)))
  const found = given ?? (await file.sibling?.(wanted)) ?? (await file.sibling?.(`${wanted}.gz`))
  if (!found) throw refuse('voxel-file-missing', { name: wanted })
  if (!found.path.endsWith('.gz')) checkLength(found.size, header)
  if (format !== 'NIfTI' && !header.packed && !header.longs && file.diskPath !== undefined && found.diskPath !== undefined) {
    const warnings = found.path.endsWith('.gz') ? [] : warnAboutSurplus(format, header, found.size)
    return { ...checked, header: { ...header, warnings: [...(header.warnings ?? []), ...warnings] } }
  }
  return keepingGrid(header, await checkHeader(await joinVoxelFile(file, found, format)))
}

/**
 * What ITK does not read as it is: NIfTI-2, NIfTI that says oddly where its voxels begin, how they are scaled or where a slice lies,
 * gzipped NRRD and MetaImage, MetaImage of numbers that it takes for longer ones.
 */
async function inReadableForm(checked: CheckedFile): Promise<CheckedFile> {
  const { file, format, gzipped, header } = checked
  const isPacked = gzipped && format !== 'NIfTI'
  if (header?.voxelFile !== undefined || !(isPacked || header?.nifti || header?.packed || header?.longs)) return checked
  const own = gzipped ? await gunzipFile(file) : await file.bytes()
  if (!own) throw unpackError(file)
  const content = header?.longs ? renameLongs(own) : own
  if (header?.packed) return checkHeader(fileFromBytes(file.path, unpackVoxels(file, content)))
  if (!header?.nifti) return checkHeader(fileFromBytes(file.path, content))
  const { at, warnings } = findFirstVoxel(header.nifti, content.length)
  const readable = await checkHeader(fileFromBytes(file.path, asNifti1(content, header.nifti, content.subarray(at))))
  return keepingGrid({ ...header, warnings: [...(header.warnings ?? []), ...warnings] }, readable)
}

function unpackVoxels(file: SourceFile, content: Bytes): Bytes {
  try {
    return unpackMetaImage(content)
  } catch (cause) {
    throw unpackError(file, cause)
  }
}

/** What the file itself said of its grid holds for what was made of it. */
function keepingGrid(header: RawHeader, made: CheckedFile): CheckedFile {
  const { grid, warnings } = header
  return { ...made, header: { ...made.header!, ...(grid && { grid }), ...(warnings && { warnings }) } }
}

/** Where the voxels of a NIfTI in one file begin. One that names no byte after the header is believed only where its length proves the place. */
function findFirstVoxel(fields: NiftiFields, contentBytes: number): { at: number; warnings: Message[] } {
  const { voxOffset, version } = fields
  const least = firstVoxelByte[version]
  const needed = niftiVoxelBytes(fields)
  if (voxOffset >= least && Number.isInteger(voxOffset)) {
    checkLength(contentBytes, { size: fields.size, spacingMm: [], expectedBytes: voxOffset + needed })
    return { at: voxOffset, warnings: [] }
  }
  const at = [least, Math.trunc(voxOffset)].find((offset) => offset + needed === contentBytes)
  if (at === undefined || at < least - 4)
    throw refuse('first-voxel-unknown', { voxOffset, least, contentBytes, voxelBytes: needed })
  return { at, warnings: [tell('first-voxel-by-length', { voxOffset, least, at })] }
}

/**
 * Reads the content once more beside ITK, which leaves voxels that are cut off 0 and makes NaN 0 in NIfTI.
 * @returns its bytes, unpacked
 */
async function checkContent({ file, gzipped, header }: CheckedFile, image?: DecodedImage): Promise<number> {
  const { floats } = header ?? {}
  const voxels = image?.data
  const restorable =
    floats && image?.imageType.components === 1 && (voxels instanceof Float32Array || voxels instanceof Float64Array)
  if (!gzipped && !restorable) return file.size
  const size = await streamContent(file, gzipped, () => (restorable ? restoreNonFinite(floats, voxels) : () => undefined))
  if (size === undefined) throw unpackError(file)
  checkLength(size, header)
  return size
}

function unpackError(file: SourceFile, cause?: unknown): DataError {
  return refuse('does-not-unpack', { bytes: file.size }, { cause })
}

/** The whole image, whose content is found to be complete, and the bytes of that, unpacked. */
async function decodeImage(
  codec: ImageCodec,
  checked: CheckedFile,
): Promise<{ readonly image: DecodedImage; readonly contentBytes: number }> {
  const { file, format, gzipped, header } = checked
  let image: DecodedImage | undefined
  try {
    if (header?.plain) {
      const read = await readPlainNifti(file, gzipped, header.plain)
      if (!read) throw unpackError(file)
      checkLength(read.contentBytes, header)
      return read
    }
    image = await codec.readImage(format, file)
  } catch (cause) {
    if (cause instanceof ToldError || cause instanceof TypeError || cause instanceof ReferenceError) throw cause
    if (isStackOverflow(cause)) throw cause
    await checkContent(checked)
    throw decodeError(format, cause)
  }
  const contentBytes = await checkContent(checked, image)
  if (image !== undefined) return { image, contentBytes }
  throw refuse('unknown-to-itk', { format })
}

/** A module that fails throws a bare number, which says nothing to anybody; memory is the one cause that can be told. */
function decodeError(format: CodecFormat, cause: unknown): DataError {
  const isMemory = cause instanceof RangeError || (cause instanceof Error && /memory|allocation/i.test(cause.message))
  return isMemory ? refuse('no-memory', {}, { cause }) : refuse('not-decoded', { format }, { cause })
}

/** The program's own fault, unlike the error of the same class for want of memory. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message)
}

function warnAboutDimensions({ imageType }: DecodedImage, volumes: readonly Volume[]): Message[] {
  if (imageType.dimension === 2) return [tell('two-dimensional', { thicknessMm: volumes[0].spacingMm[2] })]
  if (volumes.length > 1 && imageType.dimension === 4) return [tell('four-dimensional', { volumes: volumes.length })]
  return []
}

/** More bytes than the voxels take put in doubt where these begin, and whether sizes and type are theirs. ITK says nothing. */
function warnAboutSurplus(format: CodecFormat, header: RawHeader | undefined, contentBytes: number): Message[] {
  const { expectedBytes, voxelBytes } = header ?? {}
  if (expectedBytes === undefined || voxelBytes === undefined || contentBytes <= expectedBytes) return []
  return [tell('surplus', { format, voxelBytes, foundBytes: voxelBytes + contentBytes - expectedBytes })]
}

function warnAboutNonFinite({ voxels, size, source }: Volume): Message[] {
  const found = firstNonFinite(voxels, size)
  if (!found) return []
  return [tell('not-finite', { voxels: found.count, first: found.first, ...(source.phase && { phase: source.phase }) })]
}

/** Number of NaN and infinite voxels and the index of the first one; undefined if all are finite. */
function firstNonFinite(voxels: VoxelArray, [nx, ny]: Triple): { count: number; first: Triple } | undefined {
  if (!(voxels instanceof Float32Array) && !(voxels instanceof Float64Array)) return undefined
  let count = 0
  let first = -1
  for (let i = 0; i < voxels.length; i++) {
    // x - x is 0 for finite numbers, NaN for the others.
    if (voxels[i] - voxels[i] === 0) continue
    if (count === 0) first = i
    count++
  }
  return count === 0 ? undefined : { count, first: [first % nx, Math.floor(first / nx) % ny, Math.floor(first / (nx * ny))] }
}
