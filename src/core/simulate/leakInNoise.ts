import { applyLasso, defaultLassoOptions, fitLasso, type LassoModel } from '../learn/lasso.ts'
import { mean } from '../numeric/moments.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { filterByRankSum } from '../select/rankSumFilter.ts'
import { pickRows, type FeatureTable } from '../table/featureTable.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { pickTrainingColumns, pickTrainingRows, takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { simulateNoiseStudy } from './simulateNoiseStudy.ts'

export interface NoiseTrial {
  readonly patients: number
  readonly features: number
  readonly folds: number
  readonly seed: Seed
}

/** As the lesson does it, in a moment. */
export const defaultNoiseTrial: NoiseTrial = { patients: 50, features: 500, folds: 5, seed: 1 }

/** AUCs of one study in which nothing can be found: each would be 0.5 if it were told honestly. Of folds, the mean within them. */
export interface LeakInNoise {
  /** The patients that the model learnt from. */
  readonly apparent: number
  /** Features chosen on all patients, the model alone learnt in each fold. */
  readonly chosenOnAll: number
  /** Features chosen anew in each fold, without the patients who are judged. */
  readonly chosenInFolds: number
  /** Patients whom nothing has seen. */
  readonly newPatients: number
  /** How many of the features were kept, of all patients and in each fold. */
  readonly kept: number
  readonly keptInFolds: readonly number[]
}

const newPatients = { patients: 200, positives: 100 }

/**
 * Wilcoxon's filter and the LASSO on pure noise, once with the selection before and once within cross-validation.
 * @param onDone told after each piece of the work
 */
export function findLeakInNoise(
  { patients, features, folds, seed }: NoiseTrial,
  onDone: (done: number, total: number) => void = () => {},
): LeakInNoise {
  const training = { patients, positives: Math.floor(patients / 2) }
  const study = simulateNoiseStudy({ features, training, validation: newPatients, batches: 0, seed })
  const [learning, judged] = ['training', 'validation'].map((cohort) => study.features.ids.filter((id) => study.cohortOf.get(id) === cohort)) // prettier-ignore
  const outcomeOf = (table: FeatureTable) => Uint8Array.from(table.ids, (id) => study.outcomeOf.get(id)!)
  const all = takeTraining(study.features, outcomeOf(study.features), { training: learning, validation: judged })
  const foldOf = makeFolds({ outcome: all.outcome, folds, seed: deriveSeed(seed, 'judged') })
  const total = 1 + 2 * folds
  const lassoSeed = deriveSeed(seed, 'lasso')
  const aucIn = (model: LassoModel | null, table: FeatureTable) =>
    rocAuc(model ? applyLasso(model, table) : new Float64Array(table.ids.length), outcomeOf(table))
  let done = 0
  const count = <T>(result: T): T => {
    onDone(++done, total)
    return result
  }
  const model = learnFrom(all, lassoSeed)
  const chosen = pickTrainingColumns(all, keptBy(model))
  const [apparent, ofNewPatients] = count([aucIn(model, all), aucIn(model, pickRows(study.features, judged))])
  const parts = Array.from({ length: folds }, (_, fold) => foldRows(foldOf, fold))
  const outside = parts.map((part) => pickRows(all, part.outside.map((row) => all.ids[row]))) // prettier-ignore
  const ofChosen = parts.map(({ inside }, fold) => count(aucIn(fit(pickTrainingRows(chosen, inside), lassoSeed), outside[fold])))
  const ofFolds = parts.map(({ inside }, fold) => {
    const own = learnFrom(pickTrainingRows(all, inside), lassoSeed)
    return count({ kept: keptBy(own).length, auc: aucIn(own, outside[fold]) })
  })
  return {
    apparent,
    chosenOnAll: mean(ofChosen),
    chosenInFolds: mean(ofFolds.map(({ auc }) => auc)),
    newPatients: ofNewPatients,
    kept: chosen.columns.length,
    keptInFolds: ofFolds.map(({ kept }) => kept),
  }
}

/** The whole path: what differs by Wilcoxon's test, then the LASSO, which keeps some of it. */
const learnFrom = (training: TrainingTable, seed: Seed) =>
  fit(pickTrainingColumns(training, filterByRankSum(training).kept), seed)

/** Null where no feature is left: everybody is told the same. */
const fit = (training: TrainingTable, seed: Seed): LassoModel | null =>
  training.columns.length === 0 ? null : fitLasso(training, { ...defaultLassoOptions, folds: 5, seed })

const keptBy = (model: LassoModel | null) => model?.columns.filter((_, j) => model.coefficients[j] !== 0) ?? []
