import { messagesOf, type Message } from '../src/core/messages/message.ts'

type Nothing = Readonly<Record<never, never>>

export interface WorkerMessages {
  // Steps of reading.
  looking: Nothing
  /** @property name of a file or series */
  reading: { readonly name: string }

  // Why a file is not read.
  'folder-empty': Nothing
  /** Its reader ended by itself. */
  'ended-by-file': { readonly ended: Message }
  'reader-failed': { readonly error: Message }
}

export const { tell } = messagesOf<WorkerMessages>('workers')
