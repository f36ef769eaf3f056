import { messagesOf, type Message } from '../core/messages/message.ts'

/** What a page keeps in a browser. */
export type KeptThing = 'database' | 'cache' | 'file' | 'service worker' | 'setting' | 'setting of this tab'

export interface StorageMessages {
  // What is left once everything was to be forgotten.
  'still-there': { readonly what: KeptThing; readonly count: number }
  'not-removed': { readonly what: KeptThing; readonly reason: Message }
}

export const { tell } = messagesOf<StorageMessages>('storage')
