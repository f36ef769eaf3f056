import type { TimeIntensityCurve, TimeIntensityDescription } from '../core/cohort/timeIntensity.ts'
import { palette } from '../palette.ts'
import type { Figure } from './figure.ts'

const axis = { gridcolor: palette.line, linecolor: '#6b7585', zeroline: false, automargin: true } as const

/**
 * Enhancement over the first phase against time, with a line where the early peak lies. Without a signal in that phase there is no
 * enhancement to tell of: the mean grey levels are drawn then.
 */
export function timeIntensityFigure(
  { timesS, means }: TimeIntensityCurve,
  { earlyPeakTimeS }: Pick<TimeIntensityDescription, 'earlyPeakTimeS'>,
): Figure {
  const [before] = means
  const isRelative = before > 0
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: [...timesS],
        y: isRelative ? means.map((mean) => 100 * (mean / before - 1)) : [...means],
        customdata: [...means],
        line: { color: palette.roi, width: 2 },
        marker: { size: 7 },
        hovertemplate: `%{x:.0f} s: ${isRelative ? '%{y:.1f} %, ' : ''}grey %{customdata:.1f}<extra></extra>`,
      },
    ],
    layout: {
      margin: { l: 44, r: 10, t: 8, b: 38 },
      paper_bgcolor: 'transparent',
      plot_bgcolor: 'transparent',
      font: { color: palette.text, size: 12, family: 'Inter Variable, Inter, system-ui, sans-serif' },
      showlegend: false,
      xaxis: { ...axis, title: { text: 'Time, s', font: { size: 12 } } },
      yaxis: { ...axis, title: { text: isRelative ? '% over pre-contrast' : 'Mean grey level', font: { size: 12 } } },
      shapes: [
        {
          type: 'line',
          x0: earlyPeakTimeS,
          x1: earlyPeakTimeS,
          yref: 'paper',
          y0: 0,
          y1: 1,
          line: { color: palette.teal, dash: 'dot', width: 1 },
        },
      ],
    },
  }
}
