import type { AgreementSelection } from '../core/select/agreementFilter.ts'
import type { Figure } from './figure.ts'
import { layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

const width = 0.05
/** Lower ones are in the first bin: how much below 0 says nothing more. */
const from = -0.1
const bins = Math.round((1 - from) / width)
/** Where those without an ICC stand, apart from the others. */
const undefinedAt = from - 2 * width

const iccArea = (most: number): PlotArea => ({
  margin: usualMargin,
  x: [undefinedAt - width, 1.02],
  y: [0, 1.08 * Math.max(1, most)],
})

/** Features by bin of their ICC. */
export function binIcc({ columns }: Pick<AgreementSelection, 'columns'>): {
  readonly counts: readonly number[]
  readonly undefinedOnes: number
} {
  const counts = new Array<number>(bins).fill(0)
  const defined = columns.filter(({ icc }) => !Number.isNaN(icc))
  for (const { icc } of defined) counts[Math.min(bins - 1, Math.max(0, Math.floor((icc - from) / width + 1e-9)))]++
  return { counts, undefinedOnes: columns.length - defined.length }
}

/** How well readers agree on how many features; those that are kept lie above the threshold, those without an ICC stand apart. */
export function iccFigure(step: Pick<AgreementSelection, 'columns' | 'form'>, threshold: number, theme: ChartTheme): Figure {
  const { counts, undefinedOnes } = binIcc(step)
  const middles = counts.map((_, k) => from + (k + 0.5) * width)
  const bars = (name: string, x: readonly number[], y: readonly number[], color: string) => ({
    type: 'bar' as const,
    name,
    x: [...x],
    y: [...y],
    width: width * 0.9,
    marker: { color },
    hovertemplate: `%{y} features, ICC about %{x:.2f}<extra></extra>`,
  })
  const kept = (isKept: boolean) => [...middles.keys()].filter((k) => middles[k] > threshold === isKept)
  const area = iccArea(Math.max(...counts, undefinedOnes))
  return {
    data: [
      bars('below', kept(false).map((k) => middles[k]), kept(false).map((k) => counts[k]), theme.negative),
      bars('above', kept(true).map((k) => middles[k]), kept(true).map((k) => counts[k]), theme.models[0].colour),
      { ...bars('not defined', [undefinedAt], [undefinedOnes], theme.axis), hovertemplate: '%{y} features without an ICC<extra></extra>' },
    ],
    layout: {
      ...layoutOf(area, theme, { x: step.form, y: 'features' }, { x: { tickvals: [undefinedAt, 0, 0.25, 0.5, 0.75, 1], ticktext: ['none', '0', '0.25', '0.5', '0.75', '1'] } }),
      barmode: 'overlay',
    },
  }
} // prettier-ignore
