import { likelySameIds } from './likelySameIds.ts'
import { likelySamePatients } from './likelySamePatients.ts'

/** Those who are new by their ID alone: written in another way, or another row of a patient who was learnt from. @returns each with her likely other ID */
export function likelyLearntFrom(ids: readonly string[], learntFrom: readonly string[]): [string, string][] {
  const rows = likelySamePatients([...new Set([...learntFrom, ...ids])])
  const isNew = new Set(ids)
  const known = new Set(learntFrom)
  const others = rows.flatMap((group) => {
    const source = group.find((id) => known.has(id))
    return source === undefined ? [] : group.filter((id) => isNew.has(id)).map((id) => [id, source] as const)
  })
  return [...new Map([...others, ...likelySameIds(ids, learntFrom)])]
}
