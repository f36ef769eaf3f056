import type { DynamicSeries } from './findPhases.ts'

/** Volumes to take a tumour's uptake from: indices of the volumes that the series was found in. */
export interface BaselineChoice {
  readonly before: number
  /** The first phase after contrast, or the one asked for if it is after contrast. */
  readonly after: number
}

/**
 * The phase before contrast where it is known: the first in time, if the files prove the times and do not tell that the agent was given
 * earlier. Where they tell when it was given, a phase that began before then is none after contrast.
 * @param wanted a volume to take after contrast if it may be
 * @returns undefined where it is not known: a person chooses
 */
export function chooseBaseline({ phases, times }: DynamicSeries, wanted: number | undefined): BaselineChoice | undefined {
  const { proved, timesS, injectionS, injectionProved } = times
  if (!proved || (injectionProved && injectionS < 0)) return undefined
  const later = phases.filter((_, i) => i > 0 && (!injectionProved || timesS[i] >= injectionS))
  if (later.length === 0) return undefined
  return { before: phases[0], after: wanted !== undefined && later.includes(wanted) ? wanted : later[0] }
}
