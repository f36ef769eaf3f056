import type { ThresholdFigures } from '../core/evaluate/readThreshold.ts'
import type { Data, Figure } from './figure.ts'
import { layoutOf, usualMargin } from './plotArea.ts'
import { withOpacity, type ChartTheme } from './theme.ts'

/**
 * Sensitivity and specificity against the threshold, with Clopper and Pearson's intervals.
 * @param rows of the ROC curve, ascending; thresholds beyond every score are left out
 */
export function criterionFigure(rows: readonly ThresholdFigures[], theme: ChartTheme): Figure {
  const shown = rows.filter(({ threshold }) => Number.isFinite(threshold))
  const x = shown.map(({ threshold }) => threshold)
  const [low, high] = [x[0] ?? 0, x.at(-1) ?? 1]
  const room = 0.02 * (high - low || 1)
  const line = (name: string, of: 'sensitivity' | 'specificity', color: string): Data[] => {
    const edge = (end: 'lower' | 'upper', fill: boolean): Data => ({
      type: 'scatter',
      mode: 'lines',
      x,
      y: shown.map((row) => row[of].interval[end]),
      line: { width: 0 },
      hoverinfo: 'skip',
      ...(fill && { fill: 'tonexty', fillcolor: withOpacity(color, 0.16) }),
    })
    return [
      edge('lower', false),
      edge('upper', true),
      {
        type: 'scatter',
        mode: 'lines',
        name,
        x,
        y: shown.map((row) => row[of].estimate),
        line: { color, width: 2.2, dash: of === 'sensitivity' ? 'solid' : 'dash' },
        hovertemplate: `from %{x:.4g}: ${name} %{y:.3f}<extra></extra>`,
      },
    ]
  }
  return {
    data: [...line('sensitivity', 'sensitivity', theme.positive), ...line('specificity', 'specificity', theme.negative)],
    layout: layoutOf({ margin: usualMargin, x: [low - room, high + room], y: [0, 1.02] }, theme, { x: 'threshold', y: 'share' }, { y: { dtick: 0.25 } }), // prettier-ignore
  }
}
