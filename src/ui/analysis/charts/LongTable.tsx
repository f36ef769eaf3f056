import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, type ReactNode } from 'react'

interface LongTableProps {
  /** Told to who hears the page. */
  readonly label: string
  readonly className?: string
  /** The cells of its head. */
  readonly head: ReactNode
  readonly count: number
  /** The cells of a row. */
  readonly row: (index: number) => ReactNode
  readonly onRow?: (index: number) => void
}

const rowHeight = () => (26 * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16

/** A table of any length in a scrolled area: only the rows in sight are drawn. */
export function LongTable({ label, className = '', head, count, row, onRow }: LongTableProps) {
  const scroll = useRef<HTMLDivElement>(null)
  const height = useMemo(rowHeight, [])
  const virtual = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8 })
  const items = virtual.getVirtualItems()
  return (
    <div className={`analysisScroll thresholds ${className}`} ref={scroll} tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>
          <tr style={{ height: items[0]?.start ?? 0 }} aria-hidden />
          {items.map(({ index }) => (
            <tr key={index} style={{ height }} onClick={onRow && (() => onRow(index))}>
              {row(index)}
            </tr>
          ))}
          <tr style={{ height: virtual.getTotalSize() - (items.at(-1)?.end ?? 0) }} aria-hidden />
        </tbody>
      </table>
    </div>
  )
}
