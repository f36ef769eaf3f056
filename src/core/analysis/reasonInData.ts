import { DataError, type Message } from '../messages/message.ts'

/** What could not be done with the data. */
export interface Failure {
  readonly failure: Message
}

export function isFailure(result: object): result is Failure {
  return 'failure' in result
}

/** @throws the error when it does not come from the data */
export function reasonInData(error: unknown): Message {
  // Only data can make one fold fail alone; a cancelled run or a broken worker ends everything.
  if (!(error instanceof DataError)) throw error
  return error.told
}
