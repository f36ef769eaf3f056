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

function differences(a: unknown, b: unknown, path: readonly string[]): string[] {
  if (Object.is(a, b)) return []
  if (!isNode(a) || !isNode(b) || Array.isArray(a) !== Array.isArray(b)) return [path.join('.')]
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].flatMap((name) => differences(a[name], b[name], [...path, name]))
}

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
