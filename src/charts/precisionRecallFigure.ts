import type { PrecisionRecallCurve } from '../core/evaluate/precisionRecall.ts'
import type { Figure } from './figure.ts'
import { layoutOf, modelLine, usualMargin } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

export interface DrawnPrecision {
  readonly name: string
  /** Its place among all models. */
  readonly at: number
  readonly curve: PrecisionRecallCurve
}

/** Precision against recall as steps, which interpolate nothing; the prevalence is what a guess has. */
export function precisionRecallFigure(models: readonly DrawnPrecision[], chosen: string, theme: ChartTheme): Figure {
  const prevalence = models[0]?.curve.prevalence ?? 0
  const order = [...models].sort((a, b) => Number(a.name === chosen) - Number(b.name === chosen))
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'prevalence',
        x: [0, 1],
        y: [prevalence, prevalence],
        line: { color: theme.axis, width: 1.2, dash: 'dot' },
        hoverinfo: 'skip',
      },
      ...order.map(({ name, at, curve }) => {
        const drawn = modelLine(theme, name, at, name === chosen)
        return {
          ...drawn,
          x: [...curve.recall],
          y: [...curve.precision],
          customdata: [...curve.thresholds],
          line: { ...drawn.line, shape: 'vh' as const },
          hovertemplate: `${name}: from %{customdata:.4g}, precision %{y:.3f}, recall %{x:.3f}<extra></extra>`,
        }
      }),
    ],
    layout: layoutOf({ margin: usualMargin, x: [0, 1], y: [0, 1.02] }, theme, { x: 'recall (sensitivity)', y: 'precision (PPV)' }, { x: { dtick: 0.25 }, y: { dtick: 0.25 } }), // prettier-ignore
  }
}
