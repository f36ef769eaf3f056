import { readFileSync } from 'node:fs'
import { makeFeatureTable } from '../src/core/table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../src/core/table/trainingTable.ts'

export const candidateTables = ['ispy1', 'lung_two_centres'] as const

/** The columns that the reference runs of Boruta and mRMR were given (`boruta_input.csv`), training patients only. */
export function readCandidates(table: string): TrainingTable {
  const path = `reference/statistics/${table}/boruta_input.csv`
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const [outcome, ...columns] = header.split(',').map((name) => name.replaceAll('"', ''))
  if (outcome !== 'Target') throw new Error(`${path}: the first column is ${outcome}, not Target.`)
  const cells = lines.map((line) => line.split(',').map(Number))
  const ids = cells.map((_, row) => `row ${row + 1}`)
  const values = Float64Array.from(columns.flatMap((_, j) => cells.map((row) => row[j + 1])))
  const labels = cells.map((row) => row[0])
  return takeTraining(makeFeatureTable(ids, columns, values), labels, { training: ids, validation: [] })
}
