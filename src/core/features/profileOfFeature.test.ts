import { expect, test } from 'vitest'
import { listFeatureNames } from '../extraction/featureNames.ts'
import { planOf } from '../parameters/parameters.ts'
import { ibsiDefaults } from '../parameters/profiles/ibsi/parameters.ts'
import { defaultSettings } from '../parameters/profiles/pyradiomics/knownSettings.ts'
import { aggregations } from './ibsi/aggregations.ts'
import { ibsiFamilies } from './ibsi/definitions.ts'
import { featureClassNames } from './featureClasses.ts'
import { profileOfFeature } from './profileOfFeature.ts'

test('names of features say by whose definitions they were measured, also behind the name of a sequence', () => {
  const ibsi = listFeatureNames(planOf({
    profile: 'IBSI',
    settings: { ...ibsiDefaults, aggregations },
    filters: [{ kind: 'none' }, { kind: 'laws', kernel: 'L5E5', energyDistance: 7, pooling: null, boundary: 'zero' }],
    families: ibsiFamilies,
  })) // prettier-ignore
  const pyradiomics = listFeatureNames(planOf({
    settings: defaultSettings,
    imageTypes: [{ type: 'Original', overrides: {} }, { type: 'LBP3D', overrides: {} }],
    featureClasses: featureClassNames.map((name) => ({ name, features: 'all' })),
  })) // prettier-ignore
  for (const name of ibsi) expect([name, `T2WI_${name}`].map(profileOfFeature)).toEqual(['IBSI', 'IBSI'])
  for (const name of pyradiomics) expect([name, `T2WI_${name}`].map(profileOfFeature)).toEqual(['PyRadiomics', 'PyRadiomics'])
  expect(['age', 'ibsi', 'ibsi_score', 'shape', 'TIC_II'].map(profileOfFeature)).toEqual(Array(5).fill(undefined))
})
