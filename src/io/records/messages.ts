import { messagesOf, type Message } from '../../core/messages/message.ts'

/** What a schema found: in the library's words, for a field by its path or the whole file. */
interface FieldProblem {
  readonly field: string | null
  readonly words: string
}

export interface RecordedFile {
  readonly file: string
  readonly sha256: string
}

export interface RecordsMessages {
  'model-no-json': { readonly path: string; readonly words: string }
  'model-later': { readonly path: string; readonly version: number }
  'model-no-object': { readonly path: string }
  'model-invalid': { readonly path: string; readonly problems: readonly FieldProblem[] }
  'model-lengths': { readonly path: string; readonly field: string; readonly found: number; readonly expected: number }
  'combat-no-json': { readonly path: string; readonly words: string }
  'combat-invalid': FieldProblem & { readonly path: string }
  'combat-lengths': { readonly path: string; readonly columns: number; readonly found: number }
  'run-no-json': { readonly path: string; readonly words: string }
  'run-invalid': FieldProblem & { readonly path: string }
  'protocol-no-yaml': { readonly path: string; readonly problems: readonly { readonly line: number; readonly words: string }[] }
  'protocol-invalid': {
    readonly path: string
    readonly problems: readonly { readonly line: number; readonly problem: Message }[]
  }
  'protocol-name': { readonly name: string; readonly near: string | null; readonly known: readonly string[] }
  'protocol-value': { readonly field: string | null; readonly problem: Message; readonly found: string | null }
  'same-protocol': { readonly startedAt: string }
  'protocol-changed': {
    readonly startedAt: string
    readonly changes: readonly { readonly key: string; readonly old: unknown; readonly now: unknown }[]
  }
  'same-tables': Readonly<Record<never, never>>
  'tables-changed': {
    readonly tables: readonly { readonly role: string; readonly old: RecordedFile; readonly now: RecordedFile }[]
  }
  'texel-changed': { readonly old: string; readonly now: string }
  'cohort-looked-at': {
    readonly cohort: string
    readonly at: string
    readonly protocolSha256: string
    readonly looks: number
    readonly protocolChanges: number
  }
}

export const { refuse, tell } = messagesOf<RecordsMessages>('records')
