import type { BlandAltman } from '../core/statistics/blandAltman.ts'
import { ownedBy, type Data, type Figure } from './figure.ts'
import { layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** Two readings of a feature: their difference against their mean, with the bias and the limits of agreement. */
export function blandAltmanFigure(
  { differences, means, bias, limits }: BlandAltman,
  ids: readonly string[],
  theme: ChartTheme,
): Figure {
  const span = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const room = (high - low || Math.abs(high) || 1) * 0.08
    return [low - room, high + room]
  }
  const area: PlotArea = { margin: { ...usualMargin, l: 58 }, x: span(means), y: span([...differences, ...limits]) }
  const level = (y: number, dash: 'solid' | 'dash'): Data => ({ type: 'scatter', mode: 'lines', x: [...area.x], y: [y, y], line: { color: theme.dim, width: 1.2, dash }, hoverinfo: 'skip' }) // prettier-ignore
  const told = (y: number, text: string) => ({ x: area.x[1], y, xanchor: 'right' as const, yanchor: 'bottom' as const, showarrow: false, text, font: { size: theme.fontSize - 1, color: theme.dim } }) // prettier-ignore
  return {
    data: [
      level(bias, 'solid'),
      ...limits.map((limit) => level(limit, 'dash')),
      {
        type: 'scatter',
        mode: 'markers',
        name: 'patients',
        x: [...means],
        y: [...differences],
        text: [...ids],
        ...ownedBy('patients', ids),
        marker: { color: theme.models[0].colour, size: 6, opacity: 0.85 },
        hovertemplate: '%{text}: mean %{x:.4g}, difference %{y:.4g}<extra></extra>',
      },
    ],
    layout: {
      ...layoutOf(area, theme, { x: 'mean of the readings', y: 'second less first' }),
      annotations: [told(bias, 'bias'), told(limits[1], '+1.96 SD'), told(limits[0], '−1.96 SD')],
    },
  }
}
