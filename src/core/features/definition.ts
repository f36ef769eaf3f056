import type { FeatureClassName } from './featureClasses.ts'

/** What a feature is, for tables, tooltips and tests; what it means in words stands in `src/messages`. */
export interface FeatureDefinition {
  readonly featureClass: FeatureClassName
  /** PyRadiomics's name, without image type and class. */
  readonly name: string
  /** Id in the IBSI reference manual (arXiv 1612.07003), e.g. `QCFX`; absent where IBSI has no such feature. */
  readonly ibsi?: string
  /** 'mm', 'mm²', 'grey level' ...; '1' for a pure number. */
  readonly unit: string
  /** `{energyShift}` stands for what the profile calls that option: see `nameInFormula`. */
  readonly formula: string
  /** Only computed when named: PyRadiomics leaves it out of 'all'. */
  readonly deprecated?: true
  /** Deprecated and without a value even when named, as in PyRadiomics: this has the same value (`class_Feature`, or in words). */
  readonly replacedBy?: string
}

/** The formula with the profile's name in it. */
export function nameInFormula({ formula }: FeatureDefinition, names: { readonly energyShift: string }): string {
  return formula.replace('{energyShift}', names.energyShift)
}
