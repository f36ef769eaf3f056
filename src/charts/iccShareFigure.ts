import type { Data, Figure } from './figure.ts'
import { layoutOf } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

/** Of the features of a class and an image type. */
export interface PassedShare {
  readonly kind: string
  readonly image: string
  readonly passed: number
  readonly all: number
}

/** Which share of features passes, by class of feature and type of image; a cell without features stays empty. */
export function iccShareFigure(shares: readonly PassedShare[], theme: ChartTheme): Figure {
  const kinds = [...new Set(shares.map(({ kind }) => kind))]
  const images = [...new Set(shares.map(({ image }) => image))]
  const cell = (kind: string, image: string) => shares.find((share) => share.kind === kind && share.image === image)
  const [places, rows] = [kinds.map((_, k) => k), images.map((_, k) => k)]
  const map = {
    type: 'heatmap',
    x: places,
    y: rows,
    z: images.map((image) => kinds.map((kind) => {
      const found = cell(kind, image)
      return found ? found.passed / found.all : null
    })),
    zmin: 0,
    zmax: 1,
    colorscale: [[0, theme.line], [1, theme.models[0].colour]],
    xgap: 2,
    ygap: 2,
    showscale: false,
    text: images.map((image) => kinds.map((kind) => {
      const found = cell(kind, image)
      return found ? `${image}, ${kind}: ${found.passed} of ${found.all} pass` : `${image}, ${kind}: no feature`
    })),
    hovertemplate: '%{text}<extra></extra>',
  } // prettier-ignore
  const area = { margin: { l: 118, r: 10, t: 6, b: 48 }, x: [-0.5, kinds.length - 0.5], y: [images.length - 0.5, -0.5] } as const
  return {
    // plotly's types of heat maps want text in one list.
    data: [map as unknown as Data],
    layout: layoutOf(area, theme, { x: '', y: '' }, {
      x: { showgrid: false, tickvals: places, ticktext: kinds, tickangle: -40 },
      y: { showgrid: false, tickvals: rows, ticktext: images, tickfont: { size: theme.fontSize - 2, color: theme.text } },
    }), // prettier-ignore
  }
}
