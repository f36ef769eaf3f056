import type { FeatureDefinition } from './definition.ts'
import type { FeatureClassName } from './featureClasses.ts'
import { firstorderDefinitions } from './firstorder.ts'
import { glcmDefinitions } from './glcm.ts'
import { gldmDefinitions } from './gldm.ts'
import { glrlmDefinitions } from './glrlm.ts'
import { glszmDefinitions } from './glszm.ts'
import { ngtdmDefinitions } from './ngtdm.ts'
import { shapeDefinitions } from './shape.ts'
import { shape2DDefinitions } from './shape2D.ts'

/** Every feature there is, by class, in PyRadiomics's order of output. */
export const featureDefinitions: Readonly<Record<FeatureClassName, readonly FeatureDefinition[]>> = {
  shape: shapeDefinitions,
  shape2D: shape2DDefinitions,
  firstorder: firstorderDefinitions,
  glcm: glcmDefinitions,
  glrlm: glrlmDefinitions,
  glszm: glszmDefinitions,
  gldm: gldmDefinitions,
  ngtdm: ngtdmDefinitions,
}

/** The definition of `class_Feature` or `imageType_class_Feature`; undefined for diagnostics and unknown names. */
export function findDefinition(featureName: string): FeatureDefinition | undefined {
  const [featureClass, name] = featureName.split('_').slice(-2)
  return featureDefinitions[featureClass as FeatureClassName]?.find((definition) => definition.name === name)
}
