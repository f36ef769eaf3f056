import { benefitAt } from '../core/evaluate/netBenefit.ts'
import type { CountFigures } from '../core/evaluate/readThreshold.ts'
import type { Data, Figure } from './figure.ts'
import { diagonalOf, layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

export interface NamedFigures {
  readonly name: string
  readonly figures: CountFigures
}

const unit: PlotArea = { margin: usualMargin, x: [0, 1], y: [0, 1] }

/** Every table as a point of the ROC plane; the one in hand with the intervals of both rates. */
export function rocPointsFigure(tables: readonly NamedFigures[], chosen: number, theme: ChartTheme): Figure {
  const placed = tables.map(({ name, figures: { sensitivity, specificity } }) => ({ name, sensitivity, specificity }))
  const inHand = placed[chosen]
  const colour = theme.models[0].colour
  const line = (x: readonly number[], y: readonly number[]): Data => ({ type: 'scatter', mode: 'lines', x: [...x], y: [...y], line: { color: colour, width: 1.6 }, hoverinfo: 'skip' }) // prettier-ignore
  const points = (some: typeof placed, color: string, size: number): Data => ({
    type: 'scatter',
    mode: 'markers',
    name: 'tables',
    x: some.map(({ specificity }) => 1 - specificity.estimate),
    y: some.map(({ sensitivity }) => sensitivity.estimate),
    text: some.map(({ name }) => name),
    marker: { color, size },
    hovertemplate: '%{text}: 1 − specificity %{x:.3f}, sensitivity %{y:.3f}<extra></extra>',
  })
  const others = placed.filter((_, at) => at !== chosen)
  const x = 1 - inHand.specificity.estimate
  const y = inHand.sensitivity.estimate
  return {
    data: [
      diagonalOf(theme),
      line([1 - inHand.specificity.interval.upper, 1 - inHand.specificity.interval.lower], [y, y]),
      line([x, x], [inHand.sensitivity.interval.lower, inHand.sensitivity.interval.upper]),
      ...(others.length > 0 ? [points(others, theme.axis, 7)] : []),
      points([inHand], colour, 10),
    ],
    layout: layoutOf(unit, theme, { x: '1 − specificity', y: 'sensitivity' }, { x: { dtick: 0.25 }, y: { dtick: 0.25 } }),
  }
}

/** From which threshold probability on these calls are worth more than treating all or nobody: their net benefit is a line in the odds. */
export function countsBenefitFigure({ sensitivity, specificity }: CountFigures, theme: ChartTheme): Figure {
  const prevalence = sensitivity.trials / (sensitivity.trials + specificity.trials)
  const to = Math.min(0.99, Math.max(0.5, 1.5 * prevalence))
  const thresholds = Array.from({ length: 100 }, (_, k) => ((k + 1) / 100) * to)
  const benefits = thresholds.map((threshold) => benefitAt(sensitivity.estimate, specificity.estimate, prevalence, threshold))
  const line = (name: string, y: readonly number[], color: string, width: number, dash: 'solid' | 'dash'): Data => ({ type: 'scatter', mode: 'lines', name, x: thresholds, y: [...y], line: { color, width, dash }, hovertemplate: `${name} at %{x:.2f}: %{y:.3f}<extra></extra>` }) // prettier-ignore
  const lowest = Math.max(-prevalence / 2, Math.min(-0.05 * prevalence, ...benefits.map(({ netBenefit }) => netBenefit)))
  return {
    data: [
      line('treat all', benefits.map(({ treatAll }) => treatAll), theme.dim, 1.3, 'dash'), // prettier-ignore
      line('treat none', thresholds.map(() => 0), theme.dim, 1.3, 'solid'), // prettier-ignore
      line('these calls', benefits.map(({ netBenefit }) => netBenefit), theme.models[0].colour, 2.2, 'solid'), // prettier-ignore
    ],
    layout: layoutOf({ margin: { ...usualMargin, l: 50, r: 8 }, x: [0, to], y: [lowest * 1.1, prevalence * 1.08] }, theme, { x: 'threshold probability', y: 'net benefit' }), // prettier-ignore
  }
}
