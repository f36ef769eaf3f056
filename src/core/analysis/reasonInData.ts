/** What could not be done with the data, in words. */
export interface Failure {
  readonly failure: string
}

export function isFailure(result: object): result is Failure {
  return 'failure' in result
}

/** @throws the error when it does not come from the data */
export function reasonInData(error: unknown): string {
  // Only data can make one fold fail alone; a cancelled run or a broken worker ends everything. Errors of workers keep their name, not their class.
  if (!(error instanceof Error && error.name === 'RangeError')) throw error
  return error.message
}
