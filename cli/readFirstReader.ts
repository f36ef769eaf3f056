import type { FeatureTable } from '../src/core/table/featureTable.ts'
import { readMeasurements } from '../src/io/tables/readMeasurements.ts'
import type { TextTable } from '../src/io/tables/tableFile.ts'
import { UsageError } from './usageError.ts'

/** A row a patient, without some columns. @throws UsageError when there are rows of a second reader */
export function readFirstReader(source: TextTable, leaveOut: readonly string[]): FeatureTable {
  const { first, second } = readMeasurements(source, undefined, leaveOut)
  if (second) throw new UsageError(`${source.path} has rows of two readers; leave the second's out.`)
  return first
}
