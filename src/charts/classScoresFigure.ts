import { binScores } from '../core/evaluate/binScores.ts'
import type { Figure } from './figure.ts'
import { layoutOf, usualMargin } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** Scores of both classes, the looked-for one upwards, the other one downwards, so that neither hides the other. */
export function classScoresFigure(scores: Float64Array, outcome: ArrayLike<number>, unit: string, theme: ChartTheme): Figure {
  const { edges, positives, negatives } = binScores(scores, outcome)
  const middles = positives.map((_, k) => (edges[k] + edges[k + 1]) / 2)
  const width = edges[1] - edges[0]
  const most = Math.max(1, ...positives, ...negatives)
  const bar = (name: string, y: readonly number[], side: 1 | -1, color: string) => ({
    type: 'bar' as const,
    name,
    x: middles,
    y: y.map((count) => side * count),
    customdata: [...y],
    width: 0.92 * width,
    marker: { color },
    hovertemplate: `%{customdata} ${name}, score about %{x:.3g}<extra></extra>`,
  })
  const step = Math.max(1, Math.ceil(most / 3))
  const ticks = [-3, -2, -1, 0, 1, 2, 3].map((k) => k * step).filter((tick) => Math.abs(tick) <= 1.1 * most)
  const layout = layoutOf(
    { margin: usualMargin, x: [edges[0] - width, edges.at(-1)! + width], y: [-1.1 * most, 1.1 * most] },
    theme,
    { x: unit, y: 'patients' },
    { y: { tickvals: ticks, ticktext: ticks.map((tick) => String(Math.abs(tick))) } },
  )
  return {
    data: [bar('positive', positives, 1, theme.positive), bar('negative', negatives, -1, theme.negative)],
    layout: { ...layout, barmode: 'overlay', bargap: 0 },
  }
}
