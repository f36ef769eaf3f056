import { parseDicomHeader, type DicomHeader } from '../dicom/dicomHeader.ts'
import type { SeriesPlan } from '../dicom/readSeries.ts'
import { petUnit, warnAboutPetUnit } from '../dicom/valueUnit.ts'
import { splitSeries } from '../dicom/splitSeries.ts'
import { groupBy } from '../../core/numeric/groupBy.ts'
import { mergeTimings } from '../../core/cohort/mergeTimings.ts'
import type { Message } from '../../core/messages/message.ts'
import { inFlight } from '../inFlight.ts'
import { contentHead, otherKindOf, recogniseFormat } from '../images/imageFormat.ts'
import { tell as tellOfImage } from '../images/messages.ts'
import { fileName, folderOf, type Bytes, type SourceFile } from '../sourceFile.ts'
import type { DicomFrame } from '../dicom/dicomFrame.ts'
import { tell } from './messages.ts'
import { sortOutCopies } from './sortOutCopies.ts'

/** A file among those to look at. */
export interface PlannedFile {
  readonly file: SourceFile
  /** Found in a folder or zip, not chosen by itself: no error if it is no image. */
  readonly inFolder: boolean
}

/** A DICOM segmentation, or a structure set: regions drawn on a series. */
interface MaskUnit<Kind> {
  readonly kind: Kind
  readonly path: string
  readonly file: number
  readonly warnings: readonly Message[]
}

/** What can be read at once: one file, or one volume of a DICOM series. Plain records: they pass to a worker with the files. */
export type ReadingUnit =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly file: number
      readonly companions: readonly number[]
      readonly warnings: readonly Message[]
    }
  | { readonly kind: 'series'; readonly path: string; readonly plan: SeriesPlan }
  | MaskUnit<'segmentation'>
  | MaskUnit<'structures'>
  | { readonly kind: 'unusable'; readonly path: string; readonly error: Message }

/** The files that a unit is read from, as indices of those given. */
export function filesOf(unit: ReadingUnit): readonly number[] {
  if (unit.kind === 'unusable') return []
  if (unit.kind === 'series') return [...new Set(unit.plan.frames.map(({ file }) => file))]
  return unit.kind === 'file' ? [unit.file, ...unit.companions] : [unit.file]
}

/** The unit as it is among other files. @param place of a file that it is read from, by its place before */
export function amongFiles(unit: ReadingUnit, place: (file: number) => number): ReadingUnit {
  if (unit.kind === 'unusable') return unit
  if (unit.kind === 'file') return { ...unit, file: place(unit.file), companions: unit.companions.map(place) }
  if (unit.kind !== 'series') return { ...unit, file: place(unit.file) }
  const frames = unit.plan.frames.map((frame) => ({ ...frame, file: place(frame.file) }))
  return { ...unit, plan: { ...unit.plan, frames } }
}

/** Read of each file first: enough for the header of most DICOM files. */
export const startBytes = 32 * 1024
/** Read of others, whose headers are longer or packed. */
const headerBytes = 128 * 1024
/** Headers are small, and a disk or browser answers many questions in the time of one. */
const filesAtOnce = 32
const imageEnding = /\.(nii|nii\.gz|nrrd|nhdr|mha|mhd|hdr|dcm|dicom|ima)$/i
const voxelEnding = /\.(raw|zraw|img|img\.gz|raw\.gz|gz|bin)$/i

/**
 * Looks into every file and says what there is to read. DICOM files are grouped by SeriesInstanceUID and split into volumes.
 * Files in folders that are no images are left out and told with the volumes beside them.
 * @param onProgress files looked at, of all; told now and then
 */
export async function planReading(files: readonly PlannedFile[], options: PlanOptions = {}): Promise<ReadingUnit[]> {
  const { units, leftOut } = await lookIntoFiles(files, options)
  return tellLeftOut(units, leftOut)
}

export interface PlanOptions {
  readonly onProgress?: (done: number, total: number) => void
  /** Knows what files were found to be, so that they need not be read again. */
  readonly known?: KnownLooks
}

