import { ToldError } from '../core/messages/message.ts'

/** A part of the program itself could not be loaded: neither the user's file nor memory is to blame. */
export class ProgramLoadError extends ToldError {
  override readonly name = 'ProgramLoadError'
}
