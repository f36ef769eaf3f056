import type { Say } from '../core/messages/message.ts'

/** A room's sentences in one language: one for each of its codes, made from the values that this code has; `say` is for messages among them. */
export type Sentences<Codes extends object> = { readonly [Code in keyof Codes]: (values: Codes[Code], say: Say) => string }
