import {
  closePairs,
  correlateColumns,
  groupColumns,
  type CorrelatedPair,
  type CorrelationMatrix,
} from '../select/correlations.ts'
import type { TrainingTable } from '../table/trainingTable.ts'
import type { Resampling } from './resamplePath.ts'
import type { Selection } from './selectFeatures.ts'

/** How the features that selection came down to hang together, among the training patients. */
export interface Relations {
  /** Of what the last two steps left; null where no step selects. */
  readonly correlation: CorrelationMatrix | null
  /** Kept features that say nearly the same as another kept one: how many pairs, and the closest of them. */
  readonly twins: { readonly pairs: number; readonly closest: readonly CorrelatedPair[] }
  /** Null without nested cross-validation, or where no step selects. */
  readonly stability: Stability | null
}

/** Whether other patients would have chosen the same, counted by groups of features that stand in for each other. */
export interface Stability {
  /** Features belong to a group when they are linked by an |rho| of at least this. */
  readonly limit: number
  /** That went the whole way. */
  readonly folds: number
  /** The most often kept first. */
  readonly groups: readonly FeatureGroup[]
}

export interface FeatureGroup {
  /** In how many folds at least one of them was kept. */
  readonly folds: number
  /** At least one of them is in the final set. */
  readonly kept: boolean
  /** The most often kept first. */
  readonly features: readonly { readonly name: string; readonly folds: number; readonly kept: boolean }[]
}

const mostCorrelated = 60
const mostTwinsShown = 10
const twinLimit = 0.9
/** The rule by which a planted feature counts as found. */
const groupLimit = 0.8

/** @param training the candidates, harmonised and screened */
export function relateFeatures(training: TrainingTable, selection: Selection, resampling: Resampling | null): Relations {
  if (selection.steps.length === 0) return { correlation: null, twins: { pairs: 0, closest: [] }, stability: null }
  const twins = closePairs(training, selection.kept, twinLimit)
  return {
    correlation: correlateColumns(training, lastFeatures(selection)),
    twins: { pairs: twins.length, closest: twins.slice(0, mostTwinsShown) },
    stability: resampling && countByGroup(training, selection.kept, resampling),
  }
}

/** What was kept, then what the last two steps left or could not decide; the first ones where there are too many. */
function lastFeatures({ steps, kept }: Selection): string[] {
  const lastTwo = steps.slice(-2).reverse()
  const undecided = lastTwo.flatMap((step) =>
    step.method === 'boruta' ? step.details.flatMap(({ name, decision }) => (decision === 'tentative' ? [name] : [])) : [],
  )
  return [...new Set([...kept, ...lastTwo.flatMap((step) => step.kept), ...undecided])].slice(0, mostCorrelated)
}

function countByGroup(training: TrainingTable, kept: readonly string[], { folds, frequency }: Resampling): Stability {
  const inFolds = new Map(frequency.map(({ name, folds }) => [name, folds]))
  const isKept = new Set(kept)
  const names = [...new Set([...frequency.map(({ name }) => name), ...kept])]
  const groups = groupColumns(training, names, groupLimit).map((features): FeatureGroup => {
    const members = new Set(features)
    return {
      folds: folds.filter((fold) => fold.kept.some((name) => members.has(name))).length,
      kept: features.some((name) => isKept.has(name)),
      features: features
        .map((name) => ({ name, folds: inFolds.get(name) ?? 0, kept: isKept.has(name) }))
        .sort((a, b) => b.folds - a.folds || Number(b.kept) - Number(a.kept)),
    }
  })
  return {
    limit: groupLimit,
    folds: folds.length,
    groups: groups.sort((a, b) => b.folds - a.folds || Number(b.kept) - Number(a.kept)),
  }
}
