import type { MrmrSelection } from '../core/select/mrmr.ts'
import type { Figure } from './figure.ts'
import { fitLabel, layoutOf } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

const mostShown = 20

/** Relevance to the outcome and mean redundancy with those taken before, in the order of selection. */
export function mrmrFigure(
  { order, details, options }: MrmrSelection,
  nameOf: (name: string) => string,
  theme: ChartTheme,
): Figure {
  const shown = order.slice(0, mostShown).map((name) => details.find((column) => column.name === name)!)
  const names = shown.map(({ name, rank }) => `${rank}. ${fitLabel(nameOf(name), 30)}`)
  const bar = (name: string, x: readonly (number | null)[], color: string) => ({
    type: 'bar' as const,
    orientation: 'h' as const,
    name,
    x: [...x],
    y: names,
    marker: { color },
    hovertemplate: `%{y}: ${name} %{x:.3f}<extra></extra>`,
  })
  const relevance = shown.map((column) => column.relevance)
  const redundancy = shown.map((column) => column.redundancy ?? null)
  // An F statistic and a correlation share no axis: each has its own.
  const isF = options.association === 'F and correlation'
  const most = Math.max(1e-9, ...relevance)
  const mostRedundant = Math.max(1e-9, ...redundancy.map((value) => value ?? 0))
  const axis = { y: { type: 'category' as const, categoryorder: 'array' as const, categoryarray: names, range: [shown.length - 0.5, -0.5], showgrid: false, tickfont: { size: theme.fontSize - 1, color: theme.text } } } // prettier-ignore
  const layout = layoutOf({ margin: { l: 232, r: 12, t: 6, b: 40 }, x: [0, 1.05 * most], y: [shown.length - 0.5, -0.5] }, theme, { x: isF ? 'relevance (F)' : 'relevance (nats)', y: '' }, axis) // prettier-ignore
  const half = { ...layout.xaxis, domain: [0, 0.48] }
  return {
    data: [
      bar('relevance', relevance, theme.models[0].colour),
      { ...bar('redundancy', redundancy, theme.models[1].colour), xaxis: 'x2' },
    ],
    layout: {
      ...layout,
      barmode: 'overlay',
      xaxis: half,
      xaxis2: { ...half, domain: [0.52, 1], range: [0, 1.05 * mostRedundant], title: { ...half.title, text: isF ? 'redundancy (|r|)' : 'redundancy (nats)' } }, // prettier-ignore
    },
  }
}
