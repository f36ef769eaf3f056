import type { DataSet, Element } from 'dicom-parser'
import type { SeriesReference } from '../../core/image/volume.ts'
import { clockTime, clockTimeOfDateTime } from '../../core/cohort/clockTime.ts'
import type { ClockName, VolumeTiming } from '../../core/image/volumeTiming.ts'
import type { Message } from '../../core/messages/message.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import type { Bytes } from '../sourceFile.ts'
import { identityTags } from './identityTags.ts'
import { tell } from './messages.ts'
import { normalOf } from './sliceGeometry.ts'
import {
  flattenGroups,
  itemsOf,
  numbersOf,
  parseDataSet,
  plainSyntaxes,
  stringOf,
  textOf,
  type Elements,
} from './dicomElements.ts'
import type { DicomFrame, SplitKey, ModalityLut, MapType } from './dicomFrame.ts'

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

/** Where several tags are given, the first that is there counts: files of several frames name some attributes otherwise. */
const attributeTags: readonly (readonly [keyword: string, ...tags: string[]])[] = [
  ['PatientID', 'x00100020'],
  ['IssuerOfPatientID', 'x00100021'],
  ['PatientName', 'x00100010'],
  ['PatientBirthDate', 'x00100030'],
  ['PatientSex', 'x00100040'],
  ['InstitutionName', 'x00080080'],
  ['StudyInstanceUID', 'x0020000d'],
  ['SeriesInstanceUID', 'x0020000e'],
  ['FrameOfReferenceUID', 'x00200052'],
  ['SOPClassUID', 'x00080016'],
  ['Modality', 'x00080060'],
  ['SeriesDescription', 'x0008103e'],
  ['SeriesNumber', 'x00200011'],
  ['ProtocolName', 'x00181030'],
  ['StudyDate', 'x00080020'],
  ['SeriesDate', 'x00080021'],
  ['SeriesTime', 'x00080031'],
  ['AcquisitionDate', 'x00080022'],
  ['AcquisitionTime', 'x00080032'],
  ['ContentTime', 'x00080033'],
  ['AcquisitionNumber', 'x00200012'],
  ['TemporalPositionIdentifier', 'x00200100'],
  ['NumberOfTemporalPositions', 'x00200105'],
  ['EchoTime', 'x00180081', 'x00189082'],
  ['EchoNumbers', 'x00180086'],
  ['RepetitionTime', 'x00180080'],
  ['FlipAngle', 'x00181314'],
  ['InversionTime', 'x00180082', 'x00189079'],
  ['TriggerTime', 'x00181060'],
  ['DiffusionBValue', 'x00189087'],
  ['ImageType', 'x00080008'],
  ['SequenceName', 'x00180024'],
  ['ScanningSequence', 'x00180020', 'x00189008'],
  ['SequenceVariant', 'x00180021'],
  ['ScanOptions', 'x00180022'],
  ['SpectrallySelectedSuppression', 'x00189025'],
  ['MRAcquisitionType', 'x00180023', 'x00189004'],
  ['ContrastBolusAgent', 'x00180010'],
  ['MagneticFieldStrength', 'x00180087'],
  ['Manufacturer', 'x00080070'],
  ['ManufacturerModelName', 'x00081090'],
  ['BodyPartExamined', 'x00180015'],
  ['SliceThickness', 'x00180050'],
  ['SpacingBetweenSlices', 'x00180088'],
  ['TemporalResolution', 'x00200110'],
  ['AcquisitionMatrix', 'x00181310'],
  ['ReceiveCoilName', 'x00181250', 'x00189041'],
  ['PatientPosition', 'x00185100'],
  ['WindowCenter', 'x00281050'],
  ['WindowWidth', 'x00281051'],
  ['RescaleType', 'x00281054'],
  ['Units', 'x00541001'],
  ['SUVType', 'x00541006'],
  ['DecayCorrection', 'x00541102'],
  ['PhotometricInterpretation', 'x00280004'],
  ['LossyImageCompressionRatio', 'x00282112'],
]

/** A DICOM file of regions drawn on a series. */
export type DicomMask = { readonly kind: 'segmentation' } | { readonly kind: 'structures' }

/** By SOP class: Segmentation, Label Map Segmentation, RT Structure Set. */
const maskClasses: Readonly<Record<string, DicomMask['kind']>> = {
  '1.2.840.10008.5.1.4.1.1.66.4': 'segmentation',
  '1.2.840.10008.5.1.4.1.1.66.7': 'segmentation',
  '1.2.840.10008.5.1.4.1.1.481.3': 'structures',
}

