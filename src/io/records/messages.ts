import { messagesOf, type Message } from '../../core/messages/message.ts'
import type { SettingType } from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'

/** What a schema found: in the library's words, for a field by its path or the whole file. */
interface FieldProblem {
  readonly field: string | null
  readonly words: string
}

export interface RecordedFile {
  readonly file: string
  readonly sha256: string
}

/** What stands in a parameter file where something else was expected. */
export type FoundNode =
  | { readonly kind: 'nothing' | 'null' | 'list' | 'map' | 'else' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly written: string }

/** Names that would do; `near` is what was likely meant. */
interface Among {
  readonly near: string | null
  readonly known: readonly string[]
}

type Nothing = Readonly<Record<never, never>>

export interface RecordsMessages {
  'model-no-json': { readonly path: string; readonly words: string }
  'model-later': { readonly path: string; readonly version: number }
  /** Of version 2: its check sum is not there, or not that of what stands in it. */
  'model-without-hash': { readonly path: string }
  'model-changed': { readonly path: string }
  'model-no-object': { readonly path: string }
  'model-invalid': { readonly path: string; readonly problems: readonly FieldProblem[] }
  'model-lengths': { readonly path: string; readonly field: string; readonly found: number; readonly expected: number }
  'onnx-no-column': { readonly name: string }
  'combat-no-json': { readonly path: string; readonly words: string }
  'combat-invalid': FieldProblem & { readonly path: string }
  'combat-lengths': { readonly path: string; readonly columns: number; readonly found: number }
  'run-no-json': { readonly path: string; readonly words: string }
  'run-invalid': FieldProblem & { readonly path: string }
  'protocol-no-yaml': { readonly path: string; readonly problems: readonly { readonly line: number; readonly words: string }[] }
  'protocol-no-settings': { readonly path: string }
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
  'same-tables': Nothing
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
  'record-no-json': { readonly path: string; readonly words: string }
  'record-invalid': FieldProblem & { readonly path: string }
  'record-number': { readonly path: string; readonly text: string }

  // Parameter files.
  /** Lines are counted from 1; paths are keys from the top. */
  'parameters-invalid': {
    readonly problems: readonly { readonly line: number; readonly path: string; readonly problem: Message }[]
  }
  'parameters-empty': Nothing
  /** Of two settings of which one takes the place of the other. */
  'both-bins': { readonly size: string; readonly count: string }
  'filters-no-list': { readonly found: FoundNode }
  'same-filter': Nothing
  'option-missing': { readonly type: SettingType }
  'shape-of-responses': Nothing
  'names-no-list': { readonly example: string; readonly found: FoundNode }
  'profile-by-command': Nothing
  'range-order': Nothing
  'yaml-invalid': { readonly words: string }
  'yaml-same-name': Nothing
  'yaml-documents': Nothing
  'voxel-maps': Nothing
  'voxel-setting': Nothing
  'setting-outside': { readonly name: string }
  unknown: Among & { readonly what: 'section' | 'image type' | 'feature class' | 'feature family' | 'filter' | 'setting' }
  'features-no-list': { readonly example: string; readonly found: FoundNode }
  'no-feature': Among & { readonly featureClass: string; readonly given: string | FoundNode }
  'not-of-type': { readonly type: SettingType; readonly found: FoundNode }
  'not-of-type-in-list': { readonly type: SettingType; readonly found: FoundNode }
  'list-length': { readonly type: SettingType; readonly found: number }
  'no-interpolator': { readonly found: FoundNode }
  'continuous-wavelet': { readonly name: string }
  'no-choice': Among & { readonly found: FoundNode }
  /** @property default as a file states it */
  'null-used': { readonly type: SettingType; readonly default: string }
  'no-map': { readonly found: FoundNode }
  'name-no-word': Nothing
}

export const { refuse, tell } = messagesOf<RecordsMessages>('records')
