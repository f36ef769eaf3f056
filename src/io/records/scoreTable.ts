import { neededColumns, type HarmoniseBy } from '../../core/apply/neededColumns.ts'
import type { PlacedScores } from '../../core/apply/scorePatients.ts'
import { columnsOfTerm } from '../../core/analysis/clinicalPredictors.ts'
import { crossBatches } from '../../core/harmonise/batches.ts'
import type { CombatRecord } from '../../core/harmonise/combatRecord.ts'
import { makeFeatureTable, pickColumns, type FeatureTable } from '../../core/table/featureTable.ts'
import { likelyLearntFrom } from '../tables/likelyLearntFrom.ts'
import { learntFromColumn } from '../tables/learntFromColumn.ts'
import { likelySameIds } from '../tables/likelySameIds.ts'
import { refuse } from '../tables/messages.ts'
import { codePredictors } from '../tables/readClinicalPredictors.ts'
import { readFact, readKnownCovariate } from '../tables/readFacts.ts'
import { nearestName } from '../tables/nearestName.ts'
import { readMeasurements } from '../tables/readMeasurements.ts'
import { formatTable, type TextTable } from '../tables/tableFile.ts'
import { harmonisedColumn, markHarmonised, readNotHarmonised } from './combatFile.ts'
import type { ModelFile } from './modelFile.ts'

/** How the patients of a table are harmonised before they are scored. */
export interface TableHarmonisation {
  readonly record: CombatRecord
  /** Columns of the batch; several are crossed into one. */
  readonly batch: readonly string[]
  /** Where they and the covariates are. */
  readonly facts: TextTable
  readonly joinFrom: HarmoniseBy['joinFrom']
  readonly unseen: HarmoniseBy['unseen']
}

/** Scores of a table, and what must be said of them. */
export interface ScoredTable extends PlacedScores {
  /** Patients that the model learnt from; empty where its file does not name them. */
  readonly met: readonly string[]
  /** Those who are likely that under another ID, each with it. */
  readonly likelyMet: readonly (readonly [string, string])[]
  /** `id`, what marks a patient, and the scores in a column named as the model. */
  readonly csv: string
}

/** A table as a model takes it. Plain data. */
export interface ReadPatients {
  /** The columns that are needed, as measured. */
  readonly measured: FeatureTable
  readonly by: HarmoniseBy | null
  /** Columns of the clinical table that the model takes. */
  readonly clinical: FeatureTable | null
  /** Patients whom the table says to be as measured. */
  readonly marked: readonly string[]
}

/**
 * A table of features for a model; columns that it does not look at are left alone.
 * @param clinical the clinical table, for a model that looks at columns of one
 * @param by null where nothing is harmonised, or the values are harmonised already
 * @throws DataError for missing columns, rows of two readers, patients without a clinical row
 */
export function readPatients(
  file: ModelFile,
  source: TextTable,
  clinical: TextTable | null,
  by: TableHarmonisation | null,
): ReadPatients {
  const beside = file.clinical.flatMap(columnsOfTerm)
  const measured = readNeeded(source, neededColumns(file.model, beside, by))
  return {
    measured,
    by: by && {
      record: by.record,
      facts: {
        batchOf: crossBatches(by.batch.map((column) => readFact(by.facts, column))),
        covariates: by.record.covariates.map((code) => readKnownCovariate(by.facts, code)),
      },
      ...{ joinFrom: by.joinFrom, unseen: by.unseen },
    },
    clinical: clinical && readClinical(file, clinical, measured.ids, beside),
    marked: by ? [] : readNotHarmonised(source),
  }
}

/** The scores as a file, and what must be said of them. */
export function writeScores(
  { name, learntFrom }: ModelFile,
  { marked }: Pick<ReadPatients, 'marked'>,
  scored: PlacedScores,
): ScoredTable {
  const { ids } = scored.table
  const notHarmonised = [...marked, ...scored.notHarmonised]
  const known = new Set(learntFrom.ids)
  const met = ids.filter((id) => known.has(id))
  const isMet = new Set(met)
  const combat = markHarmonised(notHarmonised)
  const mark = met.length > 0 ? [learntFromColumn] : []
  const rows = ids.map((id, i) => [id, ...combat.of(id), ...mark.map(() => (isMet.has(id) ? name : '')), scored.scores[i]])
  return {
    ...scored,
    ...{ notHarmonised, met },
    likelyMet: likelyLearntFrom(ids.filter((id) => !isMet.has(id)), learntFrom.ids ?? []), // prettier-ignore
    csv: formatTable(['id', ...combat.columns, ...mark, name], rows),
  }
}

/** Whether the rows of a table say that ComBat was there. */
export const isMarkedHarmonised = ({ columns }: Pick<TextTable, 'columns'>): boolean => columns.includes(harmonisedColumn)

/** Columns that are not asked for may hold anything. @throws DataError for rows of two readers, and columns that are not there */
function readNeeded(source: TextTable, needed: readonly string[]): FeatureTable {
  // Where rows are of several sequences, a column is named with the sequence in front only once they stand side by side.
  const isAsked = (column: string) => needed.some((name) => name === column || name.endsWith(`_${column}`))
  const others = source.columns.filter((column) => !isAsked(column))
  if (others.length === source.columns.length) return pickNeeded(makeFeatureTable([...new Set(source.ids)], [], new Float64Array()), needed, source) // prettier-ignore
  const { first, second } = readMeasurements(source, undefined, others)
  if (second) throw refuse('two-readers', { path: source.path })
  return pickNeeded(first, needed, source)
}

function pickNeeded(table: FeatureTable, needed: readonly string[], { path, columns }: TextTable): FeatureTable {
  const there = new Set(table.columns)
  const lacking = needed.filter((column) => !there.has(column))
  if (lacking.length === 0) return pickColumns(table, needed)
  throw refuse('model-columns-lacking', {
    path,
    lacking: lacking.map((column) => ({ column, near: nearestName(column, columns) ?? null })),
    needed: needed.length,
  })
}

function readClinical(
  { clinical: terms }: ModelFile,
  clinical: TextTable,
  ids: readonly string[],
  columns: readonly string[],
): FeatureTable {
  const known = new Set(clinical.ids)
  const without = ids.filter((id) => !known.has(id))
  if (without.length > 0)
    throw refuse('no-row-for', { path: clinical.path, ids: without, likely: likelySameIds(without, clinical.ids) })
  return pickColumns(codePredictors(clinical, terms, ids), columns)
}
