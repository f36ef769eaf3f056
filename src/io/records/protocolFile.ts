import { isMap, isNode, LineCounter, parseDocument, stringify, type Document } from 'yaml'
import { z } from '../../core/messages/zod.ts'
import { defaultProtocol, protocolSchema, type Protocol } from '../../core/protocol/protocol.ts'
import { nearestName } from '../tables/nearestName.ts'
import type { Message } from '../../core/messages/message.ts'
import { explainIssue, settingsAt } from '../../core/protocol/explainIssue.ts'
import type { ProtocolHelpKey } from '../../core/protocol/protocolHelp.ts'
import { refuse, tell } from './messages.ts'

/**
 * Reads a protocol (YAML or JSON). What is left out has the default of the study.
 * @param path for messages
 * @throws DataError that names line, key and what was expected
 */
export function parseProtocolFile(text: string, path: string): Protocol {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0)
    // One fault brings others after it, which say nothing more.
    throw refuse('protocol-no-yaml', {
      path,
      problems: document.errors.slice(0, 1).map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, words: message })),
    })
  const content = contentOf(document, path)
  // A sentence is YAML too: of one text.
  if (typeof content !== 'object' || Array.isArray(content)) throw refuse('protocol-no-settings', { path })
  const result = protocolSchema.safeParse(content)
  if (result.success) return result.data
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, document)).sort((a, b) => a.at - b.at)
  throw refuse('protocol-invalid', {
    path,
    problems: problems.map(({ at, problem }) => ({ line: lines.linePos(at).line, problem })),
  })
}

/** @throws DataError for an alias of what is named nowhere, or for aliases of aliases that would fill the memory */
function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS() ?? {}
  } catch (cause) {
    throw refuse('protocol-no-yaml', { path, problems: [{ line: 1, words: (cause as Error).message }] }, { cause })
  }
}

/** All settings, the defaults included. */
export function formatProtocolFile(protocol: Protocol = defaultProtocol): string {
  return stringify(protocol)
}

/** JSON Schema (2020-12) of protocol files, for editors. @param help explains settings, by the keys that the schema has for their descriptions */
export function protocolJsonSchema(help: Readonly<Record<ProtocolHelpKey, string>>): string {
  const explain = ({ jsonSchema }: { readonly jsonSchema: { description?: string } }) => {
    if (jsonSchema.description !== undefined) jsonSchema.description = help[jsonSchema.description as ProtocolHelpKey]
  }
  return JSON.stringify(z.toJSONSchema(protocolSchema, { io: 'input', override: explain }), null, 2)
}

function describeIssue(issue: z.core.$ZodIssue, document: Document): { at: number; problem: Message }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = settingsAt(issue.path, document.toJS())
      const path = [...issue.path, key]
      return {
        at: offsetOf(document, path),
        problem: tell('protocol-name', { name: path.join('.'), near: nearestName(key, known) ?? null, known }),
      }
    })
  const value: unknown = issue.path.length > 0 ? document.getIn(issue.path) : document.toJS()
  const found = value === undefined ? null : JSON.stringify(isNode(value) ? value.toJSON() : value)
  const problem = explainIssue(issue, document.toJS())
  return [
    {
      at: offsetOf(document, issue.path),
      problem: tell('protocol-value', { field: issue.path.join('.') || null, problem, found }),
    },
  ]
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
