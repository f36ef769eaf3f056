import { expect, test } from 'vitest'
import { featureDefinitions } from '../../core/features/registry.ts'
import { featureMeanings } from './features.ts'

test('every feature has a meaning, and nothing else has', () => {
  for (const [featureClass, definitions] of Object.entries(featureDefinitions)) {
    const meanings = featureMeanings[featureClass as keyof typeof featureDefinitions]
    expect(Object.keys(meanings).sort()).toEqual(definitions.map(({ name }) => name).sort())
    expect(Object.values(meanings).every((meaning) => meaning.length > 0)).toBe(true)
  }
})