const parametricMapClass = '1.2.840.10008.5.1.4.1.1.30'
/** Deflated and big-endian ones too. */
const uncompressedSyntaxes = [...plainSyntaxes, '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2']
/** JPEG baseline and extended, JPEG-LS near-lossless: never without loss. */
const lossySyntaxes = ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51', '1.2.840.10008.1.2.4.81']

/** Why a DICOM file holds no image for us, half a sentence: no error by itself, since folders hold such files. */
export interface NotAnImage {
  readonly reason: Message
}

/**
 * Parses a DICOM header. Enhanced multi-frame files give a frame for each item of their per-frame functional groups.
 * @param bytes the file, or its start; `undefined` is returned if the header goes beyond it
 * @param file index of the file, for the frames
 * @param isWhole the bytes are the whole file: else a header that ends with them may go on
 */
export function parseDicomHeader(bytes: Bytes, file: number, isWhole: boolean): DicomHeader | DicomMask | NotAnImage | undefined {
  const dataSet = parseDataSet(bytes)
  if (!dataSet) return undefined
  const root = dataSet.elements
  const modality = stringOf(dataSet, root.x00080060)
  const sopClass = stringOf(dataSet, root.x00080016) ?? ''
  const kind = maskClasses[sopClass]
  if (kind) return { kind }
  if (!isWhole && !root.x7fe00010) return undefined
  if (!root.x00280010 || !root.x00280011) return { reason: tell('without-image', modality === undefined ? {} : { modality }) }
  // Its values are doses only after a scaling of their own, and its planes stand in an attribute of their own.
  if (modality === 'RTDOSE' || root.x3004000e) return { reason: tell('dose', {}) }
  const samples = dataSet.uint16('x00280002') ?? 1
  if (stringOf(dataSet, root.x00280004) === 'PALETTE COLOR') return { reason: tell('palette', {}) }
  if (samples !== 1) return { reason: tell('colour', { samples }) }

  const unreadable = findUnreadableVoxels(dataSet)
  if (unreadable) return { reason: unreadable }

  const nuclear = modality === 'NM' ? nuclearGeometry(dataSet) : undefined
  if (nuclear && 'reason' in nuclear) return nuclear

  const instanceUid = stringOf(dataSet, root.x00080018) ?? ''
  const announced = Number(stringOf(dataSet, root.x00280008) ?? 1)
  const count = Number.isInteger(announced) && announced > 0 ? announced : 1
  const perFrame = root.x52009230?.items ?? []
  const shared = flattenGroups(root.x52009229?.items?.[0])
  // Of files of several frames, what all of them have in common (TR, TE, flip angle) stands in a group of its own.
  const attributes = attributesOf(dataSet, { ...root, ...shared, ...flattenGroups(perFrame[0]) })
  const transferSyntaxUid = stringOf(dataSet, root.x00020010) ?? '1.2.840.10008.1.2'
  const isMap = sopClass === parametricMapClass || Boolean(root.x7fe00008 ?? root.x7fe00009)
  const mapType = isMap ? mapTypeOf(dataSet) : undefined
  if (isMap && (!mapType || !uncompressedSyntaxes.includes(transferSyntaxUid))) return { reason: tell('packed-map', {}) }
  const lut = modalityLut(dataSet)
  if (lut === 'incomplete') return { reason: tell('lut-incomplete', {}) }
  const scales = [root, shared, ...perFrame.map(flattenGroups)].flatMap((elements) => findBadScale(dataSet, elements) ?? [])
  if (!isMap && !lut && scales.length > 0) return { reason: scales[0] }
  const sharedMappings = mappingsOf(root.x52009229?.items?.[0])
  const mappings = perFrame.map((groups) => mappingsOf(groups) ?? sharedMappings ?? [])
  const badMappings = sopClass === parametricMapClass ? mappings.flatMap((own) => findBadMapping(own, mapType) ?? []) : []
  if (badMappings.length > 0) return { reason: badMappings[0] }
  const isLossy = saysLossy(dataSet) || lossySyntaxes.includes(transferSyntaxUid)
  const frames = Array.from({ length: count }, (_, frame) => {
    const lookup = { ...root, ...nuclear?.elements, ...shared, ...flattenGroups(perFrame[frame]) }
    const timing = parseTiming(dataSet, lookup, { instanceUid, frame, count })
    const own = parseFrame(dataSet, lookup)
    const positionMm = nuclear?.positionOf(own, frame) ?? own.positionMm
    return {
      sopInstanceUid: instanceUid,
      file,
      frame,
      framesInFile: count,
      ...own,
      ...(positionMm && { positionMm }),
      ...(lut && { lut }),
      ...(mapType && { mapType }),
      ...(sopClass === parametricMapClass &&
        mappings[frame]?.length > 1 && { mappings: mappings[frame].map((mapping) => labelOf(dataSet, mapping)) }),
      ...(isLossy && { lossy: true as const }),
      ...(attributes.PhotometricInterpretation === 'MONOCHROME1' && { inverted: true as const }),
      timing,
    }
  })
  return {
    seriesUid: attributes.SeriesInstanceUID ?? '',
    instanceUid,
    transferSyntaxUid,
    attributes,
    identity: identityOf(dataSet),
    frames,
  }
}

