import { featureClassNames } from './featureClasses.ts'

type FeatureProfile = 'PyRadiomics' | 'IBSI'

const ofIbsi = /(?:^|_)ibsi(?:-[\w-]+)?_[a-z]+_\w+_[A-Z0-9]{4}$/
const ofPyRadiomics = new RegExp(`_(?:${featureClassNames.join('|')})_[A-Za-z0-9]+$`)

/** By whose definitions a column was measured, told by its name; undefined if it is no name of either. */
export function profileOfFeature(name: string): FeatureProfile | undefined {
  if (ofIbsi.test(name)) return 'IBSI'
  return ofPyRadiomics.test(name) ? 'PyRadiomics' : undefined
}
