import { messagesOf, type Message } from '../core/messages/message.ts'

/** What a page keeps in a browser. */
export type KeptThing = 'database' | 'cache' | 'file' | 'service worker' | 'setting' | 'setting of this tab'

type Nothing = Readonly<Record<never, never>>

export interface StorageMessages {
  // What is left once everything was to be forgotten.
  'still-there': { readonly what: KeptThing; readonly count: number }
  'not-removed': { readonly what: KeptThing; readonly reason: Message }

  // What the browser refuses.
  'no-room': Nothing
  'not-kept': { readonly reason: Message }
  'newer-database': Nothing
  'newer-database-keeps-nothing': Nothing
  'earlier-version-open': Nothing

  // What it kept and gives back otherwise.
  'roi-damaged': Nothing
  'roi-cut-off': { readonly voxels: number; readonly expected: number }
}

export const { tell } = messagesOf<StorageMessages>('storage')
