import { columnAt, type FeatureTable } from './featureTable.ts'
import { requireTraining, type TrainingTable } from './trainingTable.ts'

export interface NearConstantRule {
  /** A column is near-constant when its most frequent value is more than this many times as frequent as the next ... */
  readonly frequencyCut: number
  /** ... and it has at most this many different values per 100 rows. */
  readonly uniqueCut: number
}

/** As `caret::nearZeroVar`. */
const defaultNearConstantRule: NearConstantRule = { frequencyCut: 95 / 5, uniqueCut: 10 }

export type ColumnFault = 'constant' | 'near-constant' | 'missing' | 'infinite'

export interface ColumnReport {
  readonly column: string
  readonly missing: number
  readonly infinite: number
  /** Different values present. */
  readonly distinct: number
  /** How many times as frequent the most frequent value is as the next; 0 with one value or none. */
  readonly frequencyRatio: number
  readonly percentUnique: number
  /** Constant (one value or none) and near-constant exclude each other; missing and infinite may stand beside. */
  readonly faults: readonly ColumnFault[]
}

/** What is wrong with each column; nothing is changed. @returns an entry a column, in table order */
export function screenColumns(table: FeatureTable, rule: NearConstantRule = defaultNearConstantRule): ColumnReport[] {
  return table.columns.map((column, j) => {
    const values = columnAt(table, j)
    const present = values.filter((value) => value === value).sort()
    const missing = values.length - present.length
    const infinite = present.reduce((count, value) => count + (Math.abs(value) === Infinity ? 1 : 0), 0)
    const { distinct, frequencyRatio } = countValues(present)
    const percentUnique = values.length === 0 ? 0 : (100 * distinct) / values.length
    const faults: ColumnFault[] = []
    if (distinct <= 1) faults.push('constant')
    else if (frequencyRatio > rule.frequencyCut && percentUnique <= rule.uniqueCut) faults.push('near-constant')
    if (missing > 0) faults.push('missing')
    if (infinite > 0) faults.push('infinite')
    return { column, missing, infinite, distinct, frequencyRatio, percentUnique, faults }
  })
}

/** A screening that was carried out. */
export interface Screening {
  readonly method: 'screen'
  readonly drop: readonly ColumnFault[]
  readonly rule: NearConstantRule
  readonly kept: readonly string[]
  /** The columns with a fault, dropped or not. */
  readonly reported: readonly ColumnReport[]
  readonly learntFrom: readonly string[]
}

/**
 * Leaves out training columns for the faults that the caller names; there is no default for what to drop.
 * `pickColumns(table, kept)` applies it.
 */
export function fitScreening(
  training: TrainingTable,
  { drop, rule = defaultNearConstantRule }: { readonly drop: readonly ColumnFault[]; readonly rule?: NearConstantRule },
): Screening {
  requireTraining(training)
  const reports = screenColumns(training, rule)
  const isKept = ({ faults }: ColumnReport) => !faults.some((fault) => drop.includes(fault))
  return {
    method: 'screen',
    drop,
    rule,
    kept: reports.filter(isKept).map(({ column }) => column),
    reported: reports.filter(({ faults }) => faults.length > 0),
    learntFrom: training.ids,
  }
}

function countValues(sorted: Float64Array): { distinct: number; frequencyRatio: number } {
  let distinct = 0
  let most = 0
  let next = 0
  for (let start = 0; start < sorted.length;) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    const count = end - start
    distinct++
    if (count > most) [most, next] = [count, most]
    else if (count > next) next = count
    start = end
  }
  return { distinct, frequencyRatio: next === 0 ? 0 : most / next }
}
