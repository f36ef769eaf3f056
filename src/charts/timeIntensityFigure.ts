import type { TimeIntensityCurve, TimeIntensityDescription } from '../core/cohort/timeIntensity.ts'
import type { Figure } from './figure.ts'

const axis = { gridcolor: '#262c37', linecolor: '#6b7585', zeroline: false, automargin: true } as const

/** Mean grey level of the ROI against time, with a line where the early peak lies. */
export function timeIntensityFigure(
  { timesS, means }: TimeIntensityCurve,
  { earlyPeakTimeS }: Pick<TimeIntensityDescription, 'earlyPeakTimeS'>,
): Figure {
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: [...timesS],
        y: [...means],
        line: { color: '#ff8f52', width: 2 },
        marker: { size: 7 },
        hovertemplate: '%{x:.0f} s: %{y:.1f}<extra></extra>',
      },
    ],
    layout: {
      margin: { l: 44, r: 10, t: 8, b: 38 },
      paper_bgcolor: 'transparent',
      plot_bgcolor: 'transparent',
      font: { color: '#e6e9ef', size: 12, family: 'Inter Variable, Inter, system-ui, sans-serif' },
      showlegend: false,
      xaxis: { ...axis, title: { text: 'Time, s' } },
      yaxis: { ...axis, title: { text: 'Mean grey level' } },
      shapes: [
        {
          type: 'line',
          x0: earlyPeakTimeS,
          x1: earlyPeakTimeS,
          yref: 'paper',
          y0: 0,
          y1: 1,
          line: { color: '#4cc2b4', dash: 'dot', width: 1 },
        },
      ],
    },
  }
}
