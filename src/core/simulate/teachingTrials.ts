import { findCutoff } from '../evaluate/cutoffs.ts'
import { binormalRates, type Binormal } from '../evaluate/binormal.ts'
import { traceRoc } from '../evaluate/roc.ts'
import { mean } from '../numeric/moments.ts'
import { createNormal } from '../numeric/normal.ts'
import { createRandom, deriveSeed, type Seed } from '../numeric/random.ts'
import { fitGlm, inverseLogit, linearPredictor } from '../statistics/fitGlm.ts'
import { drawScores } from './drawStudies.ts'

/** So many studies, of so many patients in either cohort. */
export interface RechooseJob {
  readonly truth: Binormal
  readonly patients: number
  readonly seed: Seed
  readonly studies: number
}

/** So many models, each fitted on so many patients. */
export interface SlopeJob {
  readonly patients: number
  readonly seed: Seed
  readonly models: number
}

/** Sensitivity + specificity - 1 of one cut-off that was carried to new patients, and of one that was chosen on them. */
export interface RechosenCutoff {
  readonly carried: number
  readonly rechosen: number
  /** What the cut-off that was chosen on them is worth in all patients there are. */
  readonly rechosenInTruth: number
}

/**
 * Youden's cut-off of a training cohort beside that of the validation cohort itself, in one of many studies.
 * @param patients of either cohort
 */
function rechooseCutoff(truth: Binormal, patients: number, seed: Seed, sample: number): RechosenCutoff {
  const [training, validation] = ['training', 'validation'].map((cohort) => drawScores({ truth, patients, seed: deriveSeed(seed, cohort) }, sample)) // prettier-ignore
  const cutoffOf = ({ scores, outcome }: typeof training) => findCutoff(traceRoc(scores, outcome)).threshold
  const worth = (threshold: number) => {
    const called = (label: number) => validation.scores.filter((score, i) => validation.outcome[i] === label && score >= threshold).length // prettier-ignore
    const positives = validation.outcome.reduce((sum, label) => sum + label, 0)
    return called(1) / positives - called(0) / (patients - positives)
  }
  const own = cutoffOf(validation)
  const { sensitivity, specificity } = binormalRates(truth, own)
  return { carried: worth(cutoffOf(training)), rechosen: worth(own), rechosenInTruth: sensitivity + specificity - 1 }
}

/** Several trials, and the means of what they found. */
export interface Trials<Trial> {
  readonly trials: readonly Trial[]
  readonly mean: Trial
}

export function rechooseCutoffs({ truth, patients, seed, studies }: RechooseJob): Trials<RechosenCutoff> {
  const trials = Array.from({ length: studies }, (_, sample) => rechooseCutoff(truth, patients, seed, sample))
  const of = (name: keyof RechosenCutoff) => mean(trials.map((trial) => trial[name]))
  return { trials, mean: { carried: of('carried'), rechosen: of('rechosen'), rechosenInTruth: of('rechosenInTruth') } }
}

/** Calibration slopes of one logistic model. */
export interface ApparentSlope {
  /** In the patients that it was fitted on. */
  readonly apparent: number
  /** In 2,000 others. */
  readonly newPatients: number
}

const features = 6
/** Of each feature on the logit; the others are noise. */
const effects = [0.8, 0.4, 0, 0, 0, 0]
const others = 2000

/**
 * A logistic regression on six features, of which two tell something, fitted on few patients; its slope in them and in many others.
 * @param patients that it is fitted on
 */
function fitApparentSlope(patients: number, seed: Seed, sample: number): ApparentSlope {
  const made = (count: number, name: string) => {
    const random = createRandom(deriveSeed(seed, name, sample))
    const normal = createNormal(random)
    const design = Float64Array.from({ length: (1 + features) * count }, (_, at) => (at < count ? 1 : normal()))
    const truth = linearPredictor(design, [0, ...effects], new Float64Array(count))
    return { design, outcome: truth.map((eta) => (random.uniform() < inverseLogit(eta) ? 1 : 0)) }
  }
  const [learning, judging] = [made(patients, 'fitted on'), made(others, 'others')]
  const plain = (count: number) => ({ weights: new Float64Array(count).fill(1), offset: new Float64Array(count) })
  const { coefficients } = fitGlm({ ...learning, ...plain(patients) })
  const slopeIn = ({ design, outcome }: typeof learning) => {
    const count = outcome.length
    const eta = linearPredictor(design, coefficients, new Float64Array(count))
    const both = Float64Array.from({ length: 2 * count }, (_, at) => (at < count ? 1 : eta[at - count]))
    return fitGlm({ design: both, outcome, ...plain(count) }).coefficients[1]
  }
  return { apparent: slopeIn(learning), newPatients: slopeIn(judging) }
}

export function fitApparentSlopes({ patients, seed, models }: SlopeJob): Trials<ApparentSlope> {
  const trials = Array.from({ length: models }, (_, sample) => fitApparentSlope(patients, seed, sample))
  const of = (name: keyof ApparentSlope) => mean(trials.map((trial) => trial[name]))
  return { trials, mean: { apparent: of('apparent'), newPatients: of('newPatients') } }
}
