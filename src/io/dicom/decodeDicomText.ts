/**
 * Text of a DICOM file by its SpecificCharacterSet: one set for all of it, or several between which escape sequences switch
 * (ISO 2022). Source: PS3.3 C.12.1.1.2, PS3.5 6.1.2; JIS X 0208 and 0212 stand in the low half, all others in the high half.
 * @param characterSets value of SpecificCharacterSet; '' or undefined for ASCII: what is none is read as UTF-8 where it is valid
 *   (programs forget to declare it), else as Latin 1
 */
export function decodeDicomText(bytes: Uint8Array, characterSets: string | undefined): string {
  return asciiText(bytes) ?? decodeBySets(bytes, characterSets)
}

/** Nearly all text of a header, and the same in every set; undefined where there are other characters or escapes. */
export function asciiText(bytes: Uint8Array): string | undefined {
  let text = ''
  for (const code of bytes) {
    if (code >= 0x80 || code === 0x1b) return undefined
    text += String.fromCharCode(code)
  }
  return text
}

function decodeBySets(bytes: Uint8Array, characterSets: string | undefined): string {
  const sets = (characterSets ?? '').split('\\').map((name) => name.trim())
  const first = encodingNamed(sets[0]) ?? (sets.length === 1 && sets[0] === '' && isUtf8(bytes) ? 'utf-8' : latin1)
  const parts: string[] = []
  let decode = decoderOf(first)
  let start = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x1b) continue
    const escape = escapes.find(([sequence]) => sequence.every((code, i) => bytes[at + 1 + i] === code))
    if (!escape) continue
    parts.push(decode(bytes.subarray(start, at)))
    decode = escape[1] ?? decoderOf(first)
    start = at + 1 + escape[0].length
    at = start - 1
  }
  parts.push(decode(bytes.subarray(start)))
  return parts.join('')
}

type Decoder = (bytes: Uint8Array) => string

const latin1 = 'iso-8859-1'

/** By number of the ISO registration; `ISO_IR n` and `ISO 2022 IR n` name the same set, and some write `ISO-IR n`. */
const encodings: Readonly<Record<string, string>> = {
  '6': latin1,
  '13': 'shift_jis',
  '58': 'gb18030',
  '87': 'shift_jis',
  '100': latin1,
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'windows-1254',
  '149': 'euc-kr',
  '159': 'shift_jis',
  '166': 'tis-620',
  '192': 'utf-8',
  '203': 'iso-8859-15',
}

function encodingNamed(name: string): string | undefined {
  if (/^GB ?18030$|^GBK$/i.test(name)) return 'gb18030'
  const number = /^ISO[ _-](?:2022[ _-])?IR[ _-]?(\d+)$/i.exec(name)?.[1]
  return number === undefined ? undefined : encodings[number]
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const decoders = new Map<string, Decoder>()

/** Made once: to make one takes longer than to decode a text of usual length. */
function decoderOf(encoding: string): Decoder {
  const known = decoders.get(encoding)
  if (known) return known
  const decoder = new TextDecoder(encoding)
  const decode: Decoder = (bytes) => decoder.decode(bytes)
  decoders.set(encoding, decode)
  return decode
}

const codes = (text: string) => [...text].map((character) => character.charCodeAt(0))

/** What stands after ESC, and what it switches to; undefined is back to the first set. */
const escapes: readonly (readonly [readonly number[], Decoder | undefined])[] = (
  [
    ['(B', undefined],
    ['(J', decoderOf('shift_jis')],
    [')I', decoderOf('shift_jis')],
    ['$B', decodeJis],
    ['$@', decodeJis],
    ['$(D', decodeJisSupplement],
    ['$)C', decoderOf('euc-kr')],
    ['$)A', decoderOf('gb18030')],
    ['-A', decoderOf(latin1)],
    ['-B', decoderOf('iso-8859-2')],
    ['-C', decoderOf('iso-8859-3')],
    ['-D', decoderOf('iso-8859-4')],
    ['-F', decoderOf('iso-8859-7')],
    ['-G', decoderOf('iso-8859-6')],
    ['-H', decoderOf('iso-8859-8')],
    ['-L', decoderOf('iso-8859-5')],
    ['-M', decoderOf('windows-1254')],
    ['-T', decoderOf('tis-620')],
    ['-b', decoderOf('iso-8859-15')],
  ] as const
).map(([text, decoder]) => [codes(text), decoder])

/** JIS X 0208 in the low half: the same pairs stand in the high half of EUC-JP. */
function decodeJis(bytes: Uint8Array): string {
  return new TextDecoder('euc-jp').decode(bytes.map((byte) => (byte > 0x20 ? byte | 0x80 : byte)))
}

/** JIS X 0212 in the low half: EUC-JP marks each pair by 0x8f. */
function decodeJisSupplement(bytes: Uint8Array): string {
  const marked: number[] = []
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] > 0x20 && at + 1 < bytes.length) {
      marked.push(0x8f, bytes[at] | 0x80, bytes[at + 1] | 0x80)
      at += 2
    } else marked.push(bytes[at++])
  }
  return new TextDecoder('euc-jp').decode(Uint8Array.from(marked))
}
