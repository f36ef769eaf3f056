import { dashed, type Data, type Layout, type LayoutAxis } from './figure.ts'
import { styleOf, type ChartTheme } from './theme.ts'

/** Where a figure's axes lie: fixed margins, so that a place is a share of the width and nothing of plotly's own is asked. */
export interface PlotArea {
  /** Pixels around the axes; as many across as down, so that a square figure has square axes. */
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number }
  readonly x: readonly [from: number, to: number]
  readonly y: readonly [from: number, to: number]
}

export const usualMargin = { l: 46, r: 12, t: 14, b: 44 } as const

export function layoutOf(
  { margin, x, y }: PlotArea,
  theme: ChartTheme,
  titles: { readonly x: string; readonly y: string },
  axes: { readonly x?: Partial<LayoutAxis>; readonly y?: Partial<LayoutAxis> } = {},
): Partial<Layout> {
  const axis = (text: string, range: readonly [number, number]): Partial<LayoutAxis> => ({
    title: { text, font: { size: theme.fontSize, color: theme.dim }, standoff: 8 },
    range: [...range],
    fixedrange: true,
    gridcolor: theme.line,
    linecolor: theme.line,
    zeroline: false,
    automargin: false,
    tickfont: { size: theme.fontSize - 1, color: theme.dim },
  })
  return {
    margin: { ...margin },
    autosize: true,
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    font: { color: theme.text, size: theme.fontSize, family: theme.font },
    showlegend: false,
    dragmode: false,
    hovermode: 'closest',
    xaxis: { ...axis(titles.x, x), ...axes.x },
    yaxis: { ...axis(titles.y, y), ...axes.y },
  }
}

/** Pixels of a value along an axis that is `length` pixels long, from its start. */
export const placeOn = ([from, to]: readonly [number, number], value: number, length: number) =>
  ((value - from) / (to - from)) * length

/** What is as good as a guess, or perfectly calibrated. */
export const diagonalOf = (theme: ChartTheme): Data => ({
  type: 'scatter',
  mode: 'lines',
  x: [0, 1],
  y: [0, 1],
  line: { color: theme.axis, width: 1.2, dash: 'dot' },
  hoverinfo: 'skip',
})

/** A curve of a model: its own colour and dashes, stronger where it is the one in hand. @param at its place among all models */
export function modelLine(theme: ChartTheme, name: string, at: number, isInHand: boolean) {
  const { colour, dash } = styleOf(theme, at)
  const line = { color: colour, width: isInHand ? 2.6 : 1.8, dash: dashed(dash) }
  return { type: 'scatter' as const, mode: 'lines' as const, name, line }
}

/** The point of a curve that was taken. @param hover as plotly fills it */
export const takenPoint = (theme: ChartTheme, colour: string, name: string, x: number, y: number, hover: string): Data => ({
  type: 'scatter',
  mode: 'markers',
  name,
  x: [x],
  y: [y],
  marker: { color: colour, size: 10, line: { color: theme.text, width: 2 } },
  hovertemplate: `${hover}<extra></extra>`,
})

/** A name as long as its place beside an axis: names of features differ at both ends. The whole one stands where it is hovered. */
export function fitLabel(name: string, letters: number): string {
  if (name.length <= letters) return name
  const first = Math.floor(0.45 * (letters - 1))
  return `${name.slice(0, first).trimEnd()}…${name.slice(name.length - (letters - 1 - first))}`
}
