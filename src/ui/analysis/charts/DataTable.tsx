import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { formatNumber } from '../../shared/formatNumber.ts'

/** The data behind a figure. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

const rowHeight = () => (26 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16
const sayCell = (cell: string | number) => (typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : formatNumber(cell, 4))

/** Only the rows in sight are drawn. */
export function DataTable({ title, table: { columns, rows } }: { title: string; table: ChartTable }) {
  const scroll = useRef<HTMLDivElement>(null)
  const height = useMemo(rowHeight, [])
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8 }) // prettier-ignore
  const items = virtual.getVirtualItems()
  const isNumber = (j: number) => typeof rows[0]?.[j] === 'number'
  return (
    <div
      className="analysisScroll thresholds tableCard dataTable"
      ref={scroll}
      tabIndex={0}
      role="region"
      aria-label={`${title}, table`}
    >
      <table>
        <thead>
          <tr>
            {columns.map((name, j) => (
              <th key={name} scope="col" className={isNumber(j) ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr style={{ height: items[0]?.start ?? 0 }} aria-hidden />
          {items.map(({ index }) => (
            <tr key={index} style={{ height }}>
              {rows[index].map((cell, j) => (
                <td key={j} className={isNumber(j) ? 'number' : undefined}>
                  {sayCell(cell)}
                </td>
              ))}
            </tr>
          ))}
          <tr style={{ height: virtual.getTotalSize() - (items.at(-1)?.end ?? 0) }} aria-hidden />
        </tbody>
      </table>
    </div>
  )
}
