import type { EliminationSelection } from '../core/select/elimination.ts'
import { standardDeviation } from '../core/numeric/moments.ts'
import type { Figure } from './figure.ts'
import { layoutOf, takenPoint } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** The held-out value by how many features were left, with its standard error over folds; the size taken is marked. */
export function eliminationFigure({ sizes, kept, options }: EliminationSelection, theme: ChartTheme): Figure {
  const colour = theme.models[0].colour
  const errors = sizes.map(({ folds }) => (folds.length > 1 ? standardDeviation(folds) / Math.sqrt(folds.length) : 0))
  const ends = sizes.flatMap(({ mean }, k) => [mean - errors[k], mean + errors[k]])
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const room = 0.08 * (high - low || 0.1)
  const places = sizes.map(({ size }) => Math.log10(size))
  const taken = sizes.find(({ size }) => size === kept.length)
  const layout = layoutOf(
    { margin: { l: 50, r: 14, t: 10, b: 40 }, x: [Math.min(...places) - 0.08, Math.max(...places) + 0.08], y: [low - room, high + room] },
    theme,
    { x: 'features left', y: options.metric === 'AUC' ? 'AUC, held out' : 'accuracy, held out' },
    { x: { type: 'log', tickvals: sizes.map(({ size }) => size), ticktext: sizes.map(({ size }) => String(size)) } },
  ) // prettier-ignore
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'mean of folds',
        x: sizes.map(({ size }) => size),
        y: sizes.map(({ mean }) => mean),
        error_y: { type: 'data', array: errors, color: theme.dim, thickness: 1.2, width: 0 },
        line: { color: colour, width: 2.2 },
        marker: { color: colour, size: 6 },
        hovertemplate: '%{x} features: %{y:.3f}<extra></extra>',
      },
      ...(taken ? [takenPoint(theme, colour, 'taken', taken.size, taken.mean, 'taken: %{x} features, %{y:.3f}')] : []),
    ],
    layout,
  }
}
