import { messagesOf } from '../messages/message.ts'

export interface FeaturesMessages {
  'features-unknown': { readonly featureClass: string; readonly unknown: readonly string[]; readonly known: readonly string[] }
  /** Of a file of features. */
  'no-number': { readonly text: string; readonly line: string }
  'shape-of-nothing': Readonly<Record<never, never>>
}

export const { refuse } = messagesOf<FeaturesMessages>('features')
