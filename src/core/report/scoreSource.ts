import type { ScoresFrom } from '../evaluate/scoresFrom.ts'

const words: Record<ScoresFrom, string> = {
  apparent: 'resubstitution',
  'out-of-bag': 'out-of-bag after selection',
  'out-of-fold': 'out-of-fold',
  new: 'new patients',
}

/** @param scoresFrom null where nobody said */
export function describeScoreSource(scoresFrom: ScoresFrom | null): string {
  return scoresFrom === null ? 'as given' : words[scoresFrom]
}
