import { formatFixed } from '../../shared/formatNumber.ts'

/** A score with three decimals; of a model that has none of this patient a dash. */
export const formatScore = (score: number) => (Number.isNaN(score) ? '–' : formatFixed(score, 3))
