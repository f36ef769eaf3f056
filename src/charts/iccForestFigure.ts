import type { AgreementSelection, ColumnAgreement } from '../core/select/agreementFilter.ts'
import { ownedBy, type Figure } from './figure.ts'
import { layoutOf } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

const shown = 30

/** The features whose ICC lies nearest to the threshold, the highest first. */
export function nearThreshold({ columns }: Pick<AgreementSelection, 'columns'>, threshold: number): ColumnAgreement[] {
  return columns
    .filter(({ icc }) => !Number.isNaN(icc))
    .sort((a, b) => Math.abs(a.icc - threshold) - Math.abs(b.icc - threshold))
    .slice(0, shown)
    .sort((a, b) => b.icc - a.icc)
}

/** ICC with its 95 % interval of the features around the threshold. */
export function iccForestFigure(
  step: Pick<AgreementSelection, 'columns' | 'form'>,
  threshold: number,
  nameOf: (name: string) => string,
  theme: ChartTheme,
): Figure {
  const rows = nearThreshold(step, threshold)
  const y = rows.map((_, k) => k)
  const low = Math.min(0, ...rows.map(({ lower }) => lower).filter(Number.isFinite))
  const area = { margin: { l: 168, r: 12, t: 6, b: 40 }, x: [Math.max(-1, low), 1.02], y: [rows.length - 0.5, -0.5] } as const
  return {
    data: [
      { type: 'scatter', mode: 'lines', x: [threshold, threshold], y: [...area.y], line: { color: theme.dim, width: 1.2, dash: 'dash' }, hoverinfo: 'skip' }, // prettier-ignore
      {
        type: 'scatter',
        mode: 'markers',
        name: step.form,
        x: rows.map(({ icc }) => icc),
        y,
        error_x: {
          type: 'data',
          symmetric: false,
          array: rows.map(({ icc, upper }) => upper - icc),
          arrayminus: rows.map(({ icc, lower }) => icc - lower),
          color: theme.dim,
          thickness: 1.2,
          width: 0,
        },
        ...ownedBy('features', rows.map(({ column }) => column)), // prettier-ignore
        text: rows.map(({ column, lower, upper }) => `${column}: ${lower.toFixed(2)} to ${upper.toFixed(2)}`),
        marker: { color: rows.map(({ kept }) => (kept ? theme.models[0].colour : theme.negative)), size: 6 },
        hovertemplate: 'ICC %{x:.3f}, %{text}<extra></extra>',
      },
    ],
    layout: layoutOf(area, theme, { x: `${step.form} with 95 % interval`, y: '' }, { y: { showgrid: false, tickvals: y, ticktext: rows.map(({ column }) => nameOf(column)), tickfont: { size: theme.fontSize - 2, color: theme.text } } }), // prettier-ignore
  }
}
