import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import type { TextTable } from '../../../io/tables/tableFile.ts'

/** A study with its batches, also where nothing is harmonised by them. */
export function nameBatches(study: StudyData, clinical: TextTable, { harmonise }: Pick<Protocol, 'harmonise'>): StudyData {
  if (study.batchOf.size > 0 || harmonise.batch.some((column) => !clinical.columns.includes(column))) return study
  const places = harmonise.batch.map((column) => clinical.columns.indexOf(column))
  const textOf = (row: number) => places.map((at) => clinical.cells[row][at]).join(', ')
  return { ...study, batchOf: new Map(clinical.ids.map((id, row) => [id, textOf(row)])) }
}
