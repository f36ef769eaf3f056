import type { HarmonisationCheck } from '../core/analysis/checkHarmonisation.ts'
import { ownedBy, type Figure } from './figure.ts'
import { layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** An AUC as far from 0.5 as it is, whichever way the feature points. */
export const strength = (auc: number) => Math.max(auc, 1 - auc)

function aucShiftArea({ aucs }: Pick<HarmonisationCheck, 'aucs'>): PlotArea {
  const values = aucs.flatMap(({ before, after }) => [strength(before), strength(after)]).filter(Number.isFinite)
  const top = Math.min(1, Math.max(0.6, ...values) + 0.02)
  return { margin: usualMargin, x: [0.49, top], y: [0.49, top] }
}

/** What each feature tells of the outcome among the training patients: far below the diagonal harmonising took it away. */
export function aucShiftFigure(check: Pick<HarmonisationCheck, 'aucs'>, theme: ChartTheme): Figure {
  const area = aucShiftArea(check)
  const some = check.aucs.filter(({ before, after }) => Number.isFinite(before) && Number.isFinite(after))
  return {
    data: [
      { type: 'scatter', mode: 'lines', x: [...area.x], y: [...area.y], line: { color: theme.axis, width: 1.2, dash: 'dot' }, hoverinfo: 'skip' }, // prettier-ignore
      {
        type: 'scatter',
        mode: 'markers',
        name: 'features',
        x: some.map(({ before }) => strength(before)),
        y: some.map(({ after }) => strength(after)),
        text: some.map(({ feature }) => feature),
        ...ownedBy('features', some.map(({ feature }) => feature)), // prettier-ignore
        marker: { color: theme.models[0].colour, size: 5, opacity: 0.7 },
        hovertemplate: '%{text}: %{x:.3f} as measured, %{y:.3f} harmonised<extra></extra>',
      },
    ],
    layout: layoutOf(area, theme, { x: 'AUC as measured', y: 'AUC harmonised' }),
  }
}
