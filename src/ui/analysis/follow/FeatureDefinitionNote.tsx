import { findDefinition } from '../../../core/features/registry.ts'
import { featuresWords } from '../../../messages/words/featuresWords.ts'

/** What a feature is, where its name is one that Texel knows. */
export function FeatureDefinitionNote({ name }: { name: string }) {
  const definition = findDefinition(name)
  if (!definition) return <p className="dim">A column of the table; no feature of that name is defined here.</p>
  const { featureClass, ibsi, unit } = definition
  return (
    <>
      <p>{featuresWords().featureMeanings[featureClass][definition.name]}</p>
      <p className="dim">
        {featureClass}
        {ibsi && `, IBSI ${ibsi}`}
        {unit !== '1' && `, in ${unit}`}
      </p>
    </>
  )
}