/** What a file was found to be, by what tells that it is the same. */
export interface KnownLooks {
  get(file: SourceFile): Look | undefined
  set(file: SourceFile, look: Look): void
}

/** A file in a folder that is no image, and why. */
export interface LeftOutPath {
  readonly path: string
  readonly reason: Message
}

/** What there is to read, and apart from it what is none. */
export async function lookIntoFiles(
  files: readonly PlannedFile[],
  { onProgress = () => undefined, known }: PlanOptions = {},
): Promise<{ readonly units: readonly ReadingUnit[]; readonly leftOut: readonly LeftOutPath[] }> {
  const series = new Map<string, DicomHeader[]>()
  const units: ReadingUnit[] = []
  const masks: ReadingUnit[] = []
  const leftOut: LeftOutPath[] = []
  let done = 0
  const looks = await inFlight(files, filesAtOnce, async ({ file }, index) => {
    const look = await lookAgain(file, index, known)
    done++
    if (done % filesAtOnce === 0 || done === files.length) onProgress(done, files.length)
    return look
  })
  for (const [index, { file, inFolder }] of files.entries()) {
    const look = looks[index]
    if (look.kind === 'dicom') {
      const sameSeries = series.get(look.header.seriesUid)
      if (sameSeries) sameSeries.push(look.header)
      else series.set(look.header.seriesUid, [look.header])
    } else if (look.kind === 'file') units.push({ kind: 'file', path: file.path, file: index, companions: [], warnings: [] })
    else if (look.kind === 'segmentation' || look.kind === 'structures')
      masks.push({ kind: look.kind, path: file.path, file: index, warnings: [] })
    else if (look.kind === 'other' && belongsToHeader(file.path, files)) continue
    else if (look.kind === 'other' && inFolder) leftOut.push({ path: file.path, reason: look.reason })
    else units.push({ kind: 'unusable', path: file.path, error: look.error })
  }
  const planned: ReadingUnit[] = []
  for (const headers of series.values()) planned.push(...(await planSeries(headers, files)))
  // Masks come after the series that they may be drawn on.
  return { units: [...units.map((unit) => withCompanions(unit, files)), ...planned, ...masks], leftOut }
}

/** Each folder's units carry what was left out of it; a folder without any is an error of its own. */
function tellLeftOut(units: readonly ReadingUnit[], leftOut: readonly LeftOutPath[]): ReadingUnit[] {
  const notes = new Map<string, Message>()
  for (const root of new Set(leftOut.map(({ path }) => rootOf(path)))) {
    const files = leftOut.filter(({ path }) => rootOf(path) === root)
    notes.set(root, tell('left-out', { files: files.map(({ path, reason }) => ({ name: fileName(path), reason })) }))
  }
  const roots = new Set(units.map(({ path }) => rootOf(path)))
  const empty = [...notes].filter(([root]) => !roots.has(root))
  return [
    ...units.map((unit) => {
      const note = notes.get(rootOf(unit.path))
      return note ? withWarning(unit, note) : unit
    }),
    ...empty.map(([root, note]): ReadingUnit => {
      const folder = folderOf(leftOut.find(({ path }) => rootOf(path) === root)!.path)
      return { kind: 'unusable', path: folder, error: tell('no-image-here', { leftOut: note }) }
    }),
  ]
}

/** The folder or zip that was given, of a relative path; absolute paths come from one folder at a time. */
function rootOf(path: string): string {
  return path.startsWith('/') ? '/' : path.split('/')[0]
}

export type Look =
  | { kind: 'file' }
  | { kind: 'dicom'; header: DicomHeader }
  | { kind: 'segmentation' }
  | { kind: 'structures' }
  | { kind: 'other'; reason: Message; error: Message }
  | { kind: 'broken'; error: Message }

