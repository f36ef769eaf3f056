import { classifyAt, type Classification } from '../src/core/evaluate/classification.ts'
import { defaultEvaluationOptions, type EvaluationOptions } from '../src/core/evaluate/evaluateModel.ts'
import { evaluateScoreTable, type ScoreRecord } from '../src/core/evaluate/scoreRecord.ts'
import { DataError, type Message } from '../src/core/messages/message.ts'
import type { OnProgress } from '../src/core/numeric/jobs.ts'
import { describeColumns, type ColumnFacts } from '../src/io/tables/roles/columnFacts.ts'
import { guessScoreRoles, guessStudyRoles } from '../src/io/tables/roles/guessRoles.ts'
import { readRawTable } from '../src/io/tables/roles/rawTable.ts'
import type { Role, ScoreChoice } from '../src/io/tables/roles/scoreChoice.ts'
import type { StudyRole } from '../src/io/tables/roles/studyChoice.ts'
import { takeScores } from '../src/io/tables/roles/takeScores.ts'
import type { Bytes } from '../src/io/sourceFile.ts'

/** What a person sees of a table before it is used. */
export interface TableLook {
  readonly columns: readonly ColumnFacts[]
  /** One a column, by the names and values of all: were it a table of scores, or of features. */
  readonly guesses: { readonly scores: readonly Role[]; readonly study: readonly StudyRole[] }
  /** The first of them, as they lie in the file. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[]
  readonly rowCount: number
  /** What was assumed of the file. */
  readonly notes: readonly Message[]
}

/** What the choices make of the table; problems keep it from being evaluated. */
export interface TableCheck {
  readonly problems: readonly Message[]
  readonly counts: {
    readonly rows: number
    readonly leftOut: number
    readonly positives: number
    readonly positive: string
    readonly negative: string
    readonly cohorts: readonly { readonly name: string; readonly rows: number; readonly positives: number }[]
  } | null
}

export type ScoresApi = ReturnType<typeof createScoresApi>

const shownRows = 8

/** What a worker does with a table of scores. Each call brings the file: a worker that ended has lost nothing. */
export function createScoresApi() {
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
  return {
    async look(bytes: Bytes, path: string): Promise<TableLook> {
      const raw = await readRawTable(bytes, path)
      const rows = raw.rows.slice(0, shownRows).map((cells, at) => ({ number: raw.rowNumbers[at], cells }))
      const columns = describeColumns(raw)
      const guesses = { scores: guessScoreRoles(columns), study: guessStudyRoles(columns) }
      return { columns, guesses, rows, rowCount: raw.rows.length, notes: raw.notes ?? [] }
    },
    async check(bytes: Bytes, path: string, choice: ScoreChoice): Promise<TableCheck> {
      const taken = takeScores(await readRawTable(bytes, path), choice)
      if ('problems' in taken) return { problems: taken.problems, counts: null }
      const { table, positive, negative, leftOut } = taken
      const cohorts = [...new Set(table.cohortOf)].map((name) => {
        const rows = table.cohortOf.flatMap((cohort, row) => (cohort === name ? [row] : []))
        return { name, rows: rows.length, positives: rows.filter((row) => table.outcome[row] === 1).length }
      })
      const positives = cohorts.reduce((sum, cohort) => sum + cohort.positives, 0)
      return { problems: [], counts: { rows: table.ids.length, leftOut, positives, positive, negative, cohorts } }
    },
    async evaluate(bytes: Bytes, path: string, choice: ScoreChoice, onProgress: OnProgress): Promise<ScoreRecord> {
      const taken = takeScores(await readRawTable(bytes, path), choice)
      if ('problems' in taken) throw new DataError(taken.problems[0])
      return evaluateScoreTable(taken.table, defaultEvaluationOptions, async (progress) => {
        onProgress(progress)
        await pause()
      })
    },
    /** The bootstrap of one threshold, for when the hand rests. */
    classify(
      scores: Float64Array,
      outcome: Float64Array,
      threshold: number,
      options: Pick<EvaluationOptions, 'seed' | 'level' | 'resamples' | 'prevalence'> & { readonly clusters?: readonly string[] },
    ): Classification {
      return classifyAt(scores, outcome, threshold, options)
    },
  }
}
