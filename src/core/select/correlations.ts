import { averageRanks } from '../numeric/ranks.ts'
import { orderByLinkage } from '../statistics/completeLinkage.ts'
import { columnAt, pickColumns } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'

/** Spearman's correlations of columns, so ordered that what is alike stands together. */
export interface CorrelationMatrix {
  readonly columns: readonly string[]
  /** Row by row; NaN with a column that does not vary. */
  readonly rho: readonly (readonly number[])[]
  readonly patients: number
}

/** Two columns that say nearly the same. */
export interface CorrelatedPair {
  readonly columns: readonly [string, string]
  readonly rho: number
}

/**
 * Ordered by complete linkage of 1 - |rho|; a column that does not vary is as far from all others as can be.
 * @param columns of the table, without missing values
 */
export function correlateColumns(training: TrainingTable, columns: readonly string[]): CorrelationMatrix {
  const rho = correlateAll(training, columns)
  const count = columns.length
  const distance = Float64Array.from({ length: count * count }, (_, at) => {
    const value = rho(Math.floor(at / count), at % count)
    return Number.isNaN(value) ? 1 : 1 - Math.abs(value)
  })
  const order = orderByLinkage(distance, count)
  return {
    columns: order.map((j) => columns[j]),
    rho: order.map((i) => order.map((j) => rho(i, j))),
    patients: training.ids.length,
  }
}

/** Every pair whose |rho| reaches the limit, the closest first. */
export function closePairs(training: TrainingTable, columns: readonly string[], limit: number): CorrelatedPair[] {
  const rho = correlateAll(training, columns)
  const pairs = columns.flatMap((first, i) =>
    columns.slice(i + 1).flatMap((second, k) => {
      const value = rho(i, i + 1 + k)
      return Math.abs(value) >= limit ? [{ columns: [first, second] as const, rho: value }] : []
    }),
  )
  return pairs.sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho))
}

/**
 * Columns that are linked, directly or over others, by an |rho| of at least the limit: a study that chose one of them as well could have
 * chosen the other.
 * @returns every column once; groups and their columns in the order given
 */
export function groupColumns(training: TrainingTable, columns: readonly string[], limit: number): string[][] {
  const rho = correlateAll(training, columns)
  const groupOf = new Map<number, number[]>()
  for (let j = 0; j < columns.length; j++) {
    const linked = new Set<number[]>()
    for (let i = 0; i < j; i++) if (Math.abs(rho(i, j)) >= limit) linked.add(groupOf.get(i)!)
    const joined = [...[...linked].flat(), j].sort((a, b) => a - b)
    for (const member of joined) groupOf.set(member, joined)
  }
  return [...new Set(groupOf.values())].sort((a, b) => a[0] - b[0]).map((group) => group.map((j) => columns[j]))
}

/** Ranks are centred and scaled to length 1 once, so that a correlation is a dot product. */
function correlateAll(training: TrainingTable, columns: readonly string[]): (i: number, j: number) => number {
  requireTraining(training)
  const table = pickColumns(training, columns)
  const units = columns.map((_, j) => {
    const values = columnAt(table, j)
    const centre = (values.length + 1) / 2
    const ranks = averageRanks(values).map((rank) => rank - centre)
    const length = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0))
    return ranks.map((rank) => rank / length)
  })
  return (i, j) => {
    let sum = 0
    for (let row = 0; row < units[i].length; row++) sum += units[i][row] * units[j][row]
    return Number.isNaN(sum) ? NaN : Math.max(-1, Math.min(1, sum))
  }
}
