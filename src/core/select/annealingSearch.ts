import { exp } from '../numeric/functions.ts'
import { sampleWithoutReplacement, type Random } from '../numeric/random.ts'

export interface AnnealingSearchOptions {
  readonly iterations: number
  /** After so many iterations in a row that did not improve, the walk returns to the best subset. Infinity: never. */
  readonly improve: number
  /** The most columns a subset may have; absent: all of them. */
  readonly maximumSize?: number
  /** What one step flips a hundredth of (plus one): all columns, or, as caret's code has it, the subset at hand. */
  readonly flipShareOf: 'columns' | 'subset'
}

/** The random choices of a walk; columns are positions, 0 to columns - 1. */
export interface AnnealingDraws {
  initial(columns: number, size: number): readonly number[]
  /** Different columns to take in or leave out. */
  flips(columns: number, count: number): readonly number[]
  /** The column that stands in for an empty subset. */
  single(columns: number): number
  /** Which of the candidates leaves a subset that is too large. */
  leave(candidates: readonly number[]): number
  /** A uniform number in [0, 1) for each iteration; a worse subset is accepted when its probability exceeds it. */
  acceptance(): number
}

export interface SubsetScore {
  /** What the walk climbs; greater is better. */
  readonly inside: number
  /** On rows that the walk does not see; absent in the final run. */
  readonly outside?: number
}

export interface AnnealingStep extends SubsetScore {
  /** Ascending positions. */
  readonly subset: readonly number[]
  readonly outcome: 'improved' | 'accepted' | 'discarded'
  /** With which this subset was accepted; 1 when it improved. */
  readonly probability: number
  /** The best inside value so far. */
  readonly best: number
  /** The walk went back to the best subset after this iteration. */
  readonly restart: boolean
}

/**
 * Simulated annealing over subsets of columns (Kirkpatrick, Gelatt and Vecchi 1983, Science 220:671), as the R package caret
 * 6.0 defines it (`safs`; Kuhn and Johnson, "Feature Engineering and Selection", chapter 12): starts with floor(0.2 p) + 1
 * columns; each step flips floor(0.01 p) + 1. A subset better than the best so far is taken and becomes the best. Another is
 * taken with the probability exp((new - best) / |best| x iterations since the restart). An empty subset becomes one random
 * column; one that a step made too large loses random columns other than those just flipped.
 * @returns one step an iteration: every subset that was scored, whether taken or not
 */
export function searchSubsets(
  columns: number,
  options: AnnealingSearchOptions,
  draws: AnnealingDraws,
  score: (subset: readonly number[]) => SubsetScore,
): AnnealingStep[] {
  const maximumSize = Math.min(options.maximumSize ?? columns, columns)
  const steps: AnnealingStep[] = []
  let current: readonly number[] = []
  let bestSubset: readonly number[] = []
  let best = -Infinity
  let sinceRestart = 0
  let sinceImproved = 0
  while (steps.length < options.iterations) {
    const first = steps.length === 0
    const subset = first
      ? ascending(draws.initial(columns, Math.min(Math.floor(0.2 * columns) + 1, maximumSize)))
      : perturbSubset(current, columns, maximumSize, options.flipShareOf, draws)
    const scores = score(subset)
    const acceptance = draws.acceptance()
    sinceRestart++
    const improved = first || scores.inside > best
    const probability = improved ? 1 : acceptanceProbability(best, scores.inside, sinceRestart)
    const accepted = improved || probability > acceptance
    if (accepted) current = subset
    if (improved) {
      best = scores.inside
      bestSubset = subset
      sinceImproved = 0
    } else sinceImproved++
    const restart = sinceImproved === options.improve
    if (restart) {
      current = bestSubset
      sinceRestart = 0
      sinceImproved = 0
    }
    const outcome = improved ? 'improved' : accepted ? 'accepted' : 'discarded'
    steps.push({ ...scores, subset, outcome, probability, best, restart })
  }
  return steps
}

/** The walk's choices from one generator. */
export function drawFrom(random: Random): AnnealingDraws {
  return {
    initial: (columns, size) => sampleWithoutReplacement(columns, size, random),
    flips: (columns, count) => sampleWithoutReplacement(columns, count, random),
    single: (columns) => random.integer(columns),
    leave: (candidates) => candidates[random.integer(candidates.length)],
    acceptance: () => random.uniform(),
  }
}

/** For a best value of 0 the limit: 1 for an equal value, 0 for a worse one. */
function acceptanceProbability(best: number, value: number, sinceRestart: number): number {
  if (value === best) return 1
  return best === 0 ? 0 : exp(((value - best) / Math.abs(best)) * sinceRestart)
}

function perturbSubset(
  subset: readonly number[],
  columns: number,
  maximumSize: number,
  shareOf: 'columns' | 'subset',
  draws: AnnealingDraws,
): number[] {
  const whole = shareOf === 'columns' ? columns : subset.length
  const flips = draws.flips(columns, Math.floor(whole * 0.01) + 1)
  const members = new Set(subset)
  for (const column of flips) if (!members.delete(column)) members.add(column)
  if (members.size === 0) members.add(draws.single(columns))
  while (members.size > maximumSize) {
    const stayed = ascending(members).filter((column) => !flips.includes(column))
    members.delete(draws.leave(stayed.length > 0 ? stayed : ascending(members)))
  }
  return ascending(members)
}

function ascending(columns: Iterable<number>): number[] {
  return [...columns].sort((a, b) => a - b)
}
