import { normalQuantile } from '../numeric/distributions.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement, type Seed } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import type { StudyData } from '../analysis/studyData.ts'

export interface NoiseStudyOptions {
  readonly features: number
  readonly training: { readonly patients: number; readonly positives: number }
  readonly validation: { readonly patients: number; readonly positives: number }
  /** Batches a cohort, of about equal size; features differ between them in mean and scale. 0: none. */
  readonly batches: number
  readonly seed: Seed
}

/** The numbers of patients of the study (Luo et al. 2024, task 1). */
export const defaultNoiseStudy: NoiseStudyOptions = {
  features: 4506,
  training: { patients: 250, positives: 73 },
  validation: { patients: 152, positives: 31 },
  batches: 0,
  seed: 1,
}

/**
 * A study in which nothing can be found: features are normal noise and outcomes are drawn without regard to them. What a model
 * seems to know of it was leaked. Cohorts are called `training` and `validation`, patients `t1` ... and `v1` ...
 */
export function simulateNoiseStudy(options: NoiseStudyOptions): StudyData {
  const { features, training, validation, batches, seed } = options
  const cohorts = [
    { name: 'training', prefix: 't', ...training },
    { name: 'validation', prefix: 'v', ...validation },
  ]
  const patients = cohorts.flatMap(({ name, prefix, patients, positives }) => {
    const positive = new Set(sampleWithoutReplacement(patients, positives, createRandom(deriveSeed(seed, 'outcome', name))))
    return Array.from({ length: patients }, (_, i) => ({
      id: `${prefix}${i + 1}`,
      cohort: name,
      outcome: positive.has(i) ? (1 as const) : (0 as const),
      batch: batches > 0 ? `${prefix}${(i % batches) + 1}` : '',
    }))
  })
  const random = createRandom(deriveSeed(seed, 'features'))
  const normal = () => normalQuantile(random.uniform() || Number.MIN_VALUE)
  const values = new Float64Array(patients.length * features)
  for (let j = 0; j < features; j++) {
    const effects = new Map(patients.map(({ batch }) => [batch, { shift: 0, scale: 1 }]))
    if (batches > 0) for (const batch of effects.keys()) effects.set(batch, { shift: normal(), scale: 0.5 + random.uniform() })
    patients.forEach(({ batch }, i) => {
      const { shift, scale } = effects.get(batch)!
      values[j * patients.length + i] = shift + scale * normal()
    })
  }
  const ids = patients.map(({ id }) => id)
  const names = Array.from({ length: features }, (_, j) => `feature${j + 1}`)
  return {
    features: makeFeatureTable(ids, names, values),
    secondReader: null,
    outcomeOf: new Map(patients.map(({ id, outcome }) => [id, outcome])),
    cohortOf: new Map(patients.map(({ id, cohort }) => [id, cohort])),
    batchOf: batches > 0 ? new Map(patients.map(({ id, batch }) => [id, batch])) : new Map(),
    covariates: [],
  }
}
