/**
 * After a separator: a letter, a number of one or two digits, a side, or a word for a lesion, a look or a visit, with or without its number
 * or letter; the number may stand in brackets. Without one: a letter after a digit.
 */
const suffix =
  /^(.*[^\s_.#/:(-])[\s_.#/:(-]+(?:[a-z]|\d{1,2}|(?:left|right|lt|rt|upper|lower|l|r|les|lesion|tumou?rs?|t|roi|node|n|ln|met|mets|metastasis|finding|nodule|mass|target|focus|scan|session|ses|visit|v|time|tp|pre|post|baseline|follow-?up|fu|lcc|rcc|lmlo|rmlo)[\s_.-]?(?:\d{1,2}|[a-z])?)\)?$|^(.*\d)[a-z]$/i

/** More rows than that with one beginning are a centre or a study, not a patient. */
const mostRows = 6

/**
 * IDs that differ only in what a lesion is told by: `P01_a` and `P01_b`, `A-0120` and `A-0120_L2`, `7 left` and `7 right`.
 * @returns groups of IDs in the order of the table; none where half of the beginnings that are shared are shared by more than six, as
 *   `I-01` to `I-60` of a centre
 */
export function likelySamePatients(ids: readonly string[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const match = suffix.exec(id)
    const patient = match ? (match[1] ?? match[2]) : id
    groups.set(patient, [...(groups.get(patient) ?? []), id])
  }
  const shared = [...groups.values()].filter(({ length }) => length > 1)
  const large = shared.filter(({ length }) => length > mostRows)
  return 2 * large.length >= shared.length ? [] : shared
}