/** Attributes by keyword, for `Volume.source.dicom`. */
export function attributesOf(dataSet: DataSet, elements: Elements = dataSet.elements): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [keyword, ...tags] of attributeTags) {
    const text = textOf(dataSet, elements[tags.find((tag) => elements[tag]) ?? tags[0]])
    if (text !== undefined) attributes[keyword] = text
  }
  return attributes
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
  const spacing = numbers('x00280030')
  const atDetector = spacing === undefined ? numbers('x00181164') : undefined
  const [rowsMm, columnsMm] = spacing ?? atDetector ?? []
  const position = numbers('x00200032')
  const orientation = numbers('x00200037')
  const thickness = [numbers('x00180050')?.[0], Math.abs(numbers('x00180088')?.[0] ?? 0)].find((mm) => mm !== undefined && mm > 0)
  // Of a parametric map the values are what its mapping says; of others that is an interpretation beside the values.
  const isMap = stringOf(dataSet, elements.x00080016) === parametricMapClass
  const split: Partial<Record<SplitKey, string>> = {}
  const put = (key: SplitKey, value: string | undefined) => {
    if (value !== undefined && value !== '') split[key] = value
  }
  put('imageType', text('x00089007') ?? text('x00080008'))
  if (isMap) put('mapping', text('x00409210'))
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
    ...((spacing ?? atDetector)?.length === 2 && { spacingMm: [columnsMm, rowsMm] as const }),
    ...(atDetector && { atDetector: true as const }),
    ...(thickness !== undefined && { thicknessMm: thickness }),
    ...(orientation?.length === 6 && { orientation }),
    ...(position?.length === 3 && { positionMm: [position[0], position[1], position[2]] as const }),
    slope: numbers(isMap ? 'x00409225' : 'x00281053')?.[0] ?? 1,
    intercept: numbers(isMap ? 'x00409224' : 'x00281052')?.[0] ?? 0,
    bitsStored: dataSet.uint16('x00280101') ?? 16,
    signed: dataSet.uint16('x00280103') === 1,
    split,
  }
}

/** Bits that are no whole numbers of 8, 16 or 32 bits in the low end of as many: what ITK makes of them is something else. */
function findUnreadableVoxels(dataSet: DataSet): Message | undefined {
  if (dataSet.elements.x7fe00008 ?? dataSet.elements.x7fe00009) return undefined
  const allocated = dataSet.uint16('x00280100') ?? 16
  const stored = dataSet.uint16('x00280101') ?? allocated
  const highest = dataSet.uint16('x00280102') ?? stored - 1
  if ([8, 16, 32].includes(allocated) && stored >= 1 && stored <= allocated && highest === stored - 1) return undefined
  return tell('unusual-bits', { allocated, stored, highest })
}

/** Slope and intercept that are there and no numbers. */
function findBadScale(dataSet: DataSet, elements: Elements): Message | undefined {
  const textOfScale = (tag: string) => textOf(dataSet, elements[tag])?.split('\\')[0].trim() ?? ''
  const [slope, intercept] = [textOfScale('x00281053'), textOfScale('x00281052')]
  if (slope !== '' && !(Number.isFinite(Number(slope)) && Number(slope) !== 0))
    return tell('scale', { element: 'RescaleSlope', given: slope })
  return intercept !== '' && !Number.isFinite(Number(intercept))
    ? tell('scale', { element: 'RescaleIntercept', given: intercept })
    : undefined
}

/** The mappings of values to the real world that a group of a parametric map gives; undefined if it gives none. */
function mappingsOf(groups: Element | undefined): DataSet[] | undefined {
  const mappings = itemsOf(groups?.dataSet, 'x00409096')
  return mappings.length > 0 ? mappings : undefined
}

