import { isMap, isNode, LineCounter, parseDocument, stringify, type Document } from 'yaml'
import { z } from 'zod'
import { defaultProtocol, protocolSchema, type Protocol } from '../../core/protocol/protocol.ts'
import { nearestName } from '../tables/nearestName.ts'

// The faster way of checking builds code from text, which the page's Content-Security-Policy forbids.
z.config({ jitless: true })

/** Everything that is wrong with a protocol file, a line each. */
export class ProtocolFileError extends Error {}

/**
 * Reads a protocol (YAML or JSON). What is left out has the default of the study.
 * @param path for messages
 * @throws ProtocolFileError that names line, key and what was expected
 */
export function parseProtocolFile(text: string, path: string): Protocol {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0)
    throw new ProtocolFileError(document.errors.map(({ message, pos }) => `${path}, line ${lines.linePos(pos[0]).line}: ${message}`).join('\n')) // prettier-ignore
  const result = protocolSchema.safeParse(document.toJS() ?? {})
  if (result.success) return result.data
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, document)).sort((a, b) => a.at - b.at)
  throw new ProtocolFileError(problems.map(({ at, text }) => `${path}, line ${lines.linePos(at).line}, ${text}`).join('\n'))
}

/** All settings, the defaults included. */
export function formatProtocolFile(protocol: Protocol = defaultProtocol): string {
  return stringify(protocol)
}

/** JSON Schema (2020-12) of protocol files, for editors. */
export function protocolJsonSchema(): string {
  return JSON.stringify(z.toJSONSchema(protocolSchema, { io: 'input' }), null, 2)
}

function describeIssue(issue: z.core.$ZodIssue, document: Document): { at: number; text: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = knownKeys(issue.path, document.getIn([...issue.path, 'method']))
      const near = nearestName(key, known)
      return { at: offsetOf(document, [...issue.path, key]), text: `${[...issue.path, key].join('.')}: unknown name; ${near ? `did you mean ${near}?` : `known are ${known.join(', ')}.`}` } // prettier-ignore
    })
  const value: unknown = issue.path.length > 0 ? document.getIn(issue.path) : document.toJS()
  const found = value === undefined ? 'it is missing' : `found ${JSON.stringify(isNode(value) ? value.toJSON() : value)}`
  return [{ at: offsetOf(document, issue.path), text: `${issue.path.join('.') || 'the file'}: ${issue.message}; ${found}.` }]
}

/** Where the key, or the nearest part above it that is in the file, stands. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true)
    const last = path[depth - 1]
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === last) : undefined
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

/** Names of the settings at a place of the protocol; of a step, those of its method. */
function knownKeys(path: readonly PropertyKey[], method: unknown): string[] {
  type Schema = { properties?: Record<string, Schema>; items?: Schema; oneOf?: Schema[]; const?: unknown }
  let at: Schema | undefined = z.toJSONSchema(protocolSchema, { io: 'input' }) as Schema
  for (const step of path) at = typeof step === 'number' ? at?.items : at?.properties?.[String(step)]
  const chosen = at?.oneOf?.find(({ properties }) => properties?.method?.const === method) ?? at
  return Object.keys(chosen?.properties ?? {})
}
