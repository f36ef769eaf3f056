/** Why a file cannot be used, in words for its owner. The message never holds patient data. */
export class ReadError extends Error {
  /** File or folder as the user knows it. */
  readonly path: string

  /**
   * @param reason what was found and what was expected, a full sentence
   * @param hint what to do about it, a full sentence
   */
  constructor(path: string, reason: string, hint = '', options?: ErrorOptions) {
    super([reason, hint].filter(Boolean).join(' '), options)
    this.name = 'ReadError'
    this.path = path
  }
}
