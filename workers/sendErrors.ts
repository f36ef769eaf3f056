import { transferHandlers, type TransferHandler } from 'comlink'
import { DataError, ToldError, type Message } from '../src/core/messages/message.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'

interface Thrown {
  readonly value: unknown
}
interface Sent {
  readonly isError: boolean
  readonly told?: Message
  readonly isProgramLoadError?: boolean
}

/**
 * Lets what is told of bad data, and of parts of the program that are missing, cross from a worker whole: comlink keeps message, name and stack of an error and drops all else.
 * Both ends import this file.
 */
const ofComlink = transferHandlers.get('throw') as TransferHandler<Thrown, Sent>

transferHandlers.set('throw', {
  canHandle: ofComlink.canHandle,
  serialize: (thrown: Thrown) => {
    const [sent, moved] = ofComlink.serialize(thrown)
    const { value } = thrown
    if (!(value instanceof ToldError)) return [sent, moved]
    return [{ ...sent, told: value.told, isProgramLoadError: value instanceof ProgramLoadError }, moved]
  },
  deserialize: (sent: Sent) => {
    if (sent.told) throw new (sent.isProgramLoadError ? ProgramLoadError : DataError)(sent.told)
    return ofComlink.deserialize(sent)
  },
} satisfies TransferHandler<Thrown, Sent>)
