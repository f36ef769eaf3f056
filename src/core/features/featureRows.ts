/** One number of a result, its name taken apart. */
export interface FeatureRow {
  /** PyRadiomics's full name. */
  readonly name: string
  /** E.g. `wavelet-LLH`. */
  readonly imageType: string
  readonly featureClass: string
  readonly feature: string
  readonly value: number
}

/** PyRadiomics joins image type, class and feature with underscores; none of the three holds one. */
function splitFeatureName(name: string): Pick<FeatureRow, 'imageType' | 'featureClass' | 'feature'> {
  const [imageType = '', featureClass = '', ...feature] = name.split('_')
  return { imageType, featureClass, feature: feature.join('_') }
}

export function listFeatureRows(features: readonly (readonly [name: string, value: number])[]): FeatureRow[] {
  return features.map(([name, value]) => ({ name, value, ...splitFeatureName(name) }))
}

export interface FeatureFilter {
  /** Words that must all occur somewhere in the name. */
  readonly search: string
  /** Empty: all. */
  readonly imageType: string
  readonly featureClass: string
}

export function filterFeatureRows(rows: readonly FeatureRow[], { search, imageType, featureClass }: FeatureFilter): FeatureRow[] {
  const words = search
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean)
  return rows.filter(
    (row) =>
      (imageType === '' || row.imageType === imageType) &&
      (featureClass === '' || row.featureClass === featureClass) &&
      words.every((word) => row.name.toLowerCase().includes(word)),
  )
}
