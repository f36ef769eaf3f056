import { kernelDensity } from '../core/numeric/kernelDensity.ts'
import { batchStyle } from './batchStyles.ts'
import type { Figure } from './figure.ts'
import { layoutOf, usualMargin } from './plotArea.ts'
import { withOpacity, type ChartTheme } from './theme.ts'

/** The values of one feature, a list a batch. */
export interface BatchValues {
  readonly batch: string
  readonly before: readonly number[]
  /** Null where nothing is harmonised. */
  readonly after: readonly number[] | null
}

const points = 128

/** How a feature is spread in every batch; thin as measured and thick as harmonised, or thick where there is one of them. A batch whose values are all equal has no curve. */
export function densityFigure(values: readonly BatchValues[], feature: string, theme: ChartTheme): Figure | null {
  const curves = values.flatMap(({ batch, before, after }, at) =>
    (['before', 'after'] as const).flatMap((when) => {
      const density = kernelDensity((when === 'before' ? before : after) ?? [], points)
      return density ? [{ batch, at, when, isThin: when === 'before' && after !== null, density }] : []
    }),
  )
  if (curves.length === 0) return null
  const all = curves.flatMap(({ density }) => density.x)
  const most = Math.max(...curves.flatMap(({ density }) => density.y))
  const area = { margin: usualMargin, x: [Math.min(...all), Math.max(...all)], y: [0, 1.06 * most] } as const
  return {
    data: curves.map(({ batch, at, when, isThin, density }) => ({
      type: 'scatter',
      mode: 'lines',
      name: `${batch}, ${when === 'before' ? 'as measured' : 'harmonised'}`,
      x: [...density.x],
      y: [...density.y],
      line: {
        color: withOpacity(batchStyle(theme, at).colour, isThin ? 0.55 : 1),
        width: isThin ? 1.2 : 2.2,
        dash: isThin ? 'dot' : 'solid',
      },
      hovertemplate: `${batch}, ${when === 'before' ? 'as measured' : 'harmonised'}: %{x:.4g}<extra></extra>`,
    })),
    layout: layoutOf(area, theme, { x: feature, y: 'density' }, { y: { showticklabels: false } }),
  }
}
