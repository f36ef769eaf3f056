import type { FoldImportance } from '../core/analysis/resamplePath.ts'
import { ownedBy, type Figure } from './figure.ts'
import { fitLabel, layoutOf } from './plotArea.ts'
import { styleOf, type ChartTheme } from './theme.ts'

export interface ModelImportance {
  readonly model: string
  /** Its place among all models. */
  readonly at: number
  readonly features: readonly FoldImportance[]
}

const mostShown = 12

/** Features of any model by the greatest loss of AUC; those that a figure has room for. */
function importantFeatures(models: readonly ModelImportance[]): string[] {
  const best = new Map<string, number>()
  for (const { name, drop } of models.flatMap(({ features }) => features))
    best.set(name, Math.max(best.get(name) ?? -Infinity, drop))
  return [...best].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostShown).map(([name]) => name) // prettier-ignore
}

/** How much the AUC falls when a feature is shuffled, side by side for every model, with the band of the repeats. */
export function importanceFigure(
  models: readonly ModelImportance[],
  nameOf: (name: string) => string,
  theme: ChartTheme,
): Figure {
  const names = importantFeatures(models)
  const ends = models.flatMap(({ features }) => features.filter(({ name }) => names.includes(name)).flatMap(({ lower, upper }) => [lower, upper])) // prettier-ignore
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const room = 0.06 * (high - low || 0.1)
  const places = names.map((_, k) => k)
  const gap = 0.6 / Math.max(1, models.length)
  const layout = layoutOf(
    { margin: { l: 190, r: 14, t: 8, b: 40 }, x: [low - room, high + room], y: [names.length - 0.5, -0.5] },
    theme,
    { x: 'loss of AUC, held-out patients', y: '' },
    { y: { tickvals: places, ticktext: names.map((name) => fitLabel(nameOf(name), 28)), showgrid: false, tickfont: { size: theme.fontSize - 1, color: theme.text } } }, // prettier-ignore
  )
  return {
    data: models.map(({ model, at, features }, k) => {
      const shown = names.flatMap((name, place) => features.filter((feature) => feature.name === name).map((feature) => ({ ...feature, place }))) // prettier-ignore
      const { colour } = styleOf(theme, at)
      return {
        type: 'scatter' as const,
        mode: 'markers' as const,
        name: model,
        x: shown.map(({ drop }) => drop),
        y: shown.map(({ place }) => place + (k - (models.length - 1) / 2) * gap),
        text: shown.map(({ name }) => `${model}, ${nameOf(name)}`),
        ...ownedBy('features', shown.map(({ name }) => name)), // prettier-ignore
        error_x: {
          type: 'data' as const,
          symmetric: false,
          array: shown.map(({ drop, upper }) => upper - drop),
          arrayminus: shown.map(({ drop, lower }) => drop - lower),
          color: colour,
          thickness: 1.6,
          width: 0,
        },
        marker: { color: colour, size: 8, symbol: (['circle', 'square', 'diamond', 'triangle-up'] as const)[k % 4] },
        hovertemplate: '%{text}: %{x:.3f}<extra></extra>',
      }
    }),
    layout: {
      ...layout,
      shapes: [{ type: 'line', x0: 0, x1: 0, yref: 'paper', y0: 0, y1: 1, line: { color: theme.axis, dash: 'dot', width: 1.2 } }],
    },
  }
}
