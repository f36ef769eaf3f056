import type { ScoresStore } from './scores.ts'
import { createThresholdStore, type ThresholdStore } from './threshold.ts'

const made = new WeakMap<ScoresStore, ThresholdStore>()

/** The threshold of the evaluation that a store shows. Apart from that store, since it brings the evaluation's arithmetic with it. */
export function thresholdOf(scores: ScoresStore): ThresholdStore {
  const known = made.get(scores)
  if (known) return known
  const threshold = createThresholdStore()
  const follow = () => threshold.getState().show(scores.getState().record?.result ?? null)
  follow()
  scores.subscribe(({ record }, before) => {
    if (record !== before.record) follow()
  })
  made.set(scores, threshold)
  return threshold
}
