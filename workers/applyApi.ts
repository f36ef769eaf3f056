import type { PlacedScores } from '../src/core/apply/scorePatients.ts'
import type { ModelFile } from '../src/io/records/modelFile.ts'
import { checkTable, type ApplyChoice, type TableFit } from '../src/io/records/checkTable.ts'
import { readPatients, writeScores, type ReadPatients, type ScoredTable } from '../src/io/records/scoreTable.ts'
import { readRows } from '../src/io/tables/readRows.ts'
import { describeColumns } from '../src/io/tables/roles/columnFacts.ts'
import { guessStudyRoles } from '../src/io/tables/roles/guessRoles.ts'
import { readRawTable } from '../src/io/tables/roles/rawTable.ts'
import { formatTable, parseCsv, tableOfRows } from '../src/io/tables/tableFile.ts'
import type { NamedBytes } from './studyApi.ts'

/** A table beside a model: what it has of what is needed, and the column that its IDs seem to stand in. */
export interface CheckedTable extends TableFit {
  readonly idColumn: string
  readonly allColumns: readonly string[]
}

/** A table read for a model, with the outcome of each patient as text where it has the column. */
export interface ReadForModel extends ReadPatients {
  readonly outcomeOf: ReadonlyMap<string, string> | null
}

/** Scores, and the same beside the outcome where the table has it, as the way in of scores takes them. */
export interface AppliedScores extends ScoredTable {
  readonly withOutcome: string | null
}

export type ApplyApi = ReturnType<typeof createApplyApi>

/** What a worker does with a model and the tables it is to score. Each call brings both: a worker that ended has lost nothing. */
export function createApplyApi() {
  async function openTable({ bytes, path }: NamedBytes, { idColumn }: ApplyChoice) {
    const raw = await readRawTable(bytes, path)
    const guessed = raw.header[guessStudyRoles(describeColumns(raw)).indexOf('id')]
    const { rows } = await readRows(bytes, path)
    const chosen = idColumn ?? guessed
    return { table: tableOfRows(rows, path, chosen), idColumn: chosen ?? 'id', allColumns: raw.header }
  }

  return {
    async checkApplied(file: ModelFile, features: NamedBytes, choice: ApplyChoice): Promise<CheckedTable> {
      const { table, ...columns } = await openTable(features, choice)
      return { ...checkTable(file, table, choice), ...columns }
    },
    /** What is to be scored; another worker does that. */
    async readApplied(file: ModelFile, features: NamedBytes, choice: ApplyChoice): Promise<ReadForModel> {
      const { table } = await openTable(features, choice)
      const { harmonisation } = file
      const by =
        harmonisation === null || choice.isHarmonised || checkTable(file, table, choice).isMarked
          ? null
          : {
              ...{ record: harmonisation.record, batch: choice.batch, facts: table },
              joinFrom: choice.unseen === 'join' ? harmonisation.minimumNewBatch : null,
              unseen: choice.unseen === 'leave as measured' ? choice.unseen : ('refuse' as const),
            }
      const at = table.columns.indexOf(file.outcome.column)
      return {
        ...readPatients(file, table, file.clinical.length > 0 ? table : null, by),
        outcomeOf: at < 0 ? null : new Map(table.ids.map((id, row) => [id, table.cells[row][at]])),
      }
    },
    writeApplied(
      file: ModelFile,
      { marked, outcomeOf }: Pick<ReadForModel, 'marked' | 'outcomeOf'>,
      scored: PlacedScores,
    ): AppliedScores {
      const written = writeScores(file, { marked }, scored)
      return { ...written, withOutcome: outcomeOf && besideOutcome(written.csv, file.outcome.column, outcomeOf) }
    },
  }
}

/** The rows of the scores with the outcome behind the ID. */
function besideOutcome(csv: string, column: string, outcomeOf: ReadonlyMap<string, string>): string {
  const { ids, columns, cells } = tableOfRows(parseCsv(csv, column), column)
  return formatTable(
    ['id', column, ...columns],
    ids.map((id, row) => [id, outcomeOf.get(id)!, ...cells[row]]),
  )
}
