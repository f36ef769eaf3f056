import { byteText, bytesOfText } from '../byteText.ts'
import { gunzipWhole, isGzip } from '../gzip.ts'
import type { Bytes } from '../sourceFile.ts'
import { refuse } from './messages.ts'
import { areUsualInGb18030, findOtherEncoding } from './otherEncoding.ts'

export interface DecodedText {
  readonly text: string
  /** As a person knows it; null for UTF-8, which needs no word. */
  readonly encoding: 'UTF-16' | 'GB18030 (Chinese)' | 'Windows-1252 (Western)' | null
}

/**
 * The text of a table or list, whatever program saved it: unpacked if it is gzipped; by its byte order mark, UTF-16 by its zeros, strict
 * UTF-8, and then GB18030 or Windows-1252, whichever its bytes look like; refused where its letters look like others. What was assumed is to be said.
 * @throws DataError for workbooks, other binary files, and bytes that are text in none of these, or in two
 */
export function decodeText(bytes: Bytes): DecodedText {
  const plain = isGzip(bytes) ? unpack(bytes) : bytes
  if (plain[0] === 0x50 && plain[1] === 0x4b) throw refuse('text-is-zip', {})
  const decoded = decode(plain)
  // A terminal takes them for commands.
  if (/[\x7f-\x84\x86-\x9f]/.test(decoded.text)) throw refuse('text-has-controls', {})
  return decoded
}

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
  { encoding: 'gb18030', bytes: [0x84, 0x31, 0x95, 0x33] },
] as const

/** Other than tabulator, line breaks and form feed, what is below a blank stands in no text. */
function isControl(code: number): boolean {
  return code < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(code)
}

function unpack(bytes: Bytes): Bytes {
  try {
    return gunzipWhole(bytes)
  } catch (cause) {
    throw refuse('gzip-damaged', {}, { cause })
  }
}

function decode(marked: Bytes): DecodedText {
  const mark = marks.find(({ bytes }) => bytes.every((byte, at) => marked[at] === byte))
  const bytes = marked.subarray(mark?.bytes.length ?? 0)
  const utf16 = mark?.encoding === 'utf-16le' || mark?.encoding === 'utf-16be' ? mark.encoding : utf16Of(bytes)
  const text = utf16 && decodeStrictly(utf16, bytes)
  if (mark?.encoding === utf16 && utf16 !== undefined && text === undefined) throw refuse('encoding-unknown', {})
  const isBinary = text === undefined ? bytes.some(isControl) : Array.from(text).some((one) => isControl(one.charCodeAt(0)))
  if (isBinary) throw refuse('text-is-binary', {})
  if (text !== undefined) return { text, encoding: 'UTF-16' }
  const utf8 = decodeStrictly('utf-8', bytes)
  if (utf8 !== undefined) return { text: utf8, encoding: null }
  if (isPartlyUtf8(bytes)) throw refuse('encodings-mixed', {})
  const isMarked = mark?.encoding === 'gb18030'
  const other = isMarked ? undefined : findOtherEncoding(bytes)
  if (other) throw refuse('encoding-other', { encoding: other })
  const gb18030 = decodeStrictly('gb18030', bytes)
  if (gb18030 !== undefined && (isMarked || areUsualInGb18030(bytes))) return { text: gb18030, encoding: 'GB18030 (Chinese)' }
  const latin = decodeWindows1252(bytes)
  if (hasOtherAlphabet(latin)) throw refuse('encoding-other', { encoding: 'alphabet' })
  const foreign = latin.match(/[^\0-\x7f]/g) ?? []
  const letters = foreign.filter((one) => /[\p{L}°µ²³±–—‘’“”…€§]/u.test(one))
  if (2 * letters.length > foreign.length) return { text: latin, encoding: 'Windows-1252 (Western)' }
  throw refuse('encoding-unknown', {})
}

/**
 * By zeros at every other place: the high halves of plain letters, of which a table of Chinese words has few, but commas and line breaks.
 * Fewer, or at both places, are those of a binary file.
 */
function utf16Of(bytes: Bytes): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0]
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]++
  })
  const [even, odd] = zeros
  if (32 * Math.max(even, odd) <= bytes.length || Math.max(even, odd) < 8 * Math.min(even, odd)) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** What Windows-1252 has where Latin-1 has controls. Node's own decoder leaves these as controls. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function decodeWindows1252(bytes: Bytes): string {
  return byteText(bytes).replace(/[\x80-\x9f]/g, (one) => windows1252[one.charCodeAt(0) - 0x80])
}

/** Words in which no letter is one of ASCII: of Cyrillic or Greek, most; of the languages that Windows-1252 is for, hardly any of three letters. */
function hasOtherAlphabet(latin: string): boolean {
  const foreign = (latin.match(/\p{L}+/gu) ?? []).filter((word) => /[^\0-\x7f]/.test(word))
  const whole = foreign.filter((word) => !/[a-z]/i.test(word))
  return whole.some(({ length }) => length >= 3) && 2 * whole.length > foreign.length
}

/**
 * Some lines are UTF-8 and others are not, as where two programs wrote to a file. Chinese pairs may look like two bytes of UTF-8, hardly
 * ever like three.
 */
function isPartlyUtf8(bytes: Bytes): boolean {
  const foreign = byteText(bytes).split(/[\r\n]+/).filter((line) => /[^\0-\x7f]/.test(line)) // prettier-ignore
  const utf8 = foreign.filter((line) => /[\u0800-\uffff]/.test(decodeStrictly('utf-8', bytesOfText(line)) ?? ''))
  return 10 * utf8.length >= foreign.length
}

function decodeStrictly(encoding: (typeof marks)[number]['encoding'], bytes: Bytes): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // The only thing a strict decoder throws for.
    return undefined
  }
}
