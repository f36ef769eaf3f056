/**
 * IDs of two lists that differ only in Unicode form, width, case, blanks or leading zeros: likely the same patient, written twice.
 * They are told, never joined: `A-12` and `a-012` may be two people.
 */
export function likelySameIds(first: readonly string[], second: readonly string[]): [string, string][] {
  const byFold = new Map<string, string[]>()
  for (const id of second) byFold.set(fold(id), [...(byFold.get(fold(id)) ?? []), id])
  return first.flatMap((id) =>
    (byFold.get(fold(id)) ?? []).flatMap((other): [string, string][] => (other === id ? [] : [[id, other]])),
  )
}

function fold(id: string): string {
  return id
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(?<!\d)0+(?=\d)/g, '')
}
