import type { CorrelationMatrix } from '../core/select/correlations.ts'
import type { Data, Figure } from './figure.ts'
import { fitLabel, layoutOf } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** Above it cells are too small for a number. */
const mostNumbers = 15
/** Above it rows are too low for a name: the pointer and the table name them. */
export const mostNamed = 24
/** Pixels of a letter beside the axis. */
const letterWidth = 6.5
const mostLetters = 26

/** Spearman's correlations as a heat map; its two ends are equally light. */
export function correlationFigure(
  { columns, rho, patients }: CorrelationMatrix,
  nameOf: (name: string) => string,
  theme: ChartTheme,
): Figure {
  const names = columns.map(nameOf)
  const isSmall = columns.length <= mostNumbers
  const labels = columns.length <= mostNamed ? names.map((name) => fitLabel(name, mostLetters)) : []
  const left = 16 + letterWidth * Math.max(0, ...labels.map(({ length }) => length))
  const places = columns.map((_, k) => k)
  const [low, middle, high] = theme.diverging
  const map = {
    type: 'heatmap',
    x: places,
    y: places,
    z: rho.map((row) => [...row]),
    zmin: -1,
    zmax: 1,
    colorscale: [
      [0, low],
      [0.5, middle],
      [1, high],
    ],
    xgap: isSmall ? 2 : 0,
    ygap: isSmall ? 2 : 0,
    showscale: false,
    text: rho.map((row, i) => row.map((value, j) => `${names[i]}, ${names[j]}: ρ ${value.toFixed(2)}, n ${patients}`)),
    hovertemplate: '%{text}<extra></extra>',
  }
  // plotly's types of heat maps want text in one list.
  const data = map as unknown as Data
  const edge: [number, number] = [-0.5, columns.length - 0.5]
  const layout = layoutOf(
    { margin: { l: left, r: 10, t: 4, b: 10 }, x: edge, y: [edge[1], edge[0]] },
    theme,
    { x: '', y: '' },
    {
      x: { showgrid: false, showticklabels: false, ticks: '' },
      y: { showgrid: false, tickvals: labels.length > 0 ? places : [], ticktext: labels, tickfont: { size: theme.fontSize - (isSmall ? 1 : 3), color: theme.text } }, // prettier-ignore
    },
  )
  const written = isSmall ? rho.flatMap((row, i) => row.flatMap((value, j) => (i === j || Number.isNaN(value) ? [] : [{ i, j, value }]))) : [] // prettier-ignore
  return {
    data: [data],
    layout: {
      ...layout,
      annotations: written.map(({ i, j, value }) => ({
        x: j,
        y: i,
        showarrow: false,
        text: Math.abs(value) < 0.05 ? '0' : value.toFixed(1).replace('-', '−').replace('0.', '.'),
        font: { size: theme.fontSize - 2, color: theme.onDiverging },
      })),
    },
  }
}
