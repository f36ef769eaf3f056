import type { LogisticModel, LogisticTerm } from '../core/learn/logistic.ts'
import { ownedBy, type Figure } from './figure.ts'
import { fitLabel, layoutOf } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** Where classes are separated there is no greatest likelihood: the odds ratio found is where the search ended, its interval has no end. */
export const isEstimated = ({ oddsRatio, oddsRatioInterval }: Pick<LogisticTerm, 'oddsRatio' | 'oddsRatioInterval'>) =>
  oddsRatio > 0 && Number.isFinite(oddsRatio) && oddsRatioInterval[1] !== Infinity

/** Odds ratios with their intervals on a logarithmic axis, in the order of the model; terms without an estimate are left out. */
export function forestPlotFigure(
  { terms, standardisation }: LogisticModel,
  at: number,
  nameOf: (name: string) => string,
  theme: ChartTheme,
): Figure {
  const colour = theme.models[at % theme.models.length].colour
  const drawn = terms.filter(isEstimated)
  const ends = drawn.flatMap(({ oddsRatio, oddsRatioInterval }) => [oddsRatio, ...oddsRatioInterval])
  const logs = [0, ...ends.filter((end) => end > 0 && Number.isFinite(end)).map((end) => Math.log10(end))]
  const [low, high] = [Math.min(...logs), Math.max(...logs)]
  const room = 0.08 * (high - low || 1)
  const places = drawn.map((_, k) => k)
  const edge = (end: number) => (end > 0 && Number.isFinite(end) ? end : end > 1 ? 10 ** (high + room) : 10 ** (low - room))
  const layout = layoutOf(
    { margin: { l: 190, r: 16, t: 8, b: 40 }, x: [low - room, high + room], y: [drawn.length - 0.5, -0.5] },
    theme,
    { x: `odds ratio ${standardisation ? 'an SD' : 'a unit'}`, y: '' },
    {
      x: { type: 'log', tickvals: nice(low, high), ticktext: nice(low, high).map(String) },
      y: { tickvals: places, ticktext: drawn.map(({ name }) => fitLabel(nameOf(name), 28)), showgrid: false, tickfont: { size: theme.fontSize - 1, color: theme.text } }, // prettier-ignore
    },
  )
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: 'odds ratio',
        x: drawn.map(({ oddsRatio }) => oddsRatio),
        y: places,
        text: drawn.map(({ name }) => nameOf(name)),
        ...ownedBy('features', drawn.map(({ name }) => name)), // prettier-ignore
        error_x: {
          type: 'data',
          symmetric: false,
          array: drawn.map(({ oddsRatio, oddsRatioInterval }) => edge(oddsRatioInterval[1]) - oddsRatio),
          arrayminus: drawn.map(({ oddsRatio, oddsRatioInterval }) => oddsRatio - edge(oddsRatioInterval[0])),
          color: colour,
          thickness: 2,
          width: 0,
        },
        marker: { color: colour, size: 9, symbol: 'square' },
        hovertemplate: '%{text}: %{x:.3f}<extra></extra>',
      },
    ],
    layout: {
      ...layout,
      shapes: [{ type: 'line', x0: 1, x1: 1, yref: 'paper', y0: 0, y1: 1, line: { color: theme.axis, dash: 'dot', width: 1.2 } }],
    },
  }
}

/** Ticks of a logarithmic axis: 1, 2, 5 of each power of ten where it is short, else the powers alone. */
function nice(low: number, high: number): number[] {
  const steps = high - low > 4 ? [1] : high - low > 1.2 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 3, 5, 7]
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, k) => Math.floor(low) + k)
  const all = powers.flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(2))))
  return all.filter((value) => Math.log10(value) >= low - 0.01 && Math.log10(value) <= high + 0.01)
}
