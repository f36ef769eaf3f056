import type { FeatureClassRequest } from '../../../features/featureClasses.ts'
import type { GeneralSettings } from './generalSettings.ts'
import type { ImageTypeName, ImageTypeSettings } from './imageTypes.ts'

/**
 * What an extraction is asked to compute, as a PyRadiomics 3.0.1 parameter file says it. Names and defaults are
 * PyRadiomics's (Customizing the extraction). `io/records/parameterFile.ts` reads and writes the YAML; `profiles/pyradiomics.ts` makes the plan.
 */
export interface ExtractionParameters {
  /** In the order of the file; every entry may override settings for its own images. */
  readonly imageTypes: readonly ImageTypeRequest[]
  /** In the order of the file; 'all' leaves out deprecated features, as PyRadiomics does. */
  readonly featureClasses: readonly FeatureClassRequest[]
  readonly settings: ExtractionSettings
}

export interface ImageTypeRequest {
  readonly type: ImageTypeName
  readonly overrides: Partial<ExtractionSettings>
}

export type ExtractionSettings = GeneralSettings & ImageTypeSettings
