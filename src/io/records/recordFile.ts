import { z } from '../../core/messages/zod.ts'
import type { StageKey } from '../../core/analysis/stages/stageKey.ts'
import type { StageRecord } from '../../core/analysis/stages/stageStore.ts'
import { DataError } from '../../core/messages/message.ts'
import { refuse } from './messages.ts'

const schema = z.object({
  format: z.literal('texel record'),
  version: z.literal(1),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  stage: z.string(),
  stageVersion: z.int(),
  value: z.unknown(),
})

/** JSON has none of these: they are written as text behind this sign, and a text that begins with the sign has it twice. */
const sign = '#'
const numbers: readonly number[] = [NaN, Infinity, -Infinity, -0]
const nameOf = (value: number) => (Object.is(value, -0) ? '-0' : String(value))

/**
 * The result of a stage as JSON from which `parseRecord` reads the very same again: all digits, NaN, both infinities and -0.
 * (`formatJson` writes for other programs and loses these.)
 * @throws TypeError, naming the place, for what is no plain data: undefined, typed arrays, maps, functions
 */
export function formatRecord(key: StageKey, { stage, version, value }: StageRecord): string {
  return `${JSON.stringify({ format: 'texel record', version: 1, key, stage, stageVersion: version, value: encode(value, stage) })}\n`
}

/**
 * @param path for messages
 * @throws DataError when it is no record, or of a later version
 */
export function parseRecord(text: string, path: string): { readonly key: StageKey; readonly record: StageRecord } {
  let content: unknown
  try {
    content = JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? decode(value, path) : value))
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    throw refuse('record-no-json', { path, words: (cause as Error).message }, { cause })
  }
  const result = schema.safeParse(content)
  if (!result.success) {
    const [issue] = result.error.issues
    throw refuse('record-invalid', { path, field: issue.path.join('.') || null, words: issue.message })
  }
  const { key, stage, stageVersion, value } = result.data
  return { key, record: { stage, version: stageVersion, value } }
}

function encode(value: unknown, place: string): unknown {
  if (typeof value === 'number') return numbers.some((number) => Object.is(number, value)) ? sign + nameOf(value) : value
  if (typeof value === 'string') return value.startsWith(sign) ? sign + value : value
  if (typeof value === 'boolean' || value === null) return value
  if (Array.isArray(value)) return Array.from(value, (entry, i) => encode(entry, `${place}.${i}`))
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null))
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, encode(entry, `${place}.${name}`)]))
  throw new TypeError(`A record is plain data; ${place} is not: ${Object.prototype.toString.call(value)}.`)
}

function decode(text: string, path: string): unknown {
  if (!text.startsWith(sign)) return text
  if (text.startsWith(sign + sign)) return text.slice(sign.length)
  const number = numbers.find((number) => text === sign + nameOf(number))
  if (number === undefined) throw refuse('record-number', { path, text })
  return number
}
