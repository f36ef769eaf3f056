import { ownerOf, type Figure, type PointOwner } from './figure.ts'
import type { PlotArea } from './plotArea.ts'

/** A point that can be walked to: where it lies, as shares of the axes from left and from top, and what it says. */
export interface WalkedPoint {
  readonly left: number
  readonly top: number
  readonly words: string
  readonly owner?: PointOwner | undefined
}

export interface WalkedSeries {
  readonly name: string
  readonly points: readonly WalkedPoint[]
}

interface DrawnTrace {
  readonly type?: string
  readonly name?: string
  readonly hoverinfo?: string
  readonly x?: readonly number[]
  readonly y?: readonly number[]
  readonly text?: readonly string[]
  readonly yaxis?: string
  readonly xaxis?: string
  readonly ids?: readonly string[]
  readonly meta?: unknown
}

interface DrawnAxis {
  readonly type?: string
  readonly range?: readonly number[]
  readonly title?: { readonly text?: string }
}

/** Where the axes of a figure lie, of the figure itself. */
export function areaOf({ layout }: Figure): PlotArea {
  const { margin, xaxis, yaxis } = layout as { margin: PlotArea['margin']; xaxis: DrawnAxis; yaxis: DrawnAxis }
  return { margin, x: xaxis.range as unknown as PlotArea['x'], y: yaxis.range as unknown as PlotArea['y'] }
}

/** Lines, dots and bars of a figure's own axes, by number or logarithm; what is drawn for the eye alone is left out. */
export function walkFigure(figure: Figure): WalkedSeries[] {
  const { xaxis, yaxis } = figure.layout as { xaxis: DrawnAxis; yaxis: DrawnAxis }
  const traces = figure.data as readonly DrawnTrace[]
  return traces.flatMap((trace) => {
    const isWalked =
      (trace.type === 'scatter' || trace.type === 'bar') && trace.hoverinfo !== 'skip' && !trace.yaxis && !trace.xaxis
    if (!isWalked || !trace.x || !trace.y) return []
    const points = trace.x.flatMap((x, i) => {
      const y = trace.y![i]
      const [left, top] = [shareOf(xaxis, x), 1 - shareOf(yaxis, y)]
      if (!Number.isFinite(left) || !Number.isFinite(top)) return []
      const told = [wordsOf(xaxis, x), wordsOf(yaxis, y)].filter((words) => words !== '').join(', ')
      const owner = ownerOf(trace, i)
      return [{ left, top, ...(owner && { owner }), words: [trace.text?.[i] ?? trace.name, told].filter(Boolean).join(': ') }]
    })
    return points.length === 0 ? [] : [{ name: trace.name ?? '', points: points.sort((a, b) => a.left - b.left) }]
  })
}

function shareOf({ type, range }: DrawnAxis, value: number): number {
  if (!range || typeof value !== 'number') return NaN
  const placed = type === 'log' ? Math.log10(value) : value
  return (placed - range[0]) / (range[1] - range[0])
}

function wordsOf({ title }: DrawnAxis, value: number): string {
  const number = Number(value.toPrecision(4)).toString().replace('-', '−')
  return title?.text ? `${title.text} ${number}` : number
}
