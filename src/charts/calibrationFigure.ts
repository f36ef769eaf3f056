import type { Calibration } from '../core/evaluate/calibration.ts'
import type { Figure } from './figure.ts'
import { diagonalOf, layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import { styleOf, type ChartTheme } from './theme.ts'

const calibrationArea: PlotArea = { margin: usualMargin, x: [0, 1], y: [0, 1] }

/** Observed against predicted: tenths with Wilson's intervals, the smooth curve that rms draws, and the line of a perfect model. */
export function calibrationFigure(calibration: Calibration, at: number, theme: ChartTheme): Figure {
  const { colour } = styleOf(theme, at)
  const { deciles, curve } = calibration
  return {
    data: [
      diagonalOf(theme),
      {
        type: 'scatter',
        mode: 'lines',
        name: 'lowess',
        x: [...curve.x],
        y: [...curve.y],
        line: { color: colour, width: 2.2 },
        hovertemplate: 'predicted %{x:.3f}, observed %{y:.3f} (lowess)<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'markers',
        name: 'tenths',
        x: deciles.map(({ meanPredicted }) => meanPredicted),
        y: deciles.map(({ observed }) => observed),
        error_y: {
          type: 'data',
          symmetric: false,
          array: deciles.map(({ observed, interval }) => interval.upper - observed),
          arrayminus: deciles.map(({ observed, interval }) => observed - interval.lower),
          color: theme.dim,
          thickness: 1.2,
          width: 0,
        },
        customdata: deciles.map(({ patients, events }) => [patients, events]),
        marker: { color: colour, size: 7 },
        hovertemplate: 'predicted %{x:.3f}, observed %{y:.3f}: %{customdata[1]} of %{customdata[0]}<extra></extra>',
      },
    ],
    layout: layoutOf(calibrationArea, theme, { x: 'predicted probability', y: 'observed share' }, { x: { dtick: 0.25 }, y: { dtick: 0.25 } }), // prettier-ignore
  }
}
