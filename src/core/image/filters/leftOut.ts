/** Why a filter gives no image, and the others go on; in a sentence. */
export interface LeftOut {
  readonly skipped: string
}
