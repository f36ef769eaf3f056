import { saysNothing, withPoint } from './readCell.ts'

/*
 * HER2 by immunohistochemistry (IHC) and in-situ hybridisation (ISH: FISH, CISH, DISH). Sources: the study's rules; Wolff et al. 2018, J Clin
 * Oncol 36, 2105-2122 (ratios and copy numbers); Tarantino et al. 2020, J Clin Oncol 38, 1951-1962 (low).
 */

export type Her2 = 'zero' | 'low' | 'positive' | 'negative'

export type Ihc = '0' | '1+' | '2+' | '3+'

const ihcWords: Readonly<Record<string, Ihc>> = {
  '0': '0', '0+': '0', '1': '1+', '1+': '1+', '+': '1+', '2': '2+', '2+': '2+', '++': '2+', '3': '3+', '3+': '3+', '+++': '3+',
} // prettier-ignore
const negativeWords = new Set(['-', 'neg', 'negative', 'no', 'n', '\u9634\u6027', '(-)'])
const positiveWords = new Set(['pos', 'positive', 'yes', 'y', '\u9633\u6027', '(+)'])
const amplifiedWords = new Set([...positiveWords, '+', 'amp', 'amplified', 'amplification', '\u6269\u589e', '\u6709\u6269\u589e'])
const notAmplifiedWords = new Set([...negativeWords, 'not amplified', 'non-amplified', 'nonamplified', 'no amplification', 'unamplified', '\u672a\u6269\u589e', '\u65e0\u6269\u589e']) // prettier-ignore

/** An IHC score; `none` where nothing was written, `without score` where only positive or negative was, `unclear` for all else, such as `1-2+`. */
export type IhcReading = Ihc | 'none' | 'negative without score' | 'positive without score' | 'unclear'

/** @param folded see `foldCell` */
export function readIhc(folded: string): IhcReading {
  if (saysNothing(folded)) return 'none'
  if (negativeWords.has(folded)) return 'negative without score'
  if (positiveWords.has(folded)) return 'positive without score'
  const bare = folded.replace(/\b(ihc|her-?2|score|cerbb-?2|c-erbb-?2)\b|[():=]/g, '').replace(/ /g, '')
  return ihcWords[bare] ?? 'unclear'
}

export type IshReading = 'none' | 'negative' | 'positive' | 'unclear'

/**
 * Words, a HER2/CEP17 ratio, a HER2 copy number a cell, or both (`ratio 2.4, copies 5.1`). A ratio of at least 2 with at least 4 copies, or
 * at least 6 copies, is positive; a ratio of at least 2 with fewer copies is not (group 2 of Wolff et al.). A bare number is a ratio where it has
 * a decimal; 1 and 0 are unclear and negative.
 * @param folded see `foldCell`
 */
export function readIsh(folded: string, decimalComma: boolean): IshReading {
  if (saysNothing(folded)) return 'none'
  const words = folded.replace(/\b(fish|cish|dish|sish|ish|her-?2)\b|[():=]/g, ' ').replace(/\s+/g, ' ').trim() // prettier-ignore
  if (amplifiedWords.has(words)) return 'positive'
  if (notAmplifiedWords.has(words) || words === '0') return 'negative'
  const text = withPoint(folded, decimalComma)
  const copies = numberBehind(text, /copy number|copies|copy|cn|\u62f7\u8d1d\u6570/)
  const ratio = numberBehind(text, /ratio|her-?2 ?\/ ?(?:cep ?17|chr ?17)|\u6bd4\u503c/) ?? (/^\d+\.\d+$/.test(words) ? Number(words) : null) // prettier-ignore
  if (copies !== null && copies >= 6) return 'positive'
  if (ratio !== null) return ratio >= 2 && (copies ?? 4) >= 4 ? 'positive' : 'negative'
  return copies !== null && copies < 4 ? 'negative' : 'unclear'
}

function numberBehind(text: string, name: RegExp): number | null {
  const found = new RegExp(`(?:${name.source})[ :=]*(\\d+(?:\\.\\d+)?)`).exec(text)
  return found ? Number(found[1]) : null
}

export type Her2Doubt =
  /** IHC 2+ and no hybridisation: unknown. */
  | 'her2-equivocal'
  /** Hybridisation is positive where staining is 0 or 1+. */
  | 'her2-ish-against-ihc'
  /** A cell that says several things, or nothing that is known. */
  | 'her2-unclear'

export interface Her2Status {
  /** Null while it is not known. `negative`: zero or low, nobody wrote which. */
  readonly value: Her2 | null
  readonly doubt: Her2Doubt | null
  /** Staining of 3+ counts, whatever the hybridisation says; that it is negative is told. */
  readonly isAgainstIsh: boolean
}

/** Positive: 3+, or 2+ with positive hybridisation. Low: 1+, or 2+ with negative. Zero: 0. */
export function her2Of(ihc: IhcReading, ish: IshReading): Her2Status {
  const known = (value: Her2 | null, isAgainstIsh = false): Her2Status => ({ value, doubt: null, isAgainstIsh })
  const doubted = (doubt: Her2Doubt): Her2Status => ({ value: null, doubt, isAgainstIsh: false })
  if (ihc === 'unclear' || ish === 'unclear') return doubted('her2-unclear')
  switch (ihc) {
    case '3+':
      return known('positive', ish === 'negative')
    case '2+':
      return ish === 'none' ? doubted('her2-equivocal') : known(ish === 'positive' ? 'positive' : 'low')
    case '1+':
    case '0':
      return ish === 'positive' ? doubted('her2-ish-against-ihc') : known(ihc === '0' ? 'zero' : 'low')
    case 'positive without score':
      return ish === 'negative' ? doubted('her2-unclear') : known('positive')
    case 'negative without score':
      return ish === 'positive' ? doubted('her2-ish-against-ihc') : known('negative')
    case 'none':
      return ish === 'none' ? known(null) : doubted('her2-unclear')
  }
}
