/*
 * What people write into the cells of a hospital's table. Every cell comes as text and stays as it was written beside what is read of it.
 */

const missingWords = new Set(['', '.', '/', '\\', '?', 'na', 'n/a', 'nan', 'null', 'none', 'nd', 'not done', 'not available', 'unknown', 'missing', '\u672a\u77e5', '\u4e0d\u8be6', '\u672a\u67e5', '\u672a\u505a', '\u672a\u6d4b', '\u65e0\u6570\u636e']) // prettier-ignore

/** A cell as it is compared: narrow letters in lower case, one kind of dash, single blanks between words. */
export const foldCell = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\p{Cf}/gu, '').replace(/[\p{Pd}\u2212]/gu, '-').replace(/[\u301c\uff5e]/g, '~').replace(/\s+/g, ' ').trim() // prettier-ignore

/** Whether a folded cell says that nothing is known. `-` is not among them: for a stain it is negative. */
export const saysNothing = (folded: string): boolean => missingWords.has(folded)

/** Whether the numbers of a column have a decimal comma: some cell has one, and none a decimal point. */
export function hasDecimalComma(cells: readonly string[]): boolean {
  const folded = cells.map(foldCell)
  return folded.some((cell) => /\d,\d/.test(cell)) && !folded.some((cell) => /\d\.\d/.test(cell))
}

/** A plain number, and nothing else in the cell but `%`, a unit of length, weight or time behind it; null for anything else. */
export function readNumber(folded: string, decimalComma: boolean): number | null {
  const text = withPoint(folded, decimalComma).replace(/ ?(%|cm|mm|kg\/m2|kg\/m\^2|years?|yrs?|y|kg|m|\u5c81)$/, '')
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : null
}

/** Where a value lies that is told as a number, a bound or from one number to another. */
export interface Range {
  readonly lower: number
  readonly upper: number
  /** Whether the value may be `lower`, or `upper`, itself. */
  readonly withLower: boolean
  readonly withUpper: boolean
}

/**
 * `30`, `30 %`, `~30%`, `<1 %`, `> 90%`, `30-40 %`, `+ (80 %)`; null where there is no number, or more than such a cell has.
 * @returns in percent, as written: 0.3 is 0.3 % until the column is said to be of fractions
 */
export function readPercent(folded: string, decimalComma: boolean): Range | null {
  const text = withPoint(folded, decimalComma).replace(/\b(about|approx\.?|ca\.?)|\u7ea6|\u5927\u7ea6/g, '').replace(/^~/, '').trim() // prettier-ignore
  const number = String.raw`(\d+(?:\.\d+)?) ?%?`
  const between = new RegExp(`^\\+* ?\\(? ?${number} ?(?:-|~|to|\u81f3|\u5230) ?${number} ?\\)? ?\\+*$`).exec(text)
  if (between) return { lower: Number(between[1]), upper: Number(between[2]), withLower: true, withUpper: true }
  const single = new RegExp(`^\\+* ?[,;:]? ?\\(? ?(<=|>=|<|>|\u2264|\u2265)? ?${number} ?\\)? ?\\+*$`).exec(text)
  if (!single) return null
  const [, sign, digits] = single
  const value = Number(digits)
  if (sign === undefined) return { lower: value, upper: value, withLower: true, withUpper: true }
  const isBelow = sign === '<' || sign === '<=' || sign === '\u2264'
  const isIncluded = sign !== '<' && sign !== '>'
  return isBelow
    ? { lower: 0, upper: value, withLower: true, withUpper: isIncluded }
    : { lower: value, upper: 100, withLower: isIncluded, withUpper: true }
}

/** On which side of a cut-off all of a range lies. @param isAboveAt whether a value at the cut-off itself is above */
export function sideOf(range: Range, cutoff: number, isAboveAt: boolean): 'above' | 'below' | 'across' {
  const { lower, upper, withLower, withUpper } = range
  const isAbove = lower > cutoff || (lower === cutoff && (isAboveAt || !withLower))
  const isBelow = upper < cutoff || (upper === cutoff && (!isAboveAt || !withUpper))
  return isAbove ? 'above' : isBelow ? 'below' : 'across'
}

/** With decimal points, where the column's numbers have commas. */
export const withPoint = (text: string, decimalComma: boolean): string =>
  decimalComma ? text.replace(/(\d),(\d)/g, '$1.$2') : text
