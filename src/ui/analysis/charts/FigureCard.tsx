import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { AxesBox } from '../../../charts/Chart.tsx'
import type { Figure, PointOwner } from '../../../charts/figure.ts'
import { areaOf, walkFigure } from '../../../charts/walkPoints.ts'
import { printTheme, type ChartTheme } from '../../../charts/theme.ts'
import { programServer } from '../../../io/programServer.ts'
import { sayError } from '../../../messages/say.ts'
import { DataTable, type ChartTable } from './DataTable.tsx'
import { useFollow } from '../follow/useFollow.ts'
import { Chart } from './laterParts.ts'
import { useChartTheme } from './useChartTheme.ts'
import './charts.css'

export interface FigureCardProps {
  readonly title: string
  readonly aside?: string
  /** Of the files that are saved of it. */
  readonly name: string
  /** Keeps its identity as long as it draws the same; null where there is nothing to draw. */
  readonly draw: (theme: ChartTheme) => Figure | null
  /** A sentence made of the data, for those who cannot see it. */
  readonly label: string
  /** The data behind it. */
  readonly tabulate: () => ChartTable
  readonly height?: number | 'fill'
  /** Height over width when it is saved. */
  readonly ratio?: number
  /** What moves above it. */
  readonly over?: (box: AxesBox) => ReactNode
  /** What stands in its place when there is nothing to draw. */
  readonly empty?: ReactNode
  /** Beside the title. */
  readonly tools?: ReactNode
  /** Where a patient's or a feature's point leads to; by itself it begins a trail. */
  readonly onPoint?: (owner: PointOwner) => void
  /** Under the figure: a legend. */
  readonly children?: ReactNode
  readonly className?: string
}

const exporting = () => programServer.load(() => import('./saveFigure.ts'))

/** A figure with its title, its data as a table in the page (V) and as files, and its points walked by keyboard. */
export function FigureCard(props: FigureCardProps) {
  const {
    title,
    aside,
    name,
    draw,
    label,
    tabulate,
    height,
    ratio = 0.7,
    over,
    empty,
    tools,
    onPoint,
    children,
    className = '',
  } = props
  const [isTable, setIsTable] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const theme = useChartTheme()
  const figure = useMemo(() => draw(theme), [draw, theme])
  const act = (work: (files: Awaited<ReturnType<typeof exporting>>) => Promise<void> | void) => {
    setProblem(null)
    exporting()
      .then(work)
      .catch((error: unknown) => setProblem(sayError(error)))
  }
  const { begin, followedOf } = useFollow()
  const follow = (owner: PointOwner) => {
    const followed = followedOf(owner)
    if (followed) begin(followed)
  }
  const print = () => draw(printTheme)!
  const toggle = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'v' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.closest('input, textarea, select')) return
    event.preventDefault()
    setIsTable(!isTable)
  }
  return (
    <section className={`card chartCard ${className}`} aria-label={title} onKeyDown={figure ? toggle : undefined}>
      <header>
        <h2>{title}</h2>
        <span className="dim ellipsis">{aside}</span>
        <span className="grow" />
        {tools}
        {figure && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon size={22} aria-label={`${title}: table and files`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setIsTable(!isTable)}>{isTable ? 'Chart' : 'Table'} (V)</Menu.Item>
              <Menu.Item onClick={() => act((files) => files.copyTable(tabulate()))}>Copy table</Menu.Item>
              <Menu.Item onClick={() => act((files) => files.saveCsv(name, tabulate()))}>Save CSV</Menu.Item>
              <Menu.Item onClick={() => act((files) => files.saveFigure(name, print(), 'svg', ratio))}>Save SVG</Menu.Item>
              <Menu.Item onClick={() => act((files) => files.saveFigure(name, print(), 'png', ratio))}>
                Save PNG, 300 dpi
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      {problem && (
        <p role="alert" className="chartProblem">
          Nothing was saved: {problem}
        </p>
      )}
      {!figure ? (
        <div className="chartEmpty">{empty}</div>
      ) : isTable ? (
        <DataTable title={title} table={tabulate()} />
      ) : (
        <WalkedChart title={title} figure={figure} label={label} height={height} over={over} onPoint={onPoint ?? follow} />
      )}
      {figure && !isTable && children}
    </section>
  )
}

interface WalkedChartProps extends Pick<FigureCardProps, 'title' | 'label'> {
  readonly figure: Figure
  readonly height: FigureCardProps['height'] | undefined
  readonly over: FigureCardProps['over'] | undefined
  readonly onPoint: (owner: PointOwner) => void
}

/** One stop of the Tab key; Enter goes in, arrows go from point to point, Tab to the next series, Enter on to whose point it is, Esc out. */
function WalkedChart({ title, figure, label, height, over, onPoint }: WalkedChartProps) {
  const series = useMemo(() => walkFigure(figure), [figure])
  const [at, setAt] = useState<{ readonly figure: Figure; readonly series: number; readonly point: number } | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  // A place belongs to the figure it was walked to in.
  const place = at?.figure === figure ? at : null
  const point = place && series[place.series].points[place.point]
  const walk = (event: KeyboardEvent) => {
    if (event.target !== frame.current || series.length === 0) return
    if (!place) {
      if (event.key !== 'Enter') return
      event.preventDefault()
      return setAt({ figure, series: 0, point: 0 })
    }
    const { points } = series[place.series]
    const by = event.shiftKey ? 10 : 1
    const go = (to: number) => setAt({ ...place, point: Math.max(0, Math.min(points.length - 1, to)) })
    const next = (place.series + (event.shiftKey ? series.length - 1 : 1)) % series.length
    const acts: Readonly<Record<string, () => void>> = {
      ArrowRight: () => go(place.point + by),
      ArrowLeft: () => go(place.point - by),
      Home: () => go(0),
      End: () => go(points.length - 1),
      Tab: () => setAt({ figure, series: next, point: nearest(series[next].points, points[place.point].left) }),
      Enter: () => point?.owner && onPoint(point.owner),
      Escape: () => setAt(null),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    <div
      ref={frame}
      className={`walked${height === 'fill' ? ' fill' : ''}`}
      role="group"
      aria-roledescription="chart"
      aria-label={`${title}. Enter walks its points, V shows its table.`}
      tabIndex={0}
      onKeyDown={walk}
      onBlur={() => setAt(null)}
    >
      <Chart
        figure={figure}
        label={label}
        onPoint={onPoint}
        {...(height !== undefined && { height })}
        over={{
          area: areaOf(figure),
          draw: (box) => (
            <>
              {over?.(box)}
              {point && (
                <svg
                  className="chartOver"
                  style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
                  aria-hidden
                >
                  <circle className="walker" cx={point.left * box.width} cy={point.top * box.height} r={7} />
                </svg>
              )}
            </>
          ),
        }}
      />
      <p className={point ? 'walkedWords' : 'visuallyHidden'} aria-live="polite">
        {point?.words}
        {point?.owner && ' (Enter follows it)'}
      </p>
    </div>
  )
}

function nearest(points: readonly { readonly left: number }[], left: number): number {
  return points.reduce((best, point, i) => (Math.abs(point.left - left) < Math.abs(points[best].left - left) ? i : best), 0)
}
