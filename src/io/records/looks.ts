import type { RunRecord } from './runRecord.ts'
import type { Message } from '../../core/messages/message.ts'
import { tell } from './messages.ts'

/** How often a cohort has been judged, over runs that name the one before. */
export interface Look {
  readonly cohort: string
  readonly patients: number
  /** Of the sorted IDs: a cohort of another name with the same patients is the same. */
  readonly idsSha256: string
  /** When, and by which protocol, it was judged first. */
  readonly first: { readonly at: string; readonly protocolSha256: string }
  /** This one included. */
  readonly looks: number
  /** Of these, how many by another protocol than the look before. */
  readonly protocolChanges: number
}

/** A setting that differs; a side that lacks it is undefined. */
export interface Change {
  readonly key: string
  readonly old: unknown
  readonly now: unknown
}

type Now = Pick<RunRecord, 'protocol' | 'protocolSha256' | 'inputs' | 'texel'> & { readonly at: string }

/**
 * Counts this look at each cohort that was judged. Cohorts that earlier runs judged and this one does not keep their entry.
 * @param earlier the runs that this one follows; the first look is the earliest of theirs
 */
export function countLooks(
  judged: readonly Pick<Look, 'cohort' | 'patients' | 'idsSha256'>[],
  earlier: readonly RunRecord[],
  { at, protocolSha256 }: Pick<Now, 'at' | 'protocolSha256'>,
): Look[] {
  const known = earlier.flatMap(({ looks, protocolSha256: theirs }) => looks.map((look) => ({ ...look, changed: theirs !== protocolSha256 }))) // prettier-ignore
  const isSame = (a: Pick<Look, 'cohort' | 'idsSha256'>, b: Pick<Look, 'cohort' | 'idsSha256'>) => a.cohort === b.cohort || a.idsSha256 === b.idsSha256 // prettier-ignore
  const counted = judged.map((cohort) => {
    const before = known.filter((look) => isSame(look, cohort))
    if (before.length === 0) return { ...cohort, first: { at, protocolSha256 }, looks: 1, protocolChanges: 0 }
    const longest = before.reduce((a, b) => (b.looks > a.looks ? b : a))
    const [{ first }] = before.toSorted((a, b) => Date.parse(a.first.at) - Date.parse(b.first.at))
    return { ...cohort, first, looks: longest.looks + 1, protocolChanges: longest.protocolChanges + (longest.changed ? 1 : 0) }
  })
  const others = known.filter((look, i) => !judged.some((cohort) => isSame(look, cohort)) && known.findIndex((first) => isSame(first, look)) === i) // prettier-ignore
  return [...counted, ...others.map(({ changed: _, ...look }) => look)]
}

/** What differs between two protocols, by the names of their settings, in the order of the older one. */
export function compareProtocols(old: unknown, now: unknown, path: readonly string[] = []): Change[] {
  if (!isBranch(old) || !isBranch(now) || Array.isArray(old) !== Array.isArray(now))
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ key: path.join('.'), old, now }]
  const [a, b] = [old, now] as readonly Record<string, unknown>[]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.flatMap((key) => compareProtocols(a[key], b[key], [...path, key]))
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** What a reader must know of the looks that were taken before, a sentence each. */
export function describeLooks(looks: readonly Look[], earlier: RunRecord | null, now: Now): Message[] {
  if (earlier === null) return []
  const { startedAt } = earlier
  const changes = compareProtocols(earlier.protocol, now.protocol)
  const tables = earlier.inputs.filter(({ role }) => role !== 'protocol').flatMap(({ role, file, sha256 }) => {
    const input = now.inputs.find((other) => other.role === role)
    if (!input || input.sha256 === sha256) return []
    return [{ role, old: { file, sha256 }, now: { file: input.file, sha256: input.sha256 } }]
  }) // prettier-ignore
  return [
    changes.length === 0 ? tell('same-protocol', { startedAt }) : tell('protocol-changed', { startedAt, changes }),
    tables.length === 0 ? tell('same-tables', {}) : tell('tables-changed', { tables }),
    ...(earlier.texel === now.texel ? [] : [tell('texel-changed', { old: earlier.texel, now: now.texel })]),
    ...looks.map(({ cohort, looks, first: { at, protocolSha256 }, protocolChanges }) =>
      tell('cohort-looked-at', { cohort, at, protocolSha256, looks, protocolChanges }),
    ),
  ]
}
