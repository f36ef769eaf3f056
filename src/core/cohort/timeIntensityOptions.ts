export interface TimeIntensityOptions {
  /** The phase before the contrast agent. */
  readonly baselinePhase: number
  /** Phases up to this time are early: their highest signal is the early peak. If there is none, the first phase after the baseline is. */
  readonly earlyUntilS: number
  /** From the early peak to the last phase: a change above it is inflow (I), of the early signal in per cent. */
  readonly inflowPercent: number
  /** And below minus this, outflow (III); between the two, plateau (II). */
  readonly outflowPercent: number
}

export const defaultTimeIntensityOptions: TimeIntensityOptions = {
  baselinePhase: 0,
  earlyUntilS: 120,
  inflowPercent: 10,
  outflowPercent: 10,
}
