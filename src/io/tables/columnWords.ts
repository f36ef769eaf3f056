/*
 * Words that tables use for what their columns and classes are. What they hint at is shown as a guess on screen, and offered as an option
 * by the command line.
 */

/** A column of IDs that is not called so. */
export const idNames =
  /^(patient|case|subject|study|sample|record|participant)[ _-]?(id|name|no|number|code)?$|^(mrn|pid|name|__index_level_0__|\u7f16\u53f7|\u59d3\u540d|\u75c5\u4f8b\u53f7|\u4f4f\u9662\u53f7)$/i

/** What pandas calls columns that had no name when it read them. */
export const unnamed = /^(unnamed: \d+.*)?$/i

/** A column that numbers the rows: what pandas and R call the index that they wrote, where they have read it again. */
export const indexNames = /^(unnamed: \d+.*|x|index|level_0|row\.?names)?$/i

/** Pairs for the negative and the positive class, in lower case, that say themselves which is which. */
export const knownPairs: readonly Pair[] = [
  ['0', '1'],
  ['no', 'yes'],
  ['n', 'y'],
  ['false', 'true'],
  ['negative', 'positive'],
  ['neg', 'pos'],
  ['-', '+'],
]

type Pair = readonly [negative: string, positive: string]

/** The two texts that are a pair, as they are written, the negative first. */
export function findPair(present: readonly string[], pairs: readonly Pair[] = knownPairs): Pair | undefined {
  for (const pair of pairs) {
    const [negative, positive] = pair.map((word) => present.find((text) => isWord(text, word)))
    if (negative !== undefined && positive !== undefined) return [negative, positive]
  }
  return undefined
}

/** "1", "1.0" and "Yes" are "1" and "yes". */
function isWord(text: string, word: string): boolean {
  return text.toLowerCase() === word || (/^\d/.test(word) && text !== '' && Number(text) === Number(word))
}
