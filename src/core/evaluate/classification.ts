import { clopperPearsonInterval, wilsonInterval } from './proportionIntervals.ts'
import type { Interval } from './interval.ts'
import { splitByOutcome } from './splitByOutcome.ts'
import {
  defaultBootstrapOptions,
  forEachResample,
  percentileInterval,
  type BootstrapInterval,
  type BootstrapOptions,
} from './stratifiedBootstrap.ts'
import { refuse } from './messages.ts'

export interface Counts {
  readonly truePositives: number
  readonly falsePositives: number
  readonly trueNegatives: number
  readonly falseNegatives: number
}

/** A figure with its bootstrap interval; the estimate is NaN where it is 0 / 0. */
export interface Figure {
  readonly estimate: number
  readonly bootstrap: BootstrapInterval
}

/** A proportion also has the two intervals of a binomial. */
export interface Proportion extends Figure {
  readonly hits: number
  readonly trials: number
  readonly clopperPearson: Interval
  readonly wilson: Interval
}

/** What a score does at one cut-off; positive is score >= threshold. */
export interface Classification {
  readonly threshold: number
  readonly level: number
  readonly counts: Counts
  readonly accuracy: Proportion
  readonly sensitivity: Proportion
  readonly specificity: Proportion
  readonly ppv: Proportion
  readonly npv: Proportion
  readonly f1: Figure
  /** Matthews correlation; NaN when all are called the same. */
  readonly mcc: Figure
  readonly balancedAccuracy: Figure
  /** Predictive values in a population of another prevalence, set by hand; null when none was. */
  readonly atPrevalence: { readonly prevalence: number; readonly ppv: Figure; readonly npv: Figure } | null
}

export interface ClassificationOptions extends BootstrapOptions {
  /** Share of positives in the population that PPV and NPV are wanted for; null leaves them to the cohort. */
  readonly prevalence: number | null
}

export const defaultClassificationOptions: ClassificationOptions = { ...defaultBootstrapOptions, prevalence: null }

/**
 * Accuracy, sensitivity, specificity, PPV, NPV (Clopper-Pearson, Wilson and bootstrap intervals), F1, MCC and balanced
 * accuracy (bootstrap) at a given cut-off. The bootstrap is stratified, its intervals percentiles of type 7 at the fixed
 * threshold, as pROC's `ci.coords`. At a prevalence pi, PPV = SEN pi / (SEN pi + (1 - SPE)(1 - pi)) and
 * NPV = SPE (1 - pi) / (SPE (1 - pi) + (1 - SEN) pi), bootstrapped over SEN and SPE.
 * @throws DataError as `splitByOutcome`; when the threshold is NaN; when the prevalence is not between 0 and 1
 */
export function classifyAt(
  scores: ArrayLike<number>,
  outcome: ArrayLike<number>,
  threshold: number,
  options: ClassificationOptions = defaultClassificationOptions,
): Classification {
  splitByOutcome(scores, outcome)
  if (Number.isNaN(threshold)) throw refuse('cutoff-missing', {})
  const { prevalence, level } = options
  if (prevalence !== null && !(prevalence > 0 && prevalence < 1)) throw refuse('prevalence', { given: prevalence })
  const called = Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0))
  const counts = countCalls(called, outcome)
  const resampled = resampleCounts(called, outcome, options)
  const figure = (of: (counts: Counts) => number): Figure => ({
    estimate: of(counts),
    bootstrap: percentileInterval(Float64Array.from(resampled, of), level),
  })
  const proportion = (part: (counts: Counts) => number, whole: (counts: Counts) => number): Proportion => {
    const hits = part(counts)
    const trials = whole(counts)
    const clopperPearson = clopperPearsonInterval(hits, trials, level)
    return { ...figure((c) => part(c) / whole(c)), hits, trials, clopperPearson, wilson: wilsonInterval(hits, trials, level) }
  }
  return {
    threshold,
    level,
    counts,
    accuracy: proportion((c) => c.truePositives + c.trueNegatives, total),
    sensitivity: proportion((c) => c.truePositives, positivesOf),
    specificity: proportion((c) => c.trueNegatives, negativesOf),
    ppv: proportion(
      (c) => c.truePositives,
      (c) => c.truePositives + c.falsePositives,
    ),
    npv: proportion(
      (c) => c.trueNegatives,
      (c) => c.trueNegatives + c.falseNegatives,
    ),
    f1: figure((c) => (2 * c.truePositives) / (2 * c.truePositives + c.falsePositives + c.falseNegatives)),
    mcc: figure(matthews),
    balancedAccuracy: figure((c) => (sensitivityOf(c) + specificityOf(c)) / 2),
    atPrevalence:
      prevalence === null
        ? null
        : {
            prevalence,
            ppv: figure((c) => bayes(sensitivityOf(c) * prevalence, (1 - specificityOf(c)) * (1 - prevalence))),
            npv: figure((c) => bayes(specificityOf(c) * (1 - prevalence), (1 - sensitivityOf(c)) * prevalence)),
          },
  }
}

/** @param called 1 where the patient is called positive */
function countCalls(called: ArrayLike<number>, outcome: ArrayLike<number>): Counts {
  const counts = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 }
  for (let i = 0; i < outcome.length; i++) {
    if (outcome[i] === 1) counts[called[i] === 1 ? 'truePositives' : 'falseNegatives']++
    else counts[called[i] === 1 ? 'falsePositives' : 'trueNegatives']++
  }
  return counts
}

function resampleCounts(called: Uint8Array, outcome: ArrayLike<number>, options: BootstrapOptions): Counts[] {
  const resampled: Counts[] = []
  forEachResample(outcome, options, (rows, _, positives) => {
    const negatives = rows.length - positives
    let truePositives = 0
    let falsePositives = 0
    for (let i = 0; i < positives; i++) truePositives += called[rows[i]]
    for (let i = positives; i < rows.length; i++) falsePositives += called[rows[i]]
    resampled.push({
      truePositives,
      falsePositives,
      trueNegatives: negatives - falsePositives,
      falseNegatives: positives - truePositives,
    })
  })
  return resampled
}

const positivesOf = (c: Counts) => c.truePositives + c.falseNegatives
const negativesOf = (c: Counts) => c.trueNegatives + c.falsePositives
const total = (c: Counts) => positivesOf(c) + negativesOf(c)
const sensitivityOf = (c: Counts) => c.truePositives / positivesOf(c)
const specificityOf = (c: Counts) => c.trueNegatives / negativesOf(c)
const bayes = (right: number, wrong: number) => right / (right + wrong)

function matthews(c: Counts): number {
  const calledPositive = c.truePositives + c.falsePositives
  const calledNegative = c.trueNegatives + c.falseNegatives
  const covariance = c.truePositives * c.trueNegatives - c.falsePositives * c.falseNegatives
  return covariance / Math.sqrt(calledPositive * calledNegative * positivesOf(c) * negativesOf(c))
}
