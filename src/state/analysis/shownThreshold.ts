import { evaluatedOf, type EvaluatedStores } from './evaluated.ts'
import type { ScoresStore } from './scores.ts'
import { createThresholdStore, type ThresholdStore } from './threshold.ts'

const made = new WeakMap<ScoresStore, ThresholdStore>()

/** The threshold of the evaluation that is shown. Apart from the stores of the scores, since it brings the evaluation's arithmetic with it. */
export function thresholdOf({ scoresStore, studyStore }: EvaluatedStores): ThresholdStore {
  const known = made.get(scoresStore)
  if (known) return known
  const threshold = createThresholdStore()
  const current = () => evaluatedOf(scoresStore.getState(), studyStore.getState())?.result ?? null
  let followed = current()
  threshold.getState().show(followed)
  const follow = () => {
    const record = current()
    if (record === followed) return
    followed = record
    threshold.getState().show(record)
  }
  scoresStore.subscribe(follow)
  studyStore.subscribe(follow)
  made.set(scoresStore, threshold)
  return threshold
}
