export const featureClassNames = ['shape', 'shape2D', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'] as const
export type FeatureClassName = (typeof featureClassNames)[number]

export interface FeatureClassRequest {
  readonly name: FeatureClassName
  /** 'all' leaves out deprecated ones. */
  readonly features: 'all' | readonly string[]
}
