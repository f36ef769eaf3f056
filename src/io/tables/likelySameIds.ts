/**
 * IDs of two lists that differ only in Unicode form, width, case, blanks, kind of hyphen or leading zeros: likely the same patient,
 * written twice. They are told, never joined: `A-12` and `a-012` may be two people.
 */
export function likelySameIds(first: readonly string[], second: readonly string[]): [string, string][] {
  const byFold = new Map<string, string[]>()
  for (const id of second) byFold.set(fold(id), [...(byFold.get(fold(id)) ?? []), id])
  return first.flatMap((id) =>
    (byFold.get(fold(id)) ?? []).flatMap((other): [string, string][] => (other === id ? [] : [[id, other]])),
  )
}

/** The same within one list; every pair once, in the order of the list. */
export function likelyTwice(ids: readonly string[]): [string, string][] {
  const place = new Map(ids.map((id, at) => [id, at]))
  return likelySameIds(ids, ids).filter(([a, b]) => place.get(a)! < place.get(b)!)
}

function fold(id: string): string {
  return id
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/(?<!\d)0+(?=\d)/g, '')
}
