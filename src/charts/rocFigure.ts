import type { RocBand } from '../core/evaluate/rocBand.ts'
import type { RocCurve } from '../core/evaluate/roc.ts'
import type { Figure } from './figure.ts'
import { diagonalOf, layoutOf, modelLine, usualMargin, type PlotArea } from './plotArea.ts'
import { styleOf, withOpacity, type ChartTheme } from './theme.ts'

const rocArea: PlotArea = { margin: usualMargin, x: [0, 1], y: [0, 1] }

export interface DrawnCurve {
  readonly name: string
  readonly curve: RocCurve
}

/** Empirical curves, ties as slopes; the diagonal of a guess; the pointwise band of the one in hand. */
export function rocFigure(
  models: readonly DrawnCurve[],
  chosen: { readonly name: string; readonly band: RocBand | null },
  theme: ChartTheme,
): Figure {
  const at = models.findIndex(({ name }) => name === chosen.name)
  const style = styleOf(theme, Math.max(0, at))
  const band = chosen.band
  const falseRates = band ? band.specificities.map((specificity) => 1 - specificity) : []
  const edge = (y: readonly number[], fill: boolean) => ({
    type: 'scatter' as const,
    mode: 'lines' as const,
    x: falseRates,
    y: [...y],
    line: { width: 0, color: style.colour },
    hoverinfo: 'skip' as const,
    ...(fill && { fill: 'tonexty' as const, fillcolor: withOpacity(style.colour, 0.16) }),
  })
  // The one in hand is drawn last, above the others.
  const order = [...models.keys()].sort((a, b) => Number(a === at) - Number(b === at))
  return {
    data: [
      ...(band ? [edge(band.lower, false), edge(band.upper, true)] : []),
      diagonalOf(theme),
      ...order.map((i) => {
        const { name, curve } = models[i]
        return {
          ...modelLine(theme, name, i, i === at),
          x: curve.specificity.map((value) => 1 - value),
          y: [...curve.sensitivity],
          customdata: curve.thresholds.map((threshold, k) => [threshold, curve.truePositives[k], curve.negatives - curve.trueNegatives[k]]), // prettier-ignore
          hovertemplate: `${name}: from %{customdata[0]:.4g}, sensitivity %{y:.3f}, 1 − specificity %{x:.3f} (%{customdata[1]} true, %{customdata[2]} false positives)<extra></extra>`,
        }
      }),
    ],
    layout: layoutOf(rocArea, theme, { x: '1 − specificity', y: 'sensitivity' }, { x: { dtick: 0.25 }, y: { dtick: 0.25 } }),
  }
}
