import { messagesOf, type Message } from '../messages/message.ts'

type Plain = Readonly<Record<never, never>>

export interface ProtocolMessages {
  'clinical-expected': Plain
  'features-expected': Plain
  'from-above-to': Plain
  'model-name-taken': { readonly name: string }
  'model-without-columns': Plain
  'column-twice': { readonly column: string }
  'wasm-only-weights': Plain
  'wasm-only-tuned': Plain

  // What a setting may be.
  'expected-number': {
    readonly isWhole: boolean
    readonly least: number | null
    readonly above: number | null
    readonly most: number | null
    readonly below: number | null
  }
  'expected-choice': { readonly choices: readonly string[] }
  'expected-switch': Plain
  'expected-text': Plain
  /** @property least entries */
  'expected-list': { readonly least: number }
  'expected-otherwise': Plain
}

export const { tell } = messagesOf<ProtocolMessages>('protocol')

const plain = ['clinical-expected', 'features-expected', 'from-above-to'] as const

/** For the schema, which keeps nothing but a text: `decoded` knows it again. */
export function coded(code: (typeof plain)[number]): string {
  return `protocol/${code}`
}

/** @returns undefined for the words of the schema's library */
export function decoded(text: string): Message | undefined {
  const code = plain.find((code) => coded(code) === text)
  return code && tell(code, {})
}
