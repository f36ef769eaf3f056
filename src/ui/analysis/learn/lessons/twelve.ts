import { traceRoc } from '../../../../core/evaluate/roc.ts'
import { createRandom, deriveSeed, shuffle } from '../../../../core/numeric/random.ts'
import { drawScores } from '../../../../core/simulate/drawStudies.ts'

/** A patient of the first lesson. */
export interface TaughtPatient {
  readonly label: string
  readonly value: number
  readonly isIll: boolean
}

const truth = { positive: { mean: 1.1, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 5 / 12 }

/** Of a marker, so that it reads as one: whole numbers around 50. */
const asMarker = (score: number) => Math.round(45 + 11 * score)

export const inTens = (value: number) => 10 * Math.round(value / 10)

export const aucOf = (patients: readonly TaughtPatient[], valueOf = ({ value }: TaughtPatient) => value): number =>
  traceRoc(
    patients.map(valueOf),
    patients.map(({ isIll }) => Number(isIll)),
  ).auc

/**
 * Twelve patients, five of them ill, by letters that say nothing. Of the draws of a seed the first in which no two values are equal, a
 * well patient outranks an ill one, and rounding to tens makes an ill and a well one equal and moves the AUC.
 */
export function drawTwelve(seed: number): readonly TaughtPatient[] {
  for (let sample = 0; ; sample++) {
    const { scores, outcome } = drawScores({ truth, patients: 12, seed }, sample)
    const letters = shuffle([...'ABCDEFGHIJKL'], createRandom(deriveSeed(seed, 'letters', sample)))
    const patients = Array.from(scores, (score, i) => ({ label: letters[i], value: asMarker(score), isIll: outcome[i] === 1 }))
    const areApart = new Set(patients.map(({ value }) => value)).size === patients.length
    const area = aucOf(patients)
    const ill = new Set(patients.filter(({ isIll }) => isIll).map(({ value }) => inTens(value)))
    const isTied = patients.some(({ isIll, value }) => !isIll && ill.has(inTens(value)))
    const isMoved = Math.abs(aucOf(patients, ({ value }) => inTens(value)) - area) > 0.01
    if (areApart && isTied && isMoved && area > 0.7 && area < 0.95) return patients.sort((a, b) => (a.label < b.label ? -1 : 1))
  }
}
