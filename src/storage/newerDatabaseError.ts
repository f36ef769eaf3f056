/** What is kept in this browser was kept by a newer version of the program. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
  constructor() {
    super(
      'What is kept in this browser was kept by a newer version of Texel. Nothing of it is lost, and this version leaves it alone: open that newer version again to go on with it.',
    )
  }
}
