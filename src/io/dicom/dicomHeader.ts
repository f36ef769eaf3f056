import type { DataSet } from 'dicom-parser'
import type { SeriesReference } from '../../core/image/volume.ts'
import { clockTime, clockTimeOfDateTime } from '../../core/cohort/clockTime.ts'
import type { ClockName, VolumeTiming } from '../../core/image/volumeTiming.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { Bytes } from '../sourceFile.ts'
import { identityTags } from './identityTags.ts'
import { flattenGroups, numbersOf, parseDataSet, stringOf, textOf, type Elements } from './dicomElements.ts'

/** What tells volumes of one series from each other, in the order in which they are tried. */
export const splitKeys = [
  'imageType',
  'echo',
  'bValue',
  'temporalPosition',
  'acquisitionNumber',
  'triggerTime',
  'acquisitionTime',
  'contentTime',
] as const
export type SplitKey = (typeof splitKeys)[number]

/** One slice: a file, or a frame of a multi-frame file. A plain record. */
export interface DicomFrame {
  readonly sopInstanceUid: string
  /** Index of the file among those given. */
  readonly file: number
  /** Index in the file; 0 if it holds one frame. */
  readonly frame: number
  readonly framesInFile: number
  readonly columns: number
  readonly rows: number
  /** Distance of column centres (x) and row centres (y). */
  readonly spacingMm?: readonly [number, number]
  /** Distance of slices where the header tells: SpacingBetweenSlices, else SliceThickness. */
  readonly sliceSpacingMm?: number
  /** ImageOrientationPatient: direction of rows (x), then of columns (y). */
  readonly orientation?: readonly number[]
  /** ImagePositionPatient: centre of the first voxel, LPS. */
  readonly positionMm?: Triple
  readonly slope: number
  readonly intercept: number
  readonly bitsStored: number
  readonly signed: boolean
  readonly split: Readonly<Partial<Record<SplitKey, string>>>
  /** When it was acquired; the volume's is merged from those of its frames. */
  readonly timing: VolumeTiming
}

/** The header of one file. */
export interface DicomHeader {
  readonly seriesUid: string
  readonly instanceUid: string
  readonly transferSyntaxUid: string
  /** Attributes by keyword, for `Volume.source.dicom`. */
  readonly attributes: Readonly<Record<string, string>>
  /** For `Volume.source.reference`. */
  readonly identity: SeriesReference['identity']
  readonly frames: readonly DicomFrame[]
}

const attributeTags: Readonly<Record<string, string>> = {
  PatientID: 'x00100020',
  IssuerOfPatientID: 'x00100021',
  PatientName: 'x00100010',
  PatientBirthDate: 'x00100030',
  PatientSex: 'x00100040',
  InstitutionName: 'x00080080',
  StudyInstanceUID: 'x0020000d',
  SeriesInstanceUID: 'x0020000e',
  FrameOfReferenceUID: 'x00200052',
  SOPClassUID: 'x00080016',
  Modality: 'x00080060',
  SeriesDescription: 'x0008103e',
  SeriesNumber: 'x00200011',
  ProtocolName: 'x00181030',
  StudyDate: 'x00080020',
  SeriesDate: 'x00080021',
  SeriesTime: 'x00080031',
  AcquisitionDate: 'x00080022',
  AcquisitionTime: 'x00080032',
  ContentTime: 'x00080033',
  AcquisitionNumber: 'x00200012',
  TemporalPositionIdentifier: 'x00200100',
  NumberOfTemporalPositions: 'x00200105',
  EchoTime: 'x00180081',
  EchoNumbers: 'x00180086',
  RepetitionTime: 'x00180080',
  FlipAngle: 'x00181314',
  TriggerTime: 'x00181060',
  DiffusionBValue: 'x00189087',
  ImageType: 'x00080008',
  SequenceName: 'x00180024',
  ScanningSequence: 'x00180020',
  ContrastBolusAgent: 'x00180010',
  MagneticFieldStrength: 'x00180087',
  Manufacturer: 'x00080070',
  ManufacturerModelName: 'x00081090',
  BodyPartExamined: 'x00180015',
  SliceThickness: 'x00180050',
  WindowCenter: 'x00281050',
  WindowWidth: 'x00281051',
  RescaleType: 'x00281054',
  Units: 'x00541001',
}

/** A DICOM file of regions drawn on a series. */
export type DicomMask = { readonly kind: 'segmentation' } | { readonly kind: 'structures' }

/** By SOP class: Segmentation, Label Map Segmentation, RT Structure Set. */
const maskClasses: Readonly<Record<string, DicomMask['kind']>> = {
  '1.2.840.10008.5.1.4.1.1.66.4': 'segmentation',
  '1.2.840.10008.5.1.4.1.1.66.7': 'segmentation',
  '1.2.840.10008.5.1.4.1.1.481.3': 'structures',
}

