import { messagesOf, type Message } from '../src/core/messages/message.ts'
import type { WorkerTask } from '../src/io/messages.ts'

type Nothing = Readonly<Record<never, never>>

export interface WorkerMessages {
  // Steps of reading.
  looking: Nothing
  /** @property name of a file or series */
  reading: { readonly name: string }

  // Steps of an extraction.
  starting: Nothing
  measuring: Nothing
  preparing: Nothing

  // Why a worker ended by itself; `times`: how often it happened to the same work.
  ended: { readonly task: WorkerTask; readonly reason: Message | null; readonly times: 1 | 2 }
  'answer-lost': Nothing
  'exit-code': { readonly exitCode: number }

  // Stand where a hash would.
  'hash-not-ready': Nothing
  'hash-failed': { readonly error: Message }
  'hash-impossible': Nothing

  // Why a file is not read.
  'folder-empty': Nothing
  /** Its reader ended by itself. */
  'ended-by-file': { readonly ended: Message }
  'reader-failed': { readonly error: Message }
}

export const { tell } = messagesOf<WorkerMessages>('workers')
