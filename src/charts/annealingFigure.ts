import type { AnnealingSelection } from '../core/select/annealing.ts'
import type { AnnealingStep } from '../core/select/annealingSearch.ts'
import { standardDeviation } from '../core/numeric/moments.ts'
import type { Figure } from './figure.ts'
import { layoutOf, takenPoint, type PlotArea } from './plotArea.ts'
import { withOpacity, type ChartTheme } from './theme.ts'

/** One iteration of the walk, averaged over folds where they tell. */
export interface AnnealingPoint {
  readonly iteration: number
  /** Mean over the folds on held-out patients, and its standard error. */
  readonly heldOut: number
  readonly standardError: number
  /** Of the final walk, on all training patients. */
  readonly inside: number
  readonly size: number
  /** The subset that the final walk looked at, and whether it went on from it. */
  readonly subset: readonly string[]
  readonly outcome: AnnealingStep['outcome'] | null
  readonly restart: boolean
}

export function annealingPoints({ averages, folds, final, candidates }: AnnealingSelection): AnnealingPoint[] {
  return averages.map((heldOut, k) => {
    const values = folds.map(({ steps }) => steps[k].outside ?? NaN).filter((value) => !Number.isNaN(value))
    return {
      iteration: k + 1,
      heldOut,
      standardError: values.length > 1 ? standardDeviation(values) / Math.sqrt(values.length) : NaN,
      inside: final?.steps[k].inside ?? NaN,
      size: final?.steps[k].subset.length ?? NaN,
      subset: final?.steps[k].subset.map((j) => candidates[j]) ?? [],
      outcome: final?.steps[k].outcome ?? null,
      restart: final?.steps[k].restart ?? false,
    }
  })
}

function annealingArea(points: readonly AnnealingPoint[]): PlotArea {
  const values = points.flatMap(({ heldOut, standardError, inside }) => [heldOut - (standardError || 0), heldOut + (standardError || 0), inside]) // prettier-ignore
  const known = values.filter(Number.isFinite)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const room = 0.08 * (high - low || 0.1)
  // The sizes stand below the lines.
  return { margin: { l: 50, r: 14, t: 10, b: 40 }, x: [0, points.length + 1], y: [low - 0.35 * (high - low || 0.1), high + room] }
}

/** The held-out value by iteration with its standard error, the inside value of the final walk, the size of its subsets. */
export function annealingFigure(step: AnnealingSelection, theme: ChartTheme): Figure {
  const points = annealingPoints(step)
  const area = annealingArea(points)
  const x = points.map(({ iteration }) => iteration)
  const { metric } = step.options
  const colour = theme.models[0].colour
  const known = points.filter(({ standardError }) => !Number.isNaN(standardError))
  const edge = (side: -1 | 1, fill: boolean) => ({
    type: 'scatter' as const,
    mode: 'lines' as const,
    x: known.map(({ iteration }) => iteration),
    y: known.map(({ heldOut, standardError }) => heldOut + side * standardError),
    line: { width: 0 },
    hoverinfo: 'skip' as const,
    ...(fill && { fill: 'tonexty' as const, fillcolor: withOpacity(colour, 0.16) }),
  })
  const most = Math.max(1, ...points.map(({ size }) => size || 0))
  const chosen = points.find(({ iteration }) => iteration === step.iteration)
  const layout = layoutOf(area, theme, { x: 'iteration', y: metric === 'AUC' ? 'AUC' : 'accuracy' })
  return {
    data: [
      {
        type: 'bar',
        name: 'features in the subset',
        x,
        y: points.map(({ size }) => size),
        yaxis: 'y2',
        marker: { color: withOpacity(theme.negative, 0.45) },
        width: 0.6,
        hovertemplate: 'iteration %{x}: %{y} features<extra></extra>',
      },
      edge(-1, false),
      edge(1, true),
      {
        type: 'scatter',
        mode: 'lines',
        name: 'out of bag, all training patients',
        x,
        y: points.map(({ inside }) => inside),
        line: { color: theme.dim, width: 1.6, dash: 'dash' },
        hovertemplate: `iteration %{x}: ${metric} out of bag %{y:.3f}<extra></extra>`,
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'held out, mean of folds',
        x,
        y: points.map(({ heldOut }) => heldOut),
        line: { color: colour, width: 2.2 },
        hovertemplate: `iteration %{x}: held-out ${metric} %{y:.3f}<extra></extra>`,
      },
      ...(chosen
        ? [takenPoint(theme, colour, 'chosen', chosen.iteration, chosen.heldOut, `chosen: iteration %{x}, held-out ${metric} %{y:.3f}`)] // prettier-ignore
        : []),
    ],
    layout: {
      ...layout,
      // Bars take the lowest quarter.
      yaxis2: { overlaying: 'y', side: 'right', range: [0, 4.2 * most], visible: false, fixedrange: true },
      ...(chosen && {
        shapes: [{ type: 'line', x0: chosen.iteration, x1: chosen.iteration, yref: 'paper', y0: 0, y1: 1, line: { color: theme.dim, dash: 'dash', width: 1 } }], // prettier-ignore
      }),
    },
  }
}
