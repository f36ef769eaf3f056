import dicomParser, { type DataSet, type Element } from 'dicom-parser'
import type { Bytes } from '../sourceFile.ts'
import { asciiText, decodeDicomText } from './decodeDicomText.ts'
import { toUsualFile } from './toUsualFile.ts'

/** Transfer syntaxes of uncompressed little-endian files, implicit and explicit; a deflated file is unpacked before it is parsed. */
export const plainSyntaxes: readonly string[] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1']

export type Elements = Readonly<Record<string, Element>>

/** The elements up to and with the pixel data; undefined where the bytes end inside them or are no DICOM. */
export function parseDataSet(bytes: Bytes): DataSet | undefined {
  try {
    return dicomParser.parseDicom(toUsualFile(bytes), { untilTag: 'x7fe00010' })
  } catch {
    // The parser throws where the bytes end inside the header, or are no DICOM: more bytes tell which.
    return undefined
  }
}

/** The elements of all functional groups of a frame in one table: their tags do not collide for what is read here. */
export function flattenGroups(item: Element | undefined): Elements {
  const groups = Object.values(item?.dataSet?.elements ?? {})
  return Object.assign({}, ...groups.map((group) => group.items?.[0]?.dataSet?.elements ?? {})) as Elements
}

/** The items of a sequence, in the character set of what they stand in unless they have their own; none if it is missing. */
export function itemsOf(dataSet: DataSet | undefined, tag: string): DataSet[] {
  const characterSet = dataSet?.elements.x00080005
  return (dataSet?.elements[tag]?.items ?? []).flatMap(({ dataSet: item }) => {
    if (item && characterSet) item.elements.x00080005 ??= characterSet
    return item ? [item] : []
  })
}

export function stringOf(dataSet: DataSet, element: Element | undefined): string | undefined {
  if (!element || element.length <= 0) return undefined
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  // The character sets are a text themselves: looked up only where they matter.
  const text = asciiText(bytes) ?? decodeDicomText(bytes, dataSet.string('x00080005'))
  return (text.includes('\0') ? text.replaceAll('\0', '') : text).trim()
}

/** Numbers of DS and IS (text) and of FD, FL, US, SS, UL, SL (binary); undefined if there is none. */
export function numbersOf(dataSet: DataSet, element: Element | undefined): number[] | undefined {
  if (!element || element.length <= 0) return undefined
  const { byteArrayParser: parser, byteArray: bytes } = dataSet
  const binary = {
    FD: [8, parser.readDouble],
    FL: [4, parser.readFloat],
    US: [2, parser.readUint16],
    SS: [2, parser.readInt16],
    UL: [4, parser.readUint32],
    SL: [4, parser.readInt32],
  } as const
  const vr = element.vr ?? implicitBinary[element.tag]
  if (vr !== undefined && vr in binary) {
    const [width, read] = binary[vr as keyof typeof binary]
    return Array.from({ length: Math.floor(element.length / width) }, (_, i) => read(bytes, element.dataOffset + i * width))
  }
  const parts = (stringOf(dataSet, element) ?? '').split('\\').map((part) => (part.trim() === '' ? NaN : Number(part)))
  return parts.every(Number.isFinite) ? parts : undefined
}

/** Binary values among those read here, for files of implicit value representation. */
const implicitBinary: Readonly<Record<string, string>> = {
  x00181310: 'US',
  x00189079: 'FD',
  x00189082: 'FD',
  x00189087: 'FD',
  x00209153: 'FD',
  x00209128: 'UL',
  x00209156: 'US',
  x00409224: 'FD',
  x00409225: 'FD',
  x00540080: 'US',
}

export function textOf(dataSet: DataSet, element: Element | undefined): string | undefined {
  if (!element || element.length <= 0) return undefined
  const vr = element.vr ?? implicitBinary[element.tag]
  return vr !== undefined && /^(FD|FL|US|SS|UL|SL)$/.test(vr)
    ? numbersOf(dataSet, element)?.join('\\')
    : stringOf(dataSet, element)
}
