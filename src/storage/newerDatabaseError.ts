import { ToldError } from '../core/messages/message.ts'
import { tell } from './messages.ts'

/** What is kept in this browser was kept by a newer version of the program. */
export class NewerDatabaseError extends ToldError {
  override readonly name = 'NewerDatabaseError'

  constructor() {
    super(tell('newer-database', {}))
  }
}
