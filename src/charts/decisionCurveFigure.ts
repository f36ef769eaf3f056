import type { DecisionCurve } from '../core/evaluate/decisionCurve.ts'
import type { Figure } from './figure.ts'
import { layoutOf, modelLine, usualMargin, type PlotArea } from './plotArea.ts'
import { styleOf, withOpacity, type ChartTheme } from './theme.ts'

export interface DrawnBenefit {
  readonly name: string
  /** Place among all models, for its colour: those without probabilities are not drawn. */
  readonly at: number
  readonly curve: DecisionCurve
}

/**
 * From treating nobody to the greatest benefit there is, the prevalence; thresholds as far as they are of use.
 * @param threshold is to be seen as well
 */
export function decisionCurveArea(curves: readonly DrawnBenefit[], threshold: number): PlotArea {
  const prevalence = curves[0]?.curve.prevalence ?? 0.5
  const to = Math.min(1, Math.max(0.5, 1.5 * prevalence, Number.isFinite(threshold) ? threshold + 0.1 : 0))
  const seen = curves.flatMap(({ curve }) => curve.netBenefit.estimate.filter((_, k) => curve.thresholds[k] <= to))
  const lowest = Math.max(-prevalence / 2, Math.min(-0.05 * prevalence, ...seen))
  return { margin: { ...usualMargin, l: 50, r: 8 }, x: [0, to], y: [lowest * 1.1, prevalence * 1.08] }
}

/** Net benefit over threshold probabilities, beside treating all and nobody; the band of the model in hand. */
export function decisionCurveFigure(
  curves: readonly DrawnBenefit[],
  chosen: string,
  threshold: number,
  theme: ChartTheme,
): Figure {
  const area = decisionCurveArea(curves, threshold)
  const inHand = curves.find(({ name }) => name === chosen)
  const [any] = curves
  const edge = (y: readonly number[], fill: boolean) => ({
    type: 'scatter' as const,
    mode: 'lines' as const,
    x: [...inHand!.curve.thresholds],
    y: [...y],
    line: { width: 0 },
    hoverinfo: 'skip' as const,
    ...(fill && { fill: 'tonexty' as const, fillcolor: withOpacity(styleOf(theme, inHand!.at).colour, 0.16) }),
  })
  const order = [...curves].sort((a, b) => Number(a.name === chosen) - Number(b.name === chosen))
  const others = any
    ? [
        { name: 'treat all', y: [...any.curve.treatAll], dash: 'dash' as const },
        { name: 'treat none', y: any.curve.thresholds.map(() => 0), dash: 'solid' as const },
      ]
    : []
  return {
    data: [
      ...(inHand ? [edge(inHand.curve.netBenefit.lower, false), edge(inHand.curve.netBenefit.upper, true)] : []),
      ...others.map(({ name, y, dash }) => ({
        type: 'scatter' as const,
        mode: 'lines' as const,
        name,
        x: [...any.curve.thresholds],
        y,
        line: { color: theme.dim, width: 1.3, dash },
        hovertemplate: `${name} at %{x:.2f}: %{y:.3f}<extra></extra>`,
      })),
      ...order.map(({ name, at, curve }) => ({
        ...modelLine(theme, name, at, name === chosen),
        x: [...curve.thresholds],
        y: [...curve.netBenefit.estimate],
        customdata: curve.netReduction.estimate.map((avoided, k) => [curve.netBenefit.estimate[k] - curve.treatAll[k], avoided]),
        hovertemplate: `${name} at %{x:.2f}: net benefit %{y:.3f}, over treating all %{customdata[0]:.3f}, %{customdata[1]:.1f} of 100 spared<extra></extra>`,
      })),
    ],
    layout: layoutOf(area, theme, { x: 'threshold probability', y: 'net benefit' }),
  }
}
