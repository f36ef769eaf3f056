import type { BorutaColumn, BorutaSelection } from '../core/select/boruta.ts'
import { quantileOfSorted } from '../core/numeric/quantile.ts'
import type { Data, Figure } from './figure.ts'
import { fitLabel, layoutOf } from './plotArea.ts'
import { withOpacity, type ChartTheme } from './theme.ts'

/** What a box shows of a feature's importance over its runs. */
export interface ImportanceBox {
  readonly name: string
  readonly kind: 'confirmed' | 'tentative' | 'rejected' | 'shadow'
  readonly hits: number
  readonly runs: number
  readonly least: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly greatest: number
}

const shadowNames = { greatest: 'shadow, greatest', mean: 'shadow, mean', least: 'shadow, least' } as const

/** Every feature by its median, highest first. */
export function boxesOf({ details, history }: BorutaSelection): ImportanceBox[] {
  const box = (values: readonly number[], of: Pick<ImportanceBox, 'name' | 'kind' | 'hits' | 'runs'>): ImportanceBox => {
    const sorted = Float64Array.from(values).sort()
    const [least, lower, median, upper, greatest] = [0, 0.25, 0.5, 0.75, 1].map((share) => quantileOfSorted(sorted, share))
    return { ...of, least, lower, median, upper, greatest }
  }
  return details
    .map(
      ({ name, decision, hits, runs }: BorutaColumn, j) =>
      box(history.flatMap(({ importance }) => importance[j] ?? []), { name, kind: decision, hits, runs }), // prettier-ignore
    )
    .sort((a, b) => b.median - a.median)
}

/** The greatest, the mean and the least shadow of each run. */
export function shadowBoxes({ history }: BorutaSelection): ImportanceBox[] {
  return (['greatest', 'mean', 'least'] as const).map((kind) => {
    const sorted = Float64Array.from(history, ({ shadows }) => shadows[kind]).sort()
    const [least, lower, median, upper, greatest] = [0, 0.25, 0.5, 0.75, 1].map((share) => quantileOfSorted(sorted, share))
    return { name: shadowNames[kind], kind: 'shadow', hits: 0, runs: history.length, least, lower, median, upper, greatest }
  })
}

export const borutaColours = (theme: ChartTheme) =>
  ({ confirmed: theme.good, tentative: theme.doubtful, rejected: theme.bad, shadow: theme.models[1].colour }) as const

/**
 * Boxes from the least to the greatest importance of each feature over its runs, beside those of the shadows that it had to exceed.
 * @param boxes from top to bottom
 * @param nameOf how a feature is called on the axis
 */
export function borutaFigure(boxes: readonly ImportanceBox[], nameOf: (name: string) => string, theme: ChartTheme): Figure {
  const colours = borutaColours(theme)
  const labelOf = ({ name, kind, hits, runs }: ImportanceBox) =>
    kind === 'shadow' ? name : `${fitLabel(nameOf(name), 28)}  ${hits}/${runs}`
  const names = boxes.map(labelOf)
  const limit = boxes.find(({ name }) => name === shadowNames.greatest)?.median
  const layout = layoutOf(
    { margin: { l: 236, r: 12, t: 4, b: 38 }, x: rangeOf(boxes), y: [boxes.length - 0.5, -0.5] },
    theme,
    { x: 'importance over its standard error', y: '' },
    { y: { type: 'category', categoryorder: 'array', categoryarray: names, range: [boxes.length - 0.5, -0.5], tickfont: { size: theme.fontSize - 1, color: theme.text }, showgrid: false, dtick: 1 } }, // prettier-ignore
  )
  return {
    data: (['confirmed', 'tentative', 'rejected', 'shadow'] as const).flatMap((kind) => {
      const some = boxes.filter((box) => box.kind === kind)
      if (some.length === 0) return []
      const box = {
        type: 'box',
        orientation: 'h',
        name: kind,
        y: some.map(labelOf),
        q1: some.map(({ lower }) => lower),
        median: some.map(({ median }) => median),
        q3: some.map(({ upper }) => upper),
        lowerfence: some.map(({ least }) => least),
        upperfence: some.map(({ greatest }) => greatest),
        fillcolor: withOpacity(colours[kind], 0.35),
        line: { color: colours[kind], width: 1.5 },
        width: 0.6,
        whiskerwidth: 0,
        hoverinfo: 'x+y',
      }
      // plotly's types know boxes of raw values alone.
      return [box as unknown as Data]
    }),
    layout: {
      ...layout,
      ...(limit !== undefined && {
        shapes: [
          { type: 'line', x0: limit, x1: limit, yref: 'paper', y0: 0, y1: 1, line: { color: colours.shadow, dash: 'dot', width: 1.4 } }, // prettier-ignore
        ],
      }),
    },
  }
}

function rangeOf(boxes: readonly ImportanceBox[]): [number, number] {
  const least = Math.min(...boxes.map((box) => box.least))
  const greatest = Math.max(...boxes.map((box) => box.greatest))
  const room = 0.04 * (greatest - least || 1)
  return [least - room, greatest + room]
}

/** Importance of some features run by run, and the greatest shadow's. */
export function borutaRunsFigure(
  { details, history }: BorutaSelection,
  chosen: readonly string[],
  nameOf: (name: string) => string,
  theme: ChartTheme,
): Figure {
  const colours = borutaColours(theme)
  const runs = history.map((_, run) => run + 1)
  const line = (name: string, y: readonly (number | null)[], color: string, dash: 'solid' | 'dot', label: string): Data => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x: runs,
    y: [...y],
    line: { color, width: dash === 'dot' ? 2.2 : 1.3, dash },
    hovertemplate: `${label}, run %{x}: %{y:.2f}<extra></extra>`,
  })
  const places = details.flatMap((column, j) => (chosen.includes(column.name) ? [{ column, j }] : []))
  const lines = places.map(({ column, j }) => line(column.name, history.map(({ importance }) => importance[j]), withOpacity(colours[column.decision], 0.75), 'solid', nameOf(column.name))) // prettier-ignore
  const shadow = history.map(({ shadows }) => shadows.greatest)
  const all = [...shadow, ...places.flatMap(({ j }) => history.flatMap(({ importance }) => importance[j] ?? []))]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const room = 0.05 * (high - low || 1)
  return {
    data: [...lines, line('greatest shadow', shadow, colours.shadow, 'dot', 'greatest shadow')],
    layout: layoutOf(
      { margin: { l: 46, r: 12, t: 8, b: 40 }, x: [1, Math.max(2, history.length)], y: [low - room, high + room] },
      theme,
      { x: 'run', y: 'importance over its standard error' },
    ),
  }
}
