import { z } from '../messages/zod.ts'
import { isMessage, type Message } from '../messages/message.ts'
import { decoded, tell } from './messages.ts'
import { protocolSchema } from './protocol.ts'

/** What is allowed at a place of the protocol, of JSON Schema. */
interface Allowed {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Allowed>>
  readonly items?: Allowed
  readonly oneOf?: readonly Allowed[]
}

/** What a setting may be, in our words, where `protocolSchema` refuses it. @param given the whole that was refused */
export function explainIssue(issue: z.core.$ZodIssue, given: unknown): Message {
  const own = issue.code === 'custom' ? issue.params?.told : undefined
  if (isMessage(own)) return own
  return decoded(issue.message) ?? expected(allowedAt(issue.path, given))
}

/** Names of the settings at a place of the protocol; of a step, those of its method. */
export function settingsAt(path: readonly PropertyKey[], given: unknown): string[] {
  return Object.keys(allowedAt(path, given)?.properties ?? {})
}

function allowedAt(path: readonly PropertyKey[], given: unknown): Allowed | undefined {
  let at: Allowed | undefined = z.toJSONSchema(protocolSchema, { io: 'input' }) as Allowed
  let value = given
  for (const key of path) {
    const inside: Allowed | undefined = typeof key === 'number' ? at?.items : at?.properties?.[String(key)]
    // The method of a step that is none of those there are.
    const methods: readonly unknown[] | undefined =
      key === 'method' ? at?.oneOf?.map((one) => one.properties?.method?.const) : undefined
    value = (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key]
    at = chosen(inside, value) ?? (methods && { enum: methods })
  }
  return at
}

function chosen(allowed: Allowed | undefined, value: unknown): Allowed | undefined {
  const method = (value as { method?: unknown } | null | undefined)?.method
  return allowed?.oneOf?.find(({ properties }) => properties?.method?.const === method) ?? allowed
}

function expected(allowed: Allowed | undefined): Message {
  if (!allowed) return tell('expected-otherwise', {})
  if (allowed.enum) return tell('expected-choice', { choices: allowed.enum.map(String) })
  switch (allowed.type) {
    case 'number':
    case 'integer':
      return tell('expected-number', {
        isWhole: allowed.type === 'integer',
        least: bound(allowed.minimum),
        above: allowed.exclusiveMinimum ?? null,
        most: bound(allowed.maximum),
        below: allowed.exclusiveMaximum ?? null,
      })
    case 'boolean':
      return tell('expected-switch', {})
    case 'string':
      return tell('expected-text', {})
    case 'array':
      return tell('expected-list', { least: allowed.minItems ?? 0 })
    default:
      return tell('expected-otherwise', {})
  }
}

/** The ends of what a double counts exactly are no bounds that anybody meant. */
const bound = (value: number | undefined) => (value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value)