/** A header counts the files in the order of this time. */
async function lookAgain(file: SourceFile, index: number, known: KnownLooks | undefined): Promise<Look> {
  const before = known?.get(file)
  if (before?.kind === 'dicom')
    return {
      kind: 'dicom',
      header: { ...before.header, frames: before.header.frames.map((frame) => ({ ...frame, file: index })) },
    }
  if (before) return before
  const look = await lookInto(file, index)
  known?.set(file, look)
  return look
}

async function lookInto(file: SourceFile, index: number): Promise<Look> {
  if (file.size === 0)
    return {
      kind: imageEnding.test(file.path) ? 'broken' : 'other',
      reason: tell('empty', {}),
      error: tellOfImage('empty-file', {}),
    }
  const first = await file.bytes(0, Math.min(startBytes, file.size))
  if (recogniseFormat(first)?.format === 'DICOM') return lookIntoDicom(file, first, index)
  const start = first.length === file.size ? first : await file.bytes(0, Math.min(headerBytes, file.size))
  const head = contentHead(start)
  const recognised = recogniseFormat(head)
  if (recognised?.format === 'DICOM') return lookIntoDicom(file, start, index)
  if (recognised?.format === 'zip') return { kind: 'broken', error: tell('zip-in-zip', {}) }
  if (recognised) return { kind: 'file' }
  // A known ending with unknown content: reading it words what is wrong.
  if (imageEnding.test(file.path)) return { kind: 'file' }
  const kind = otherKindOf(head)
  return { kind: 'other', reason: tellOfImage('other-kind', { kind }), error: tellOfImage('no-image', { kind }) }
}

/** Reads more where the header goes beyond what is there. */
async function lookIntoDicom(file: SourceFile, start: Bytes, index: number): Promise<Look> {
  let bytes = start
  let header = parseDicomHeader(bytes, index, bytes.length === file.size)
  while (!header && bytes.length < file.size) {
    bytes = await file.bytes(0, Math.min(bytes.length * 8, file.size))
    header = parseDicomHeader(bytes, index, bytes.length === file.size)
  }
  if (!header) return { kind: 'broken', error: tell('dicom-damaged', {}) }
  if ('kind' in header) return header
  if ('reason' in header) return { kind: 'other', reason: header.reason, error: tell('no-grey-image', { reason: header.reason }) }
  return { kind: 'dicom', header }
}

/** Voxels beside a header file are no image of their own. */
function belongsToHeader(path: string, files: readonly PlannedFile[]): boolean {
  return (
    voxelEnding.test(path) &&
    files.some(({ file }) => /\.(mhd|nhdr|hdr)$/i.test(file.path) && folderOf(file.path) === folderOf(path))
  )
}

function withCompanions(unit: ReadingUnit, files: readonly PlannedFile[]): ReadingUnit {
  if (unit.kind !== 'file' || !/\.(mhd|nhdr|hdr)$/i.test(unit.path)) return unit
  const beside = files
    .map(({ file }, index) => ({ index, path: file.path }))
    .filter(({ index, path }) => index !== unit.file && voxelEnding.test(path) && folderOf(path) === folderOf(unit.path))
  return { ...unit, companions: beside.map(({ index }) => index) }
}

function withWarning(unit: ReadingUnit, warning: Message): ReadingUnit {
  if (unit.kind === 'file' || unit.kind === 'segmentation' || unit.kind === 'structures')
    return { ...unit, warnings: [...unit.warnings, warning] }
  if (unit.kind === 'series') return { ...unit, plan: { ...unit.plan, warnings: [...unit.plan.warnings, warning] } }
  return unit
}

async function planSeries(headers: readonly DicomHeader[], files: readonly PlannedFile[]): Promise<ReadingUnit[]> {
  const { kept, copies, rivals } = await sortOutCopies(headers, files)
  const names = copies.map(({ frames }) => fileName(files[frames[0].file].file.path))
  const warnings = names.length === 0 ? [] : [tell('copies', { files: names })]
  return [
    ...planVolumes(kept, files, warnings),
    ...rivals.flatMap(({ headers: own, rival }) => {
      const dispute = tell('same-identifiers', { files: own.length, versions: rivals.length })
      return planVolumes(own, files, [...warnings, dispute], rival)
    }),
  ]
}

