import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Seed } from '../../numeric/random.ts'

/** Names the result of a stage by all that it is a function of: 64 hexadecimal digits. */
export type StageKey = string

/** All that the result of a stage is a function of. */
export interface StageInputs {
  readonly kind: string
  /** Goes up when the same inputs give another result. */
  readonly version: number
  /** Keys of the data and of the stages that it looks at, in a fixed order. */
  readonly inputs: readonly StageKey[]
  /** Its part of the protocol, as plain data; null where it has none. */
  readonly part: unknown
  /** Null where nothing is drawn. */
  readonly seed: Seed | null
}

/** The same for the same inputs, in whatever order the settings of `part` are written. */
export function stageKey({ kind, version, inputs, part, seed }: StageInputs): StageKey {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(inOrder([kind, version, inputs, part, seed])))))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return { entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => [name, inOrder(entry)]) }
}
