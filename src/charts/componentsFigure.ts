import type { ComponentPoint, HarmonisationCheck } from '../core/analysis/checkHarmonisation.ts'
import { mean } from '../core/numeric/moments.ts'
import { batchStyle } from './batchStyles.ts'
import { ownedBy, type Data, type Figure } from './figure.ts'
import { layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import { withOpacity, type ChartTheme } from './theme.ts'

type Components = NonNullable<HarmonisationCheck['components']>
type When = 'before' | 'after'

/** The same for both pictures: what moved is seen by comparing them. */
export function componentsArea({ points }: Components): PlotArea {
  const range = (axis: 0 | 1): [number, number] => {
    const values = points.flatMap(({ before, after }) => [before[axis], after[axis]]).filter(Number.isFinite)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const room = (high - low || 1) * 0.06
    return [low - room, high + room]
  }
  return { margin: usualMargin, x: range(0), y: range(1) }
}

/** Patients along the two components in which those of training differ most, by batch, each with the ellipse of one SD. */
export function componentsFigure(components: Components, when: When, batches: readonly string[], theme: ChartTheme): Figure {
  const { points, explained } = components
  const axis = (k: 0 | 1) => `component ${k + 1} (${(100 * explained[when][k]).toFixed(0)} % of variance)`
  const data = batches.flatMap((batch, at): Data[] => {
    const { colour, symbol } = batchStyle(theme, at)
    const some = points.filter((point) => point.batch === batch && point[when].every(Number.isFinite))
    const ellipse = ellipseOf(some, when)
    return [
      ...(ellipse ? [{ type: 'scatter' as const, mode: 'lines' as const, ...ellipse, line: { color: withOpacity(colour, 0.8), width: 1.4 }, hoverinfo: 'skip' as const }] : []), // prettier-ignore
      {
        type: 'scatter',
        mode: 'markers',
        name: batch,
        x: some.map((point) => point[when][0]),
        y: some.map((point) => point[when][1]),
        text: some.map(({ id, cohort }) => `${id}, ${batch}, ${cohort}`),
        ...ownedBy('patients', some.map(({ id }) => id)), // prettier-ignore
        marker: { color: colour, symbol, size: 6, opacity: 0.85 },
        hovertemplate: '%{text}: %{x:.2f}, %{y:.2f}<extra></extra>',
      },
    ]
  })
  return { data, layout: layoutOf(componentsArea(components), theme, { x: axis(0), y: axis(1) }) }
}

/** One SD around the mean along the axes of the covariance; none of fewer than 3 patients. */
function ellipseOf(points: readonly ComponentPoint[], when: When): { x: number[]; y: number[] } | null {
  if (points.length < 3) return null
  const [x, y] = [0, 1].map((axis) => points.map((point) => point[when][axis]))
  const [mx, my] = [mean(x), mean(y)]
  const spread = (a: readonly number[], ma: number, b: readonly number[], mb: number) =>
    a.reduce((sum, value, i) => sum + (value - ma) * (b[i] - mb), 0) / (a.length - 1)
  const [xx, yy, xy] = [spread(x, mx, x, mx), spread(y, my, y, my), spread(x, mx, y, my)]
  // The Cholesky factor takes the circle to the ellipse.
  const first = Math.sqrt(xx)
  const cross = first > 0 ? xy / first : 0
  const second = Math.sqrt(Math.max(0, yy - cross * cross))
  const turns = Array.from({ length: 65 }, (_, i) => (2 * Math.PI * i) / 64)
  return {
    x: turns.map((turn) => mx + first * Math.cos(turn)),
    y: turns.map((turn) => my + cross * Math.cos(turn) + second * Math.sin(turn)),
  }
}
