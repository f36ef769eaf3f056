import { formatNumber } from '../../shared/formatNumber.ts'
import { LongTable } from './LongTable.tsx'

/** The data behind a figure. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

const sayCell = (cell: string | number) => (typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : formatNumber(cell, 4))

export function DataTable({ title, table: { columns, rows } }: { title: string; table: ChartTable }) {
  const looks = (j: number) => (typeof rows[0]?.[j] === 'number' ? 'number' : undefined)
  return (
    <LongTable
      label={`${title}, table`}
      className="tableCard dataTable"
      head={columns.map((name, j) => (
        <th key={name} scope="col" className={looks(j)}>
          {name}
        </th>
      ))}
      count={rows.length}
      row={(index) =>
        rows[index].map((cell, j) => (
          <td key={j} className={looks(j)}>
            {sayCell(cell)}
          </td>
        ))
      }
    />
  )
}
