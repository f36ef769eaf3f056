/**
 * What is to be said of the data, as data: which step says it, which of its sentences, and what fills it. Plain data, so it survives
 * JSON and postMessage. The sentence stands in `src/messages/<language>/<step>.ts`.
 */
export interface Message {
  /** Room of the data's way that says it: a folder of `core` or `io`, or `workers`. */
  readonly step: string
  readonly code: string
  /** What the sentence is made from; may hold messages itself. */
  readonly values: Readonly<Record<string, unknown>>
}

/** Makes a message's sentence: `say` of `src/messages`, handed to what writes tables and files. */
export type Say = (message: Message) => string

/** Whether a value found anywhere in a record is a message, to be said where the record is written. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false
  const { step, code, values } = value as Partial<Message>
  return typeof step === 'string' && typeof code === 'string' && typeof values === 'object' && Object.keys(value).length === 3
}

/** A message that another version, or a person, wrote as a sentence. */
export function inWords(words: string): Message {
  return { step: 'program', code: 'said', values: { words } }
}

/** For `JSON.stringify`: writes messages as sentences and leaves all else alone. */
export function sayingMessages(say: Say): (key: string, value: unknown) => unknown {
  return (_, value) => (isMessage(value) ? say(value) : value)
}

/** An error whose sentence is made from a message. Crosses workers whole (`workers/sendErrors.ts`). */
export class ToldError extends Error {
  readonly told: Message

  constructor(told: Message, options?: ErrorOptions) {
    super(`${told.step}/${told.code} ${JSON.stringify(told.values)}`, options)
    this.told = told
  }
}

/**
 * The data is to blame, not the program: told to its owner, in sentences. An error of any other class is the program's own, and is
 * shown with its stack.
 */
export class DataError extends ToldError {
  override readonly name = 'DataError'
}

/** Makes a room's messages: `Codes` names each of them with the values that its sentence takes. */
export function messagesOf<Codes extends object>(step: string) {
  type Of<Code extends keyof Codes> = Codes[Code] & Readonly<Record<string, unknown>>
  const tell = <Code extends keyof Codes & string>(code: Code, values: Of<Code>): Message => ({ step, code, values })
  return {
    tell,
    /** The error to throw. */
    refuse: <Code extends keyof Codes & string>(code: Code, values: Of<Code>, options?: ErrorOptions): DataError =>
      new DataError(tell(code, values), options),
  }
}

/** What an error says: a told one its message, another one its own words, which are no part of any catalogue. */
export function messageOf(error: unknown): Message {
  if (error instanceof ToldError) return error.told
  return { step: 'program', code: 'failed', values: { words: error instanceof Error ? error.message : String(error) } }
}
