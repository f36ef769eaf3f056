import type { RankSumSelection } from '../core/select/rankSumFilter.ts'
import { ownedBy, type Figure } from './figure.ts'
import { layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** P below it has no place of its own: a triangle at the top edge. */
const least = 1e-16
const heightOf = (p: number) => -Math.log10(Math.max(p, least))

/** AUCs as far as there are any, the half in the middle; P from 1 to the smallest one. */
function volcanoArea({ columns, alpha }: RankSumSelection): PlotArea {
  const tested = columns.filter(({ p }) => !Number.isNaN(p))
  const reach = Math.min(0.5, Math.max(0.1, ...tested.map(({ auc }) => Math.abs(auc - 0.5) + 0.03)))
  const top = Math.max(heightOf(alpha), ...tested.map(({ p }) => heightOf(p)))
  return { margin: usualMargin, x: [0.5 - reach, 0.5 + reach], y: [0, 1.08 * top] }
}

/** Every tested feature by its effect and its P; the kept ones are filled, the line is where they begin. */
export function volcanoFigure(step: RankSumSelection, theme: ChartTheme): Figure {
  const { columns, alpha, adjust } = step
  const area = volcanoArea(step)
  const tested = columns.filter(({ p }) => !Number.isNaN(p))
  const dots = (name: string, kept: boolean) => {
    const some = tested.filter((column) => column.kept === kept)
    return {
      type: 'scatter' as const,
      mode: 'markers' as const,
      name,
      x: some.map(({ auc }) => auc),
      y: some.map(({ p }) => heightOf(p)),
      text: some.map(({ column }) => column),
      ...ownedBy('features', some.map(({ column }) => column)), // prettier-ignore
      customdata: some.map(({ p, adjusted, exact }) => [p, adjusted, exact ? 'exact' : 'normal']),
      marker: {
        color: kept ? theme.models[0].colour : theme.negative,
        size: kept ? 6 : 5,
        opacity: kept ? 0.9 : 0.7,
        symbol: some.map(({ p }) => (p < least ? 'triangle-up' : kept ? 'circle' : 'circle-open')),
      },
      hovertemplate: `%{text}: AUC %{x:.3f}, P %{customdata[0]:.3g}, adjusted (${adjust}) %{customdata[1]:.3g}, %{customdata[2]}<extra></extra>`,
    }
  }
  const level = heightOf(alpha)
  const layout = layoutOf(area, theme, { x: 'AUC of the feature alone', y: '−log₁₀ P' })
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: [...area.x],
        y: [level, level],
        line: { color: theme.dim, width: 1.2, dash: 'dash' },
        hoverinfo: 'skip',
      },
      dots('dropped', false),
      dots('kept', true),
    ],
    layout: {
      ...layout,
      annotations: [
        {
          x: area.x[1],
          y: level,
          xanchor: 'right',
          yanchor: 'bottom',
          showarrow: false,
          text: `P ${alpha}`,
          font: { size: theme.fontSize - 1, color: theme.dim },
        },
      ],
    },
  }
}
