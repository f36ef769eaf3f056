import type { OutOfBagError } from '../core/learn/outOfBagError.ts'
import type { Data, Figure } from './figure.ts'
import { layoutOf, usualMargin } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** A forest's error as trees are added: of all patients, and of each class. */
export function outOfBagFigure({ all, positive, negative }: OutOfBagError, colour: string, theme: ChartTheme): Figure {
  const x = all.map((_, tree) => tree + 1)
  const line = (name: string, y: readonly number[], color: string, width: number): Data => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x,
    y: [...y],
    line: { color, width },
    hovertemplate: `%{x} trees, ${name}: %{y:.3f}<extra></extra>`,
  })
  const seen = [...all, ...positive, ...negative].filter((value) => !Number.isNaN(value))
  const top = Math.min(1, 1.06 * Math.max(0.1, ...seen))
  return {
    data: [
      line('negative patients', negative, theme.negative, 1.5),
      line('positive patients', positive, theme.positive, 1.5),
      line('all patients', all, colour, 2.4),
    ],
    layout: layoutOf({ margin: usualMargin, x: [1, Math.max(2, all.length)], y: [0, top] }, theme, { x: 'trees', y: 'out-of-bag error' }), // prettier-ignore
  }
}
