import type { PartialDependence } from '../../../charts/partialDependenceFigure.ts'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { TrainedModel } from '../../../core/analysis/trainModels.ts'
import { harmoniseColumn } from '../../../core/harmonise/harmoniseColumn.ts'
import { drawPatients, partialDependence } from '../../../core/learn/partialDependence.ts'
import { columnAt, makeFeatureTable, type FeatureTable } from '../../../core/table/featureTable.ts'

/** Of more columns it would not be drawn at once, as their importance is not. */
const mostColumns = 60
const mostPatients = 150
const gridPoints = 30

/** Columns whose values can be anything in their range: levels of a category cannot. */
export function dependentColumns({ model, ranges, clinical }: TrainedModel): string[] {
  if (!('columns' in model) || model.columns.length > mostColumns) return []
  const categories = clinical.filter(({ levels }) => levels !== null).map(({ column }) => `${column}=`)
  return model.columns.filter((column, j) => ranges[j][0] < ranges[j][1] && !categories.some((name) => column.startsWith(name)))
}

/** The model's columns of the training patients, harmonised as it saw them; without those who lack a value. */
export function tableOfModel({ model }: TrainedModel, { path, split }: Analysis, study: StudyData): FeatureTable {
  const names = 'columns' in model ? model.columns : []
  const clinical = study.clinical?.table
  const columns = names.map((name) => {
    const isFeature = study.features.columns.includes(name)
    const ids = isFeature ? study.features.ids : clinical!.ids
    const values = isFeature ? harmoniseColumn(path.harmonisation, study.features, name, study) : columnAt(clinical!, clinical!.columns.indexOf(name)) // prettier-ignore
    return new Map(ids.map((id, row) => [id, values[row]]))
  })
  const complete = split.training.filter((id) => columns.every((valueOf) => Number.isFinite(valueOf.get(id))))
  return makeFeatureTable(complete, names, Float64Array.from(columns.flatMap((valueOf) => complete.map((id) => valueOf.get(id)!)))) // prettier-ignore
}

/** From the 1st to the 99th percentile of training, of patients drawn by the protocol's seed where there are many. */
export function dependOn(
  column: string,
  { model, ranges }: TrainedModel,
  table: FeatureTable,
  { protocol }: Pick<Analysis, 'protocol'>,
  outcomeOf: StudyData['outcomeOf'],
): PartialDependence {
  const at = table.columns.indexOf(column)
  const [from, to] = ranges[at]
  const grid = Array.from({ length: gridPoints }, (_, i) => from + ((to - from) * i) / (gridPoints - 1))
  const values = columnAt(table, at)
  return {
    grid,
    scores: partialDependence(model, drawPatients(table, mostPatients, protocol.seed), column, grid),
    patients: table.ids.map((id, row) => ({ id, value: values[row], isPositive: outcomeOf.get(id) === 1 })),
  }
}