/** Values of a frame that are no line of the stored ones. Floating-point numbers may be values as they stand. */
function findBadMapping([mapping]: readonly DataSet[], type: MapType | undefined): Message | undefined {
  if (!mapping) return type?.startsWith('float') ? undefined : tell('map-scale', {})
  if (mapping.elements.x00409212) return tell('map-table', {})
  const [slope] = numbersOf(mapping, mapping.elements.x00409225) ?? []
  const [intercept] = numbersOf(mapping, mapping.elements.x00409224) ?? []
  return Number.isFinite(slope) && slope !== 0 && Number.isFinite(intercept) ? undefined : tell('map-scale', {})
}

/** @param dataSet of the file, which knows its character set */
function labelOf(dataSet: DataSet, { elements }: DataSet): string {
  return textOf(dataSet, elements.x00409210) ?? textOf(dataSet, elements.x00283003) ?? ''
}

/** By its mark or, where that is missing, by what is told of the loss. */
function saysLossy(dataSet: DataSet): boolean {
  const { x00282110: mark, x00282112: ratio, x00282114: method } = dataSet.elements
  const isMarked = stringOf(dataSet, mark)
  return isMarked ? isMarked === '01' : Boolean(stringOf(dataSet, ratio) ?? stringOf(dataSet, method))
}

function mapTypeOf(dataSet: DataSet): MapType | undefined {
  if (dataSet.elements.x7fe00008) return 'float32'
  if (dataSet.elements.x7fe00009) return 'float64'
  const bits = dataSet.uint16('x00280100')
  if (bits === 16) return dataSet.uint16('x00280103') === 1 ? 'int16' : 'uint16'
  return bits === 8 ? 'uint8' : undefined
}

/** PS3.3 C.11.1: descriptor (entries, first stored value, bits of an entry) and entries, of 8 bits or 16. */
function modalityLut(dataSet: DataSet): ModalityLut | 'incomplete' | undefined {
  const [item] = itemsOf(dataSet, 'x00283000')
  if (!item) return undefined
  const data = item.elements.x00283006
  const descriptor = item.elements.x00283002
  if (!data || descriptor?.length !== 6) return 'incomplete'
  const { byteArrayParser: parser, byteArray: bytes } = dataSet
  const count = parser.readUint16(bytes, descriptor.dataOffset) || 65536
  const first = (dataSet.uint16('x00280103') === 1 ? parser.readInt16 : parser.readUint16)(bytes, descriptor.dataOffset + 2)
  const packed = data.length < 2 * count && parser.readUint16(bytes, descriptor.dataOffset + 4) <= 8
  if (data.length < (packed ? count : 2 * count)) return 'incomplete'
  const values = Array.from({ length: count }, (_, i) =>
    packed ? bytes[data.dataOffset + i] : parser.readUint16(bytes, data.dataOffset + 2 * i),
  )
  return { first, values }
}

/**
 * Nuclear medicine keeps position and orientation with its detector, of the first slice alone; the sign of
 * SpacingBetweenSlices says to which side the others lie (PS3.3 C.8.4.15, C.8.4.11).
 */
function nuclearGeometry(
  dataSet: DataSet,
):
  | NotAnImage
  | { elements: Elements; positionOf(frame: Pick<DicomFrame, 'positionMm' | 'orientation'>, index: number): Triple | undefined } {
  const [detector] = itemsOf(dataSet, 'x00540022')
  const type = stringOf(dataSet, dataSet.elements.x00080008)?.split('\\')[2]
  if (type !== 'RECON TOMO') return { reason: tell('no-stack', type === undefined ? {} : { type }) }
  const steps = numbersOf(dataSet, dataSet.elements.x00180088)
  const numbered = numbersOf(dataSet, dataSet.elements.x00540080)
  return {
    elements: detector?.elements ?? {},
    positionOf({ positionMm, orientation }, index) {
      if (!positionMm || !orientation || !steps) return index === 0 ? positionMm : undefined
      const along = normalOf(orientation).map((part) => part * steps[0] * ((numbered?.[index] ?? index + 1) - 1))
      return [positionMm[0] + along[0], positionMm[1] + along[1], positionMm[2] + along[2]]
    },
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
  const creators = Object.keys(elements).filter((tag) => /^x200500[1-9a-f]/.test(tag))
  for (const creator of creators.sort()) {
    const element = elements[`x2005${creator.slice(-2)}a0`]
    if (element?.length !== 4 || stringOf(dataSet, elements[creator]) !== 'Philips MR Imaging DD 001') continue
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