function planVolumes(
  headers: readonly DicomHeader[],
  files: readonly PlannedFile[],
  warnings: readonly Message[],
  rival?: string,
): ReadingUnit[] {
  if (headers.length === 0) return []
  const frames = headers.flatMap((header) => header.frames)
  const path = placeOf(headers.map(({ frames: [{ file }] }) => files[file]))
  const headerOf = new Map(headers.flatMap((header) => header.frames.map((frame) => [frame, header] as const)))
  const volumes = splitSeries(frames)
  return volumes.map(({ frames: own, label }) => {
    // The frames come in an order of their own, which no file name changes.
    const { attributes, identity } = headerOf.get(own[0])!
    const mixed = findMixedUnits(own.map((frame) => headerOf.get(frame)!.attributes))
    if (mixed) return { kind: 'unusable', path, error: mixed }
    const timing = mergeTimings(own.map((frame) => frame.timing))
    const series = attributes.SeriesDescription ?? attributes.ProtocolName ?? attributes.Modality ?? 'series'
    return {
      kind: 'series',
      path,
      plan: {
        path,
        series,
        phase: label,
        frames: own,
        attributes,
        identity,
        timing,
        ...(rival !== undefined && { rival }),
        warnings: [...warnings, ...warnAboutTimes(own), ...warnAboutValues(own, attributes)],
      },
    }
  })
}

/** PET slices whose values mean different things (Units, SUVType, DecayCorrection) are no image; else undefined. */
function findMixedUnits(slices: readonly Readonly<Record<string, string>>[]): Message | undefined {
  const units = groupBy(
    slices.flatMap((attributes) => petUnit(attributes) ?? []),
    (unit) => JSON.stringify(unit),
  )
  if (units.size < 2) return undefined
  const counts = [...units.values()].map((alike) => ({ unit: alike[0], slices: alike.length }))
  return tell('mixed-units', { units: counts, slices: slices.length })
}

function warnAboutTimes(frames: readonly DicomFrame[]): Message[] {
  const echoes = new Set(frames.map(({ split }) => split.echo))
  return echoes.size > 1 && echoes.size < frames.length ? [tell('echo-times', { echoTimes: [...echoes] })] : []
}

function warnAboutValues(frames: readonly DicomFrame[], attributes: Readonly<Record<string, string>>): Message[] {
  const slices = frames.length
  const count = (has: (frame: DicomFrame) => unknown) => frames.filter(has).length
  const lossy = count((frame) => frame.lossy)
  const inverted = count((frame) => frame.inverted)
  const tabled = count(({ lut }) => lut)
  const mappings = frames.find((frame) => frame.mappings)?.mappings
  const ratio = attributes.LossyImageCompressionRatio?.split('\\').at(-1)
  const pet = warnAboutPetUnit(attributes)
  return [
    ...(lossy > 0 ? [tell('lossy', { lossy, slices, ...(ratio && { ratio }) })] : []),
    ...(inverted > 0 ? [tell('inverted', { inverted, slices })] : []),
    ...(tabled > 0 ? [tell('lookup-table', { tabled, slices })] : []),
    ...(mappings ? [tell('several-mappings', { mappings })] : []),
    ...(frames.some(({ atDetector }) => atDetector) ? [tell('detector-spacing', {})] : []),
    ...(pet ? [pet] : []),
  ]
}

/** The deepest folder that holds all the files of a series; the first file itself if they were chosen without a folder. */
function placeOf(files: readonly PlannedFile[]): string {
  if (files.length === 1 && !files[0].inFolder) return files[0].file.path
  const folders = files.map(({ file }) => folderOf(file.path).split('/'))
  const depth = folders[0].findIndex((part, i) => folders.some((other) => other[i] !== part))
  const common = (depth < 0 ? folders[0] : folders[0].slice(0, depth)).join('/')
  return common === '' ? files[0].file.path : common
}
