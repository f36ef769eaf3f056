import type { Bytes } from '../sourceFile.ts'
import { refuse } from './messages.ts'

/** What an element holds: text, numbers (US, UL, FD), tags (AT, eight digits each), bytes as they are, or the items of a sequence. */
export type ElementValue = string | readonly string[] | readonly number[] | Bytes | readonly DicomElement[][]

/** Tag as eight hexadecimal digits, value representation, value; '' is an empty element. */
export type DicomElement = readonly [tag: string, vr: string, value: ElementValue]

/** Value representations whose length takes four bytes. */
const longVrs = new Set(['OB', 'OD', 'OF', 'OW', 'SQ', 'UN', 'UT'])
const transferSyntaxes = { explicit: '1.2.840.10008.1.2.1', implicit: '1.2.840.10008.1.2' }
/** Names the writing program; a UID made once at random. */
const implementationUid = '2.25.228470563920145389042187736029841553207'

/**
 * A DICOM file in little endian. Text is ASCII: other characters become `?`, since the file's character set is that of the
 * series it is about.
 * @param elements of the data set, in any order
 * @param vrs explicit (as most write today), or implicit: then numbers in text may be longer than 65535 bytes
 */
export function encodeDicomFile(
  sopClassUid: string,
  sopInstanceUid: string,
  elements: readonly DicomElement[],
  vrs: Vrs = 'explicit',
): Bytes {
  const meta = encodeElements('explicit', [
    ['00020001', 'OB', Uint8Array.of(0, 1)],
    ['00020002', 'UI', sopClassUid],
    ['00020003', 'UI', sopInstanceUid],
    ['00020010', 'UI', transferSyntaxes[vrs]],
    ['00020012', 'UI', implementationUid],
    ['00020013', 'SH', 'TEXEL'],
  ])
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, meta.length, true)
  const start = new Uint8Array(132)
  start.set(ascii('DICM'), 128)
  return concatenate([
    start,
    encodeElements('explicit', [['00020000', 'UL', length]]),
    meta,
    encodeElements(vrs, [['00080016', 'UI', sopClassUid], ['00080018', 'UI', sopInstanceUid], ...elements]),
  ])
}

/** Whether each element says its value representation. */
type Vrs = keyof typeof transferSyntaxes

function encodeElements(vrs: Vrs, elements: readonly DicomElement[]): Bytes {
  const sorted = [...elements].sort(([a], [b]) => (a < b ? -1 : 1))
  return concatenate(sorted.flatMap((element) => encodeElement(vrs, element)))
}

function encodeElement(vrs: Vrs, [tag, vr, value]: DicomElement): Bytes[] {
  const bytes = padToEven(encodeValue(vrs, vr, value), vr === 'UI' || vr === 'OB' ? 0 : 0x20)
  if (vrs === 'implicit') {
    const head = new Uint8Array(8)
    const view = new DataView(head.buffer)
    view.setUint16(0, parseInt(tag.slice(0, 4), 16), true)
    view.setUint16(2, parseInt(tag.slice(4), 16), true)
    view.setUint32(4, bytes.length, true)
    return [head, bytes]
  }
  const isLong = longVrs.has(vr)
  if (!isLong && bytes.length > 0xffff) throw refuse('element-too-long', { tag, vr, bytes: bytes.length })
  const head = new Uint8Array(isLong ? 12 : 8)
  const view = new DataView(head.buffer)
  view.setUint16(0, parseInt(tag.slice(0, 4), 16), true)
  view.setUint16(2, parseInt(tag.slice(4), 16), true)
  head.set(ascii(vr), 4)
  if (isLong) view.setUint32(8, bytes.length, true)
  else view.setUint16(6, bytes.length, true)
  return [head, bytes]
}

function encodeValue(vrs: Vrs, vr: string, value: ElementValue): Bytes {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return ascii(value)
  if (vr === 'SQ') return concatenate((value as readonly DicomElement[][]).flatMap((item) => encodeItem(vrs, item)))
  if (vr === 'AT')
    return concatenate(
      (value as readonly string[]).map((tag) => numbers([parseInt(tag.slice(0, 4), 16), parseInt(tag.slice(4), 16)], 2)),
    )
  if (vr === 'FD') return doubles(value as readonly number[])
  if (vr === 'US' || vr === 'UL') return numbers(value as readonly number[], vr === 'US' ? 2 : 4)
  return ascii((value as readonly string[]).join('\\'))
}

function encodeItem(vrs: Vrs, elements: readonly DicomElement[]): Bytes[] {
  const content = encodeElements(vrs, elements)
  const head = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0)
  new DataView(head.buffer).setUint32(4, content.length, true)
  return [head, content]
}

function numbers(values: readonly number[], width: 2 | 4): Bytes {
  const bytes = new Uint8Array(values.length * width)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => (width === 2 ? view.setUint16(2 * i, value, true) : view.setUint32(4 * i, value, true)))
  return bytes
}

function doubles(values: readonly number[]): Bytes {
  const bytes = new Uint8Array(8 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => view.setFloat64(8 * i, value, true))
  return bytes
}

function ascii(text: string): Bytes {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0)
    return code >= 0x20 && code < 0x7f ? code : 0x3f
  })
}

function padToEven(bytes: Bytes, padding: number): Bytes {
  return bytes.length % 2 === 0 ? bytes : concatenate([bytes, Uint8Array.of(padding)])
}

function concatenate(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A number as decimal string (DS): at most 16 characters, as many digits as fit. */
export function decimalString(value: number): string {
  for (let digits = 16; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  throw new Error(`no decimal string for ${value}`)
}

/** A new identifier: 2.25 and a random number of 122 bits, as a version 4 UUID has. */
export function newUid(): string {
  return `2.25.${BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)}`
}
