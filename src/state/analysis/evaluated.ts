import type { ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import type { FirstLook, ScoresState, ScoresStore } from './scores.ts'
import type { StudyStore } from './study.ts'
import type { StudyState } from './studyState.ts'

/** The scores that Evaluate shows: those of a table, or of the analysis in hand. */
export interface Evaluated {
  readonly from: 'table' | 'study'
  readonly result: ScoreRecord
  /** Of the table that they come from. */
  readonly fileName: string
  readonly firstLook: FirstLook | null
}

export interface EvaluatedStores {
  readonly scoresStore: ScoresStore
  readonly studyStore: StudyStore
}

export function evaluatedOf(
  { record, firstLook }: Pick<ScoresState, 'record' | 'firstLook'>,
  study: Pick<StudyState, 'scores' | 'door' | 'firstLook'>,
): Evaluated | null {
  if (study.scores && study.door)
    return { from: 'study', result: study.scores, fileName: study.door.files.features.name, firstLook: study.firstLook }
  return record && { from: 'table', result: record.result, fileName: record.fileName, firstLook }
}