/** Why a DICOM file holds no image for us: no error by itself, since folders hold such files. */
export interface NotAnImage {
  readonly reason: string
}

/**
 * Parses a DICOM header. Enhanced multi-frame files give a frame for each item of their per-frame functional groups.
 * @param bytes the file, or its start; `undefined` is returned if the header goes beyond it
 * @param file index of the file, for the frames
 */
export function parseDicomHeader(bytes: Bytes, file: number): DicomHeader | DicomMask | NotAnImage | undefined {
  const dataSet = parseDataSet(bytes)
  if (!dataSet) return undefined
  const root = dataSet.elements
  const modality = stringOf(dataSet, root.x00080060) ?? 'unknown modality'
  const kind = maskClasses[stringOf(dataSet, root.x00080016) ?? '']
  if (kind) return { kind }
  if (!root.x00280010 || !root.x00280011) return { reason: `DICOM without an image (${modality})` }
  // Its values are doses only after a scaling of their own, and its planes stand in an attribute of their own.
  if (modality === 'RTDOSE' || root.x3004000e) return { reason: 'a radiotherapy dose (RTDOSE), not an image' }
  const samples = dataSet.uint16('x00280002') ?? 1
  if (stringOf(dataSet, root.x00280004) === 'PALETTE COLOR')
    return { reason: 'a colour DICOM image (palette; grey values are needed)' }
  if (samples !== 1) return { reason: `a colour DICOM image (${samples} numbers a voxel; one grey value is needed)` }

  const instanceUid = stringOf(dataSet, root.x00080018) ?? ''
  const announced = Number(stringOf(dataSet, root.x00280008) ?? 1)
  const count = Number.isInteger(announced) && announced > 0 ? announced : 1
  const perFrame = root.x52009230?.items ?? []
  const shared = flattenGroups(root.x52009229?.items?.[0])
  // Of files of several frames, what all of them have in common (TR, TE, flip angle) stands in a group of its own.
  const attributes = attributesOf(dataSet, { ...root, ...shared, ...flattenGroups(perFrame[0]) })
  const frames = Array.from({ length: count }, (_, frame) => {
    const lookup = { ...root, ...shared, ...flattenGroups(perFrame[frame]) }
    const timing = parseTiming(dataSet, lookup, { instanceUid, frame, count })
    return { sopInstanceUid: instanceUid, file, frame, framesInFile: count, ...parseFrame(dataSet, lookup), timing }
  })
  return {
    seriesUid: attributes.SeriesInstanceUID ?? '',
    instanceUid,
    transferSyntaxUid: stringOf(dataSet, root.x00020010) ?? '1.2.840.10008.1.2',
    attributes,
    identity: identityOf(dataSet),
    frames,
  }
}

/** Attributes by keyword, for `Volume.source.dicom`. */
export function attributesOf(dataSet: DataSet, elements: Elements = dataSet.elements): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributeTags)
      .map(([keyword, tag]) => [keyword, textOf(dataSet, elements[tag])] as const)
      .filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  )
}

function identityOf({ elements, byteArray }: DataSet): SeriesReference['identity'] {
  return Object.fromEntries(
    Object.keys(identityTags).flatMap((tag) => {
      const element = elements[`x${tag}`]
      return element && element.length > 0
        ? [[tag, new Uint8Array(byteArray.subarray(element.dataOffset, element.dataOffset + element.length))]]
        : []
    }),
  )
}

function parseFrame(
  dataSet: DataSet,
  elements: Elements,
): Omit<DicomFrame, 'sopInstanceUid' | 'file' | 'frame' | 'framesInFile' | 'timing'> {
  const numbers = (tag: string) => numbersOf(dataSet, elements[tag])
  const text = (tag: string) => textOf(dataSet, elements[tag])
  const spacing = numbers('x00280030') ?? numbers('x00181164')
  const position = numbers('x00200032')
  const orientation = numbers('x00200037')
  const sliceSpacing = numbers('x00180088')?.[0] ?? numbers('x00180050')?.[0]
  const split: Partial<Record<SplitKey, string>> = {}
  const put = (key: SplitKey, value: string | undefined) => {
    if (value !== undefined && value !== '') split[key] = value
  }
  put('imageType', text('x00089007') ?? text('x00080008'))
  put('echo', text('x00189082') ?? text('x00180081') ?? text('x00180086'))
  put('bValue', findBValue(dataSet, elements))
  put('temporalPosition', text('x00209128') ?? text('x00200100'))
  put('acquisitionNumber', text('x00209156') ?? text('x00200012'))
  put('triggerTime', text('x00209153') ?? text('x00181060'))
  put('acquisitionTime', text('x00189074') ?? joinTime(text('x00080022'), text('x00080032')))
  put('contentTime', joinTime(text('x00080023'), text('x00080033')))
  return {
    columns: dataSet.uint16('x00280011') ?? 0,
    rows: dataSet.uint16('x00280010') ?? 0,
    ...(spacing?.length === 2 && { spacingMm: [spacing[1], spacing[0]] as const }),
    ...(sliceSpacing !== undefined && { sliceSpacingMm: Math.abs(sliceSpacing) }),
    ...(orientation?.length === 6 && { orientation }),
    ...(position?.length === 3 && { positionMm: [position[0], position[1], position[2]] as const }),
    slope: numbers('x00281053')?.[0] ?? 1,
    intercept: numbers('x00281052')?.[0] ?? 0,
    bitsStored: dataSet.uint16('x00280101') ?? 16,
    signed: dataSet.uint16('x00280103') === 1,
    split,
  }
}

