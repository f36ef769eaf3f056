import type { ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import { evaluatedOf, type EvaluatedStores } from './evaluated.ts'
import type { ScoresStore } from './scores.ts'
import { createThresholdStore, placeAtFirst, placeIn, type ThresholdStore } from './threshold.ts'

const made = new WeakMap<ScoresStore, ThresholdStore>()

/** The threshold of the evaluation that is shown. Apart from the stores of the scores, since it brings the evaluation's arithmetic with it. */
export function thresholdOf({ scoresStore, studyStore }: EvaluatedStores): ThresholdStore {
  const known = made.get(scoresStore)
  if (known) return known
  const threshold = createThresholdStore()
  /** Of a table there is one question, of a study one a task. */
  const current = (): { readonly record: ScoreRecord | null; readonly of: number | 'table' } => {
    const evaluated = evaluatedOf(scoresStore.getState(), studyStore.getState())
    return { record: evaluated?.result ?? null, of: evaluated?.from === 'study' ? studyStore.getState().task : 'table' }
  }
  /** As it was left, by question. */
  const left = new Map<number | 'table', ReturnType<typeof placeIn>>()
  let followed = current()
  threshold.getState().show(followed.record)
  const follow = () => {
    const next = current()
    if (next.record === followed.record) return
    if (next.of !== followed.of) {
      left.set(followed.of, placeIn(threshold.getState()))
      threshold.setState(left.get(next.of) ?? placeAtFirst)
    }
    followed = next
    if (threshold.getState().shown?.record !== next.record) threshold.getState().show(next.record)
  }
  scoresStore.subscribe(follow)
  studyStore.subscribe(follow)
  made.set(scoresStore, threshold)
  return threshold
}
