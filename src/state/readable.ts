/** A store, or as much of one as somebody reads; a test gives what it needs. */
export interface Readable<State> {
  getState(): State
}
