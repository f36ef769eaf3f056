/** A letter, a number of one or two digits, a side, or a word for a lesion with its number, after a separator; or a letter after a digit. */
const suffix =
  /^(.*[^\s_.#-])[\s_.#-]+(?:[a-z]|\d{1,2}|left|right|(?:l|les|lesion|t|tumou?r|roi|node|n)[\s_.-]?\d{1,2})$|^(.*\d)[a-z]$/i

/** More rows than that with one beginning are a centre or a study, not a patient. */
const mostRows = 6

/**
 * IDs that differ only in what a lesion is told by: `P01_a` and `P01_b`, `A-0120` and `A-0120_L2`, `7 left` and `7 right`.
 * @returns groups of two to six IDs in the order of the table; none where beginnings are shared by more, as `I-01` to `I-60` of a centre
 */
export function likelySamePatients(ids: readonly string[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const match = suffix.exec(id)
    const patient = match ? (match[1] ?? match[2]) : id
    groups.set(patient, [...(groups.get(patient) ?? []), id])
  }
  const sizes = [...groups.values()].map(({ length }) => length)
  if (Math.max(...sizes) > mostRows) return []
  return [...groups.values()].filter(({ length }) => length > 1)
}
