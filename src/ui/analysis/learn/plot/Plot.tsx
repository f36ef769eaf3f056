import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { formatNumber } from '../../../shared/formatNumber.ts'
import type { ChartTable } from '../../charts/DataTable.tsx'
import { createScale, type Range, type Scale } from './scale.ts'

export interface PlotProps {
  readonly title: string
  readonly aside?: string
  /** What is read to those who cannot see it. */
  readonly label: string
  readonly x: { readonly range: Range; readonly title: string; readonly ticks: readonly number[] }
  /** Without ticks its axis is not drawn. */
  readonly y: { readonly range: Range; readonly title: string; readonly ticks: readonly number[] }
  readonly draw: (scale: Scale) => ReactNode
  /** The data behind it, shown in its place by V. */
  readonly tabulate?: () => ChartTable
  /** Over the picture, where there is nothing to draw. */
  readonly notice?: ReactNode
  readonly children?: ReactNode
  readonly className?: string
}

const margin = { right: 12, top: 12, bottom: 40 }

/** A figure that moves with the hand: an SVG of its own, which costs a frame little. */
export function Plot({ title, aside, label, x, y, draw, tabulate, notice, children, className = '' }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>()
  const [isTable, setIsTable] = useState(false)
  useEffect(() => {
    if (isTable) return
    const seen = new ResizeObserver(([{ contentRect }]) => setSize({ width: contentRect.width, height: contentRect.height }))
    seen.observe(frame.current!)
    return () => seen.disconnect()
  }, [isTable])
  const left = y.ticks.length > 0 ? 48 : 12
  const width = Math.max(0, (size?.width ?? 0) - left - margin.right)
  const height = Math.max(0, (size?.height ?? 0) - margin.top - margin.bottom)
  const [x0, x1] = x.range
  const [y0, y1] = y.range
  const scale = useMemo(() => createScale([x0, x1], [y0, y1], width, height), [x0, x1, y0, y1, width, height])
  const toggle = (event: KeyboardEvent) => {
    if (!tabulate || event.key.toLowerCase() !== 'v' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.closest('input, textarea, select')) return
    event.preventDefault()
    setIsTable(!isTable)
  }
  return (
    <section className={`card chartCard plotCard ${className}`} aria-label={title} onKeyDown={toggle}>
      <header>
        <h2>{title}</h2>
        {aside && <span className="dim ellipsis">{aside}</span>}
        <span className="grow" />
        {tabulate && (
          <button type="button" className="plotTable" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            {isTable ? 'Chart' : 'Table'}
          </button>
        )}
      </header>
      {isTable && tabulate ? (
        <PlotTable title={title} table={tabulate()} />
      ) : (
        <div
          ref={frame}
          className="plotFrame"
          role="group"
          tabIndex={0}
          aria-label={tabulate ? `${title}. V shows its table.` : title}
        >
          {width > 0 && height > 0 && (
            <svg role="img" aria-label={label} className="plotSvg">
              <g transform={`translate(${left} ${margin.top})`}>
                <Axes x={x} y={y} scale={scale} />
                {draw(scale)}
              </g>
            </svg>
          )}
          {notice && <p className="plotNotice">{notice}</p>}
        </div>
      )}
      {!isTable && children}
    </section>
  )
}

function Axes({ x, y, scale }: Pick<PlotProps, 'x' | 'y'> & { readonly scale: Scale }) {
  const { width, height } = scale
  return (
    <g className="plotAxes" aria-hidden>
      {y.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${scale.y(tick)})`}>
          <line x2={width} />
          <text x={-7} dy="0.32em" textAnchor="end">
            {formatNumber(tick, 3)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <g key={tick} transform={`translate(${scale.x(tick)} 0)`}>
          {y.ticks.length > 0 && <line y2={height} />}
          <text y={height + 16} textAnchor="middle">
            {formatNumber(tick, 3)}
          </text>
        </g>
      ))}
      <line className="base" y1={height} y2={height} x2={width} />
      <text x={width / 2} y={height + 34} textAnchor="middle">
        {x.title}
      </text>
      {y.title && (
        <text transform={`translate(-37 ${height / 2}) rotate(-90)`} textAnchor="middle">
          {y.title}
        </text>
      )}
    </g>
  )
}

/** Of a figure that has few rows: all of them are drawn. */
function PlotTable({ title, table: { columns, rows } }: { title: string; table: ChartTable }) {
  const sayCell = (cell: string | number) => (typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : formatNumber(cell, 4))
  return (
    <div className="analysisScroll tableCard plotRows" tabIndex={0} role="region" aria-label={`${title}, table`}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} className="number">
                  {sayCell(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
