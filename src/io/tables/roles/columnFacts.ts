import { isDecimalComma, isMissing, parseNumber } from '../tableFile.ts'
import type { RawTable } from './rawTable.ts'

/** What is seen of a column before anybody says what it is. */
export interface ColumnFacts {
  readonly name: string
  /** Distinct texts that are not missing, at most seven. */
  readonly values: readonly string[]
  /** How many there are. */
  readonly distinct: number
  readonly missing: number
  /** Every cell that is not missing is a number. */
  readonly isNumeric: boolean
  /** Most are, or would be with a decimal point. */
  readonly isMostlyNumeric: boolean
}

const mostValues = 7

export function describeColumns(table: RawTable): ColumnFacts[] {
  return table.header.map((name, at) => {
    const cells = table.rows.map((row) => row[at]).filter((cell) => !isMissing(cell))
    const distinct = [...new Set(cells)]
    const numbers = cells.filter((cell) => typeof parseNumber(cell) === 'number').length
    return {
      name,
      values: distinct.slice(0, mostValues).sort(),
      distinct: distinct.length,
      missing: table.rows.length - cells.length,
      isNumeric: cells.length > 0 && numbers === cells.length,
      isMostlyNumeric: 2 * (numbers + cells.filter(isDecimalComma).length) > cells.length,
    }
  })
}
