import type { FeatureDefinition } from './definition.ts'
import { refuse } from './messages.ts'

/**
 * Names to compute and their order, as PyRadiomics enables them: 'all' (or an empty list) is every feature that is not
 * deprecated, in the order of the definitions; named ones come once each, in the order
 * given; those that PyRadiomics has put out of use (`replacedBy`) are accepted and give nothing.
 * @throws DataError if a name is not a feature of the class.
 */
export function listEnabledFeatures(definitions: readonly FeatureDefinition[], features: 'all' | readonly string[]): string[] {
  if (features === 'all' || features.length === 0)
    return definitions.filter(({ deprecated }) => !deprecated).map(({ name }) => name)
  const unknown = features.filter((feature) => !definitions.some(({ name }) => name === feature))
  if (unknown.length > 0) {
    throw refuse('features-unknown', {
      featureClass: definitions[0].featureClass,
      unknown,
      known: definitions.map(({ name }) => name),
    })
  }
  const usable = definitions.filter(({ replacedBy }) => !replacedBy).map(({ name }) => name)
  return [...new Set(features)].filter((feature) => usable.includes(feature))
}
