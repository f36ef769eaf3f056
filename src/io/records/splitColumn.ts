import { featureClassNames } from '../../core/features/featureClasses.ts'

/** A column of a model: of which sequence, and how PyRadiomics calls the feature. */
export interface ModelColumn {
  readonly column: string
  /** Null of a table whose columns do not begin with one, and of a column that is no feature of PyRadiomics's. */
  readonly sequence: string | null
  readonly feature: string
}

/** `<sequence>_<image>_<class>_<name>`, as tables of several sequences name their columns; the sequence may hold underscores itself. */
export function splitColumn(column: string): ModelColumn {
  const parts = column.split('_')
  const isOfClass = (featureClassNames as readonly string[]).includes(parts[parts.length - 2])
  if (parts.length < 4 || !isOfClass) return { column, sequence: null, feature: column }
  return { column, sequence: parts.slice(0, -3).join('_'), feature: parts.slice(-3).join('_') }
}