/** When a frame was acquired, as far as its header tells. */
function parseTiming(
  dataSet: DataSet,
  elements: Elements,
  { instanceUid, frame, count }: { instanceUid: string; frame: number; count: number },
): VolumeTiming {
  const text = (tag: string) => textOf(dataSet, elements[tag])
  const number = (...tags: string[]) =>
    tags.map((tag) => numbersOf(dataSet, elements[tag])?.[0]).find((value) => value !== undefined && Number.isFinite(value))
  const clocks = {
    frameReference: clockTimeOfDateTime(text('x00189151')),
    frameAcquisition: clockTimeOfDateTime(text('x00189074')),
    acquisitionDateTime: clockTimeOfDateTime(text('x0008002a')),
    acquisition: clockTime(text('x00080022'), text('x00080032')),
    content: clockTime(text('x00080023'), text('x00080033')),
    series: clockTime(text('x00080021'), text('x00080031')),
  } satisfies Record<ClockName, unknown>
  const instance = number('x00200013')
  const numbers = {
    triggerTimeMs: number('x00209153', 'x00181060'),
    dynamicScanBeginS: findDynamicScanBegin(dataSet, elements),
    temporalPosition: number('x00209128', 'x00200100'),
    temporalResolutionMs: number('x00200110'),
    acquisitionNumber: number('x00209156', 'x00200012'),
    seriesNumber: number('x00200011'),
    instanceNumber: instance === undefined ? undefined : instance + frame / count,
    uid: instanceUid === '' ? undefined : `${instanceUid} ${String(frame).padStart(6, '0')}`,
    injection: clockTime(undefined, text('x00181042')),
  }
  return { clocks: known(clocks), ...known(numbers) }
}

function known<T extends object>(record: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}

/** Philips' start of the dynamic scan in s, whichever block of the group its creator reserved. */
function findDynamicScanBegin(dataSet: DataSet, elements: Elements): number | undefined {
  for (let block = 0x10; block <= 0xff; block++) {
    const hex = block.toString(16).padStart(2, '0')
    const element = elements[`x2005${hex}a0`]
    if (element?.length !== 4 || stringOf(dataSet, elements[`x200500${hex}`]) !== 'Philips MR Imaging DD 001') continue
    const value = dataSet.byteArrayParser.readFloat(dataSet.byteArray, element.dataOffset)
    return Number.isFinite(value) ? value : undefined
  }
  return undefined
}

/** The standard's attribute, else the private ones of Siemens, GE and Philips. */
function findBValue(dataSet: DataSet, elements: Elements): string | undefined {
  const standard = numbersOf(dataSet, elements.x00189087)?.[0]
  if (standard !== undefined) return String(standard)
  const siemens =
    stringOf(dataSet, elements.x00190010) === 'SIEMENS MR HEADER' ? stringOf(dataSet, elements.x0019100c) : undefined
  if (siemens !== undefined) return siemens
  const philips =
    stringOf(dataSet, elements.x20010010) === 'Philips Imaging DD 001' && elements.x20011003?.length === 4
      ? elements.x20011003
      : undefined
  if (philips) return String(dataSet.byteArrayParser.readFloat(dataSet.byteArray, philips.dataOffset))
  const ge =
    stringOf(dataSet, elements.x00430010) === 'GEMS_PARM_01' ? stringOf(dataSet, elements.x00431039)?.split('\\')[0] : undefined
  // GE adds 10^9 to mark the number.
  return ge === undefined ? undefined : String(Number(ge) % 1e9)
}

function joinTime(date: string | undefined, time: string | undefined): string | undefined {
  return time === undefined ? undefined : `${date ?? ''}${time}`
}
