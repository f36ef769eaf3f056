import type { Database, KeptAnalysis, KeptScoreTable, KeptTablesInHand } from './schema.ts'

type Said = Omit<KeptAnalysis, 'files'> | Omit<KeptScoreTable, 'file'>
type Files = KeptTablesInHand['files']

/** Tables that are in hand, with what is said of them: the tables are written once, and anew only where they are others. */
export function createTablesInHand<Own extends Said>(database: Database, key: Own['key']) {
  const { analyses, tablesInHand } = database
  /** Those that the database has. */
  let written: Files = []
  /** While tables are written, and what was to be written after them: a short write would overtake a long one. */
  let writing: Promise<unknown> | null = null
  const behind = (write: () => PromiseLike<unknown>): Promise<void> => {
    const own = (writing ?? Promise.resolve()).then(write)
    const settled = own
      .catch(() => undefined)
      .then(() => {
        if (writing === settled) writing = null
      })
    writing = settled
    return own.then(() => undefined)
  }
  const writeAll = async (said: Said, files: Files) => {
    try {
      await database.transaction('rw', analyses, tablesInHand, () =>
        Promise.all([tablesInHand.put({ key, files }), analyses.put(said)]),
      )
      written = files
    } catch (error) {
      written = []
      throw error
    }
  }
  const isWritten = (files: Files) => files.length === written.length && files.every((file, i) => file === written[i])
  return {
    async find(): Promise<{ readonly said: Own; readonly files: Files } | undefined> {
      const [said, tables] = await Promise.all([analyses.get(key), tablesInHand.get(key)])
      if (!said || !tables) return undefined
      written = tables.files
      return { said: said as Own, files: tables.files }
    },
    async keep(said: Own, files: Files): Promise<void> {
      const write = () => (isWritten(files) ? analyses.put(said) : writeAll(said, files))
      await (writing || !isWritten(files) ? behind(write) : write())
    },
    forget: () =>
      behind(() => {
        written = []
        return database.transaction('rw', analyses, tablesInHand, () =>
          Promise.all([analyses.delete(key), tablesInHand.delete(key)]),
        )
      }),
    /** The database was deleted under the page: nothing is written any more. */
    lose: () => void (written = []),
  }
}
