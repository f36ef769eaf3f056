import type { Protocol } from '../../core/protocol/protocol.ts'

/** A change of a protocol: the one place that it changed, or null for several, and when. */
export interface ProtocolAct {
  readonly place: string | null
  readonly at: number
}

/** A number that is typed digit by digit is changed once. */
const pauseMs = 1000

/** @param before the change before it */
export const goesOn = (act: ProtocolAct, before: ProtocolAct | null): boolean =>
  before !== null && act.place !== null && act.place === before.place && act.at - before.at < pauseMs

/** The one setting in which two protocols differ; null where there are none or several. */
export function changedPlace(a: Protocol, b: Protocol): string | null {
  const places = differences(a, b, [])
  return places.length === 1 ? places[0] : null
}

/** What a person made of a protocol, for other tables: a part that is as those tables proposed it is as these propose it. */
export function carryOver(own: Protocol, proposedBefore: Protocol, proposed: Protocol): Protocol {
  const untouched = (Object.keys(proposed) as (keyof Protocol)[]).filter((part) => differences(own[part], proposedBefore[part], []).length === 0) // prettier-ignore
  return { ...own, ...Object.fromEntries(untouched.map((part) => [part, proposed[part]])) }
}

function differences(a: unknown, b: unknown, path: readonly string[]): string[] {
  if (Object.is(a, b)) return []
  if (!isNode(a) || !isNode(b) || Array.isArray(a) !== Array.isArray(b)) return [path.join('.')]
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].flatMap((name) => differences(a[name], b[name], [...path, name]))
}

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
