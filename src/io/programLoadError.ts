/**
 * A part of the program itself could not be loaded: neither the user's file nor memory is to blame. Told from other errors by
 * its name, which it keeps on its way from a worker to the page.
 */
export class ProgramLoadError extends Error {
  /** @param message without a full stop where it is still to be told whether the server is gone */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProgramLoadError'
  }
}

export function isProgramLoadError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ProgramLoadError'
}
