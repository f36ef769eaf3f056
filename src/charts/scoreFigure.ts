import type { Figure } from './figure.ts'
import { layoutOf, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

export interface ScoreBins {
  /** One more than bins. */
  readonly edges: readonly number[]
  readonly positives: readonly number[]
  readonly negatives: readonly number[]
}

const bins = 24

/** Equal bins from the lowest to the highest score; a constant score has one bin around it. */
export function binScores(scores: Float64Array, outcome: ArrayLike<number>): ScoreBins {
  const lowest = scores.reduce((a, b) => Math.min(a, b), Infinity)
  const highest = scores.reduce((a, b) => Math.max(a, b), -Infinity)
  const [from, to] = lowest < highest ? [lowest, highest] : [lowest - 0.5, highest + 0.5]
  const width = (to - from) / bins
  const positives = new Array<number>(bins).fill(0)
  const negatives = new Array<number>(bins).fill(0)
  scores.forEach((score, i) => {
    const bin = Math.min(bins - 1, Math.floor((score - from) / width))
    ;(outcome[i] === 1 ? positives : negatives)[bin]++
  })
  return { edges: Array.from({ length: bins + 1 }, (_, k) => from + k * width), positives, negatives }
}

/** A bin's width stands at both sides: there the threshold calls all or none positive. */
export function scoreArea({ edges }: ScoreBins): PlotArea {
  const width = edges[1] - edges[0]
  return { margin: { l: 14, r: 14, t: 8, b: 24 }, x: [edges[0] - width, edges.at(-1)! + width], y: [0, 1] }
}

/** Patients by score, the looked-for class on top of the other one. */
export function scoreFigure(drawn: ScoreBins, theme: ChartTheme): Figure {
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
  const layout = layoutOf({ ...scoreArea(drawn), y: [0, most * 1.08] }, theme, { x: '', y: '' }, {
    x: { showgrid: false, nticks: 5 },
    y: { showgrid: false, showticklabels: false },
  }) // prettier-ignore
  return {
    data: [bar('negative', negatives, theme.negative), bar('positive', positives, theme.positive)],
    layout: { ...layout, barmode: 'stack', bargap: 0 },
  }
}
