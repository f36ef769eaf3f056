import type { TextTable } from './tableFile.ts'

/** In a table of scores: the model that a patient was learnt from, empty for others. Its name keeps it from being taken for scores. */
export const learntFromColumn = 'diagnostics_learnt_from'

/** The patients of a table of scores who are marked as learnt from. */
export function readLearntFrom({ ids, columns, cells }: TextTable): ReadonlySet<string> {
  const at = columns.indexOf(learntFromColumn)
  return new Set(at < 0 ? [] : ids.filter((_, row) => cells[row][at] !== ''))
}
