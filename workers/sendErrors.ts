import { transferHandlers, type TransferHandler } from 'comlink'
import { DataError, type Message } from '../src/core/messages/message.ts'

interface Thrown {
  readonly value: unknown
}
interface Sent {
  readonly isError: boolean
  readonly told?: Message
}

/**
 * Lets what is told of bad data cross from a worker whole: comlink keeps message, name and stack of an error and drops all else.
 * Both ends import this file.
 */
const ofComlink = transferHandlers.get('throw') as TransferHandler<Thrown, Sent>

transferHandlers.set('throw', {
  canHandle: ofComlink.canHandle,
  serialize: (thrown: Thrown) => {
    const [sent, moved] = ofComlink.serialize(thrown)
    return [thrown.value instanceof DataError ? { ...sent, told: thrown.value.told } : sent, moved]
  },
  deserialize: (sent: Sent) => {
    if (sent.told) throw new DataError(sent.told)
    return ofComlink.deserialize(sent)
  },
} satisfies TransferHandler<Thrown, Sent>)
