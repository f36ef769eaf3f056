import { ownedBy, type Data, type Figure } from './figure.ts'
import { fitLabel, layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

export interface StripPoint {
  readonly id: string
  readonly value: number
  /** Null where the outcome is not known. */
  readonly isPositive: boolean | null
}

export interface StripLane {
  readonly name: string
  readonly points: readonly StripPoint[]
}

/** Spreads the points of a lane evenly, whatever their order: the golden ratio's multiples never crowd. */
const spread = (at: number) => ((at * 0.6180339887498949) % 1) - 0.5

/** Every patient as a dot on the axis of a value, in lanes from the top, by outcome. */
export function stripFigure(lanes: readonly StripLane[], title: string, theme: ChartTheme): Figure {
  const values = lanes.flatMap(({ points }) => points.map(({ value }) => value))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || Math.abs(high) || 1) * 0.04
  const area: PlotArea = { margin: { ...usualMargin, l: 132 }, x: [low - room, high + room], y: [-0.6, lanes.length - 0.4] }
  const dots = (name: string, isPositive: boolean | null, color: string): Data[] => {
    const some = lanes.flatMap(({ name, points }, lane) => {
      const own = points.filter((point) => point.isPositive === isPositive)
      return own.map((point, at) => ({ ...point, lane: name, y: lanes.length - 1 - lane + 0.56 * spread(at) }))
    })
    if (some.length === 0) return []
    return [
      {
        type: 'scatter',
        mode: 'markers',
        name,
        x: some.map(({ value }) => value),
        y: some.map(({ y }) => y),
        text: some.map(({ id, lane }) => `${id}, ${lane}, ${name}`),
        ...ownedBy('patients', some.map(({ id }) => id)), // prettier-ignore
        marker: {
          color,
          size: 6,
          opacity: 0.85,
          symbol: isPositive === null ? 'circle-open' : isPositive ? 'circle' : 'diamond',
        },
        hovertemplate: '%{text}: %{x:.4g}<extra></extra>',
      },
    ]
  }
  return {
    data: [
      ...dots('negative', false, theme.negative),
      ...dots('positive', true, theme.positive),
      ...dots('outcome not known', null, theme.dim),
    ],
    layout: layoutOf(area, theme, { x: title, y: '' }, { y: { tickvals: lanes.map((_, at) => lanes.length - 1 - at), ticktext: lanes.map(({ name }) => fitLabel(name, 20)) } }), // prettier-ignore
  }
}
