import type { Bytes } from '../sourceFile.ts'
import type { OtherEncoding } from './messages.ts'

/** Syllables that stand in most Korean words of a table: surnames, endings, what clinical columns are called. 1 in 20 of all that there are. */
const usualSyllables = new Set(
  '이가다의는에을하고사기지자한로대인정도나수일시부상성보장구김박최조강윤임서신권황안송유홍전남여양음환번호별연병원결과진단종석준민영현우주재동경희미은선혜소아해라리스어들그으제용문명철태훈규식순옥숙란광학검령반치료군악',
)

/**
 * Whether bytes look like Korean (EUC-KR, CP949), traditional Chinese (Big5) or Japanese (EUC-JP, Shift JIS) text, by the letters that they
 * would be. Korean in 4 letters and more: they are usual ones, or there are 12 and all of them are syllables, where of Chinese ones a third
 * would not be. Of Big5 the second byte is one of ASCII in two of five letters.
 */
export function findOtherEncoding(bytes: Bytes): OtherEncoding | undefined {
  const korean = lettersOf('euc-kr', bytes)
  const syllables = korean.filter((letter) => /[가-힣]/.test(letter))
  const usual = syllables.filter((letter) => usualSyllables.has(letter))
  const isSyllables = syllables.length >= 0.95 * korean.length
  if (isSyllables && ((usual.length >= 4 && usual.length >= 0.6 * syllables.length) || syllables.length >= 12)) return 'korean'
  const pairs = pairsOf(bytes)
  const isUsualBig5 = ([lead]: readonly [number, number]) => lead >= 0xa1 && lead <= 0xc6
  const isLow = ([, trail]: readonly [number, number]) => trail < 0x80
  if (
    lettersOf('big5', bytes).length >= 3 &&
    pairs.filter(isLow).length >= 0.2 * pairs.length &&
    pairs.filter(isUsualBig5).length >= 0.8 * pairs.length
  )
    return 'traditionalChinese'
  const isKana = (letter: string) => /[ぁ-ヶ]/.test(letter)
  return (['euc-jp', 'shift_jis'] as const).some((encoding) => lettersOf(encoding, bytes).filter(isKana).length >= 2)
    ? 'japanese'
    : undefined
}

/**
 * Whether at least a third of the pairs of high bytes are the usual Chinese characters of GB18030 (GB 2312, first level) or its signs:
 * accented letters of Western words are followed by small ones, or come to lie among the rare characters. True where there is no pair.
 */
export function areUsualInGb18030(bytes: Bytes): boolean {
  const pairs = pairsOf(bytes)
  const usual = pairs.filter(
    ([lead, trail]) => trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3)),
  )
  return 3 * usual.length >= pairs.length
}

/** Letters outside ASCII, each once; none where the bytes are not of the encoding. */
function lettersOf(encoding: 'euc-kr' | 'big5' | 'euc-jp' | 'shift_jis', bytes: Bytes): string[] {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return [...new Set(text.match(/[^\0-\x7f]/gu))]
  } catch {
    // The only thing a strict decoder throws for.
    return []
  }
}

/** High bytes with what follows each, without those of four-byte characters. */
function pairsOf(bytes: Bytes): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  for (let at = 0; at + 1 < bytes.length; at++) {
    if (bytes[at] < 0x80) continue
    const trail = bytes[at + 1]
    if (trail >= 0x30 && trail <= 0x39) at += 3
    else pairs.push([bytes[at], bytes[++at]])
  }
  return pairs
}
