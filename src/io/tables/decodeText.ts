import { gunzipSync } from 'fflate'
import { isGzip } from '../gzip.ts'
import type { Bytes } from '../sourceFile.ts'
import { refuse } from './messages.ts'

export interface DecodedText {
  readonly text: string
  /** As a person knows it; null for UTF-8, which needs no word. */
  readonly encoding: 'UTF-16' | 'GB18030 (Chinese)' | 'Windows-1252 (Western)' | null
}

/**
 * The text of a table or list, whatever program saved it: unpacked if it is gzipped; UTF-8 or UTF-16 by its byte order mark, UTF-16 by its
 * zeros, strict UTF-8, and then GB18030 or Windows-1252, whichever its bytes look like. What was assumed is to be said.
 * @throws DataError for workbooks, other binary files, and bytes that are text in none of these
 */
export function decodeText(bytes: Bytes): DecodedText {
  const plain = isGzip(bytes) ? unpack(bytes) : bytes
  if (plain[0] === 0x50 && plain[1] === 0x4b) throw refuse('text-is-zip', {})
  return decode(plain)
}

/** Other than tabulator, line breaks and form feed, what is below a blank stands in no text. */
function isControl(code: number): boolean {
  return code < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(code)
}

function unpack(bytes: Bytes): Bytes {
  try {
    return gunzipSync(bytes)
  } catch (cause) {
    throw refuse('gzip-damaged', {}, { cause })
  }
}

function decode(bytes: Bytes): DecodedText {
  const utf16 = utf16Of(bytes)
  const text = utf16 && new TextDecoder(utf16).decode(bytes)
  const isBinary = text === undefined ? bytes.some(isControl) : Array.from(text).some((one) => isControl(one.charCodeAt(0)))
  if (isBinary) throw refuse('text-is-binary', {})
  if (text !== undefined) return { text, encoding: 'UTF-16' }
  const utf8 = decodeStrictly('utf-8', bytes)
  if (utf8 !== undefined) return { text: utf8, encoding: null }
  const { chinese, western } = countSigns(bytes)
  const gb18030 = decodeStrictly('gb18030', bytes)
  if (gb18030 !== undefined && chinese > western) return { text: gb18030, encoding: 'GB18030 (Chinese)' }
  const latin = new TextDecoder('windows-1252').decode(bytes)
  const foreign = latin.match(/[^\0-\x7f]/g) ?? []
  const letters = foreign.filter((one) => /[\p{L}°µ²³±–—‘’“”…€§]/u.test(one))
  if (2 * letters.length > foreign.length) return { text: latin, encoding: 'Windows-1252 (Western)' }
  throw refuse('encoding-unknown', {})
}

/** By its mark, else by zeros at every other place of plain letters. */
function utf16Of(bytes: Bytes): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 256)
  const zerosAt = (odd: number) => start.filter((byte, at) => at % 2 === odd && byte === 0).length
  const [even, odd] = [zerosAt(0), zerosAt(1)]
  if (4 * Math.max(even, odd) < start.length) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

function decodeStrictly(encoding: 'utf-8' | 'gb18030', bytes: Bytes): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // The only thing a strict decoder throws for.
    return undefined
  }
}

/**
 * Chinese characters are pairs of high bytes, so runs of these are even; in Western words an accented letter stands alone, or between
 * small letters.
 */
function countSigns(bytes: Bytes): { chinese: number; western: number } {
  const isSmall = (byte: number | undefined) => byte !== undefined && byte >= 0x61 && byte <= 0x7a
  let [chinese, western] = [0, 0]
  for (let from = 0; from < bytes.length; from++) {
    if (bytes[from] < 0x80) continue
    let to = from
    while (to < bytes.length && bytes[to] >= 0x80) to++
    const isBetweenSmall = isSmall(bytes[from - 1]) && isSmall(bytes[to])
    if ((to - from) % 2 === 1 || isBetweenSmall) western++
    else chinese++
    from = to
  }
  return { chinese, western }
}
