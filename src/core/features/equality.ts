/** What is known of features that Texel measured: docs/equality.md says how it is looked at. */
export interface FeatureEquality {
  /** The program, and its version. */
  readonly to: string
  /** Greatest relative difference in the reference cases. */
  readonly relative: number
  /** The same, absolute, of features that lose digits by cancellation. */
  readonly absoluteWhereCancelling: number
}

/** Of features that were measured by PyRadiomics's settings; the tests hold them to it (`madeComparison.ts`). */
export const equalToPyradiomics: FeatureEquality = { to: 'PyRadiomics 3.0.1', relative: 1e-5, absoluteWhereCancelling: 1e-6 }
