import type { Message } from '../../messages/message.ts'

/** Why a filter gives no image, and the others go on. */
export interface LeftOut {
  readonly skipped: Message
}
