import type { ScoreBins } from '../core/evaluate/binScores.ts'
import type { Figure } from './figure.ts'
import { layoutOf, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** A bin's width stands at both sides: there the threshold calls all or none positive. */
export function scoreArea({ edges }: ScoreBins): PlotArea {
  const width = edges[1] - edges[0]
  return { margin: { l: 14, r: 14, t: 8, b: 24 }, x: [edges[0] - width, edges.at(-1)! + width], y: [0, 1] }
}

/**
 * Patients by score, the looked-for class on top of the other one.
 * @param ofFolds cut-offs that folds chose, drawn below: how far they spread is how sure the one in hand is
 */
export function scoreFigure(drawn: ScoreBins, ofFolds: readonly number[], theme: ChartTheme): Figure {
  const { edges, positives, negatives } = drawn
  const middles = positives.map((_, k) => (edges[k] + edges[k + 1]) / 2)
  const most = Math.max(1, ...positives.map((count, k) => count + negatives[k]))
  const bar = (name: string, y: readonly number[], color: string) => ({
    type: 'bar' as const,
    name,
    x: middles,
    y: [...y],
    width: (edges[1] - edges[0]) * 0.92,
    marker: { color },
    hovertemplate: `%{y} ${name}, score about %{x:.3g}<extra></extra>`,
  })
  const { x: range } = scoreArea(drawn)
  const rug = ofFolds.filter((cutoff) => cutoff >= range[0] && cutoff <= range[1])
  const foot = rug.length > 0 ? 0.16 * most : 0
  const layout = layoutOf({ ...scoreArea(drawn), y: [-foot, most * 1.08] }, theme, { x: '', y: '' }, {
    x: { showgrid: false, nticks: 5 },
    y: { showgrid: false, showticklabels: false },
  }) // prettier-ignore
  return {
    data: [
      bar('negative', negatives, theme.negative),
      bar('positive', positives, theme.positive),
      ...(rug.length > 0
        ? [
            {
              type: 'scatter' as const,
              mode: 'markers' as const,
              name: 'cut-offs of folds',
              x: rug,
              y: rug.map(() => -foot / 2),
              marker: { symbol: 'line-ns', size: 8, line: { color: theme.text, width: 1.5 } },
              hovertemplate: 'cut-off of a fold: %{x:.3g}<extra></extra>',
            },
          ]
        : []),
    ],
    layout: { ...layout, barmode: 'stack', bargap: 0 },
  }
}
