import { ownedBy, type Figure } from './figure.ts'
import { layoutOf, modelLine, usualMargin } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

export interface PartialDependence {
  readonly grid: readonly number[]
  /** Mean score at each value of the grid. */
  readonly scores: readonly number[]
  /** Where the patients lie. */
  readonly patients: readonly { readonly id: string; readonly value: number; readonly isPositive: boolean }[]
}

/** What a model says on average as one feature changes, and below it where patients are: where there are none it has learnt nothing. */
export function partialDependenceFigure(
  { grid, scores, patients }: PartialDependence,
  { model, at, feature, unit }: { readonly model: string; readonly at: number; readonly feature: string; readonly unit: string },
  theme: ChartTheme,
): Figure {
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  const room = 0.12 * (high - low || Math.abs(high) || 1)
  const area = {
    margin: { ...usualMargin, l: 56 },
    x: [grid[0], grid[grid.length - 1]],
    y: [low - 2 * room, high + room],
  } as const
  const shown = patients.filter(({ value }) => value >= area.x[0] && value <= area.x[1])
  const rug = (name: string, isPositive: boolean, color: string, y: number) => {
    const own = shown.filter((patient) => patient.isPositive === isPositive)
    return {
      type: 'scatter' as const,
      mode: 'markers' as const,
      name,
      x: own.map(({ value }) => value),
      y: own.map(() => y),
      text: own.map(({ id }) => `${id}, ${name}`),
      ...ownedBy('patients', own.map(({ id }) => id)), // prettier-ignore
      marker: { symbol: 'line-ns-open' as const, size: 8, color, line: { width: 1 } },
      hovertemplate: '%{text}: %{x:.4g}<extra></extra>',
    }
  }
  return {
    data: [
      rug('negative', false, theme.negative, low - 1.6 * room),
      rug('positive', true, theme.positive, low - 1.1 * room),
      { ...modelLine(theme, model, at, true), x: [...grid], y: [...scores], hovertemplate: '%{x:.4g}: %{y:.3f}<extra></extra>' }, // prettier-ignore
    ],
    layout: layoutOf(area, theme, { x: feature, y: `mean ${unit}` }),
  }
}
