import type { HarmonisationCheck } from '../core/analysis/checkHarmonisation.ts'
import { largeEffect } from '../core/harmonise/batchEffect.ts'
import type { Figure } from './figure.ts'
import { layoutOf, usualMargin, type PlotArea } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

const width = 0.02

interface EffectBins {
  /** From 0 on, each `width` wide. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** How many features have which effect of the batch; what is not defined is in no bin. */
export function binEffects({ effects }: Pick<HarmonisationCheck, 'effects'>): EffectBins {
  const binOf = (value: number) => Math.floor(value / width + 1e-9)
  const defined = effects.map(({ partialEtaSquared }) => partialEtaSquared)
  const bins = 1 + Math.max(Math.ceil(0.3 / width), ...defined.flatMap(({ before, after }) => [before, after]).filter(Number.isFinite).map(binOf)) // prettier-ignore
  const count = (when: 'before' | 'after') => {
    const counts = new Array<number>(bins).fill(0)
    for (const pair of defined) if (Number.isFinite(pair[when])) counts[binOf(pair[when])]++
    return counts
  }
  return { before: count('before'), after: count('after') }
}

/**
 * Partial eta squared of the batch over all features, as measured and, if there is such, as harmonised; the line is where an effect is
 * called large.
 */
export function batchEffectFigure(check: Pick<HarmonisationCheck, 'effects'>, isHarmonised: boolean, theme: ChartTheme): Figure {
  const { before, after } = binEffects(check)
  const most = Math.max(1, ...before, ...after)
  const area: PlotArea = { margin: usualMargin, x: [0, before.length * width], y: [0, 1.08 * most] }
  const bars = (name: string, counts: readonly number[], color: string) => ({
    type: 'bar' as const,
    name,
    x: counts.map((_, k) => (k + 0.5) * width),
    y: [...counts],
    width: width * 0.9,
    marker: { color, opacity: 0.65 },
    hovertemplate: `%{y} features about %{x:.2f}, ${name}<extra></extra>`,
  })
  const layout = layoutOf(area, theme, { x: 'partial η² of the batch', y: 'features' })
  return {
    data: [
      bars('as measured', before, theme.negative),
      ...(isHarmonised ? [bars('harmonised', after, theme.models[0].colour)] : []),
      { type: 'scatter', mode: 'lines', x: [largeEffect, largeEffect], y: [...area.y], line: { color: theme.dim, width: 1.2, dash: 'dash' }, hoverinfo: 'skip' }, // prettier-ignore
    ],
    layout: {
      ...layout,
      barmode: 'overlay',
      annotations: [
        { x: largeEffect, y: area.y[1], xanchor: 'left', yanchor: 'top', showarrow: false, text: ` large: ${largeEffect}`, font: { size: theme.fontSize - 1, color: theme.dim } }, // prettier-ignore
      ],
    },
  }
}
