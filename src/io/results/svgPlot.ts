import { ticksOf } from '../../core/numeric/ticks.ts'
import { printColours } from '../../core/report/printColours.ts'

/** Data as it is drawn: pure text, for every host. */
export type Mark =
  | { readonly kind: 'line'; readonly x: readonly number[]; readonly y: readonly number[]; readonly colour: string; readonly dash?: string; readonly width?: number }
  /** Between two lines. */
  | { readonly kind: 'band'; readonly x: readonly number[]; readonly lower: readonly number[]; readonly upper: readonly number[]; readonly colour: string }
  | { readonly kind: 'points'; readonly x: readonly number[]; readonly y: readonly number[]; readonly lower: readonly number[]; readonly upper: readonly number[]; readonly colour: string }
  /** Bars from 0 to `y`, each from `edges[i]` to `edges[i + 1]`. */
  | { readonly kind: 'bars'; readonly edges: readonly number[]; readonly y: readonly number[]; readonly colour: string } // prettier-ignore

export interface Plot {
  readonly title: string
  readonly xTitle: string
  readonly yTitle: string
  readonly x: readonly [from: number, to: number]
  readonly y: readonly [from: number, to: number]
  /** Bars that go down count as those that go up do. */
  readonly isMirrored?: boolean
  readonly marks: readonly Mark[]
  /** Names beside their line, or their square where they have no dash. */
  readonly legend: readonly { readonly name: string; readonly colour: string; readonly dash?: string }[]
}

const size = { width: 320, height: 300, left: 46, right: 10, top: 26, bottom: 40 } as const
const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom }
const font = 'Arial, Helvetica, sans-serif'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
/** Hundredths of a pixel are enough for paper. */
const round = (value: number) => String(Math.round(100 * value) / 100)
const dashOf = (dash: string | undefined) => (dash === undefined || dash === 'solid' ? '' : ` stroke-dasharray="${dash.replaceAll('px', '')}"`) // prettier-ignore

const sayTick = (tick: number) => String(tick).replace('-', '−')

/** A plot as an SVG that needs nothing else. @param named what it shows, for who cannot see it */
export function drawPlot({ title, xTitle, yTitle, x, y, isMirrored = false, marks, legend }: Plot, named: string): string {
  const px = (value: number) => round(size.left + ((value - x[0]) / (x[1] - x[0])) * inner.width)
  const py = (value: number) => round(size.top + ((y[1] - value) / (y[1] - y[0])) * inner.height)
  const text = (at: string, words: string, more = '') => `<text ${at} font-size="10" fill="${printColours.dim}"${more}>${escape(words)}</text>` // prettier-ignore
  const right = size.left + inner.width
  const foot = size.top + inner.height
  /** Broken where there is no value. */
  const path = (xs: readonly number[], ys: readonly number[]) =>
    xs.map((value, i) => (Number.isFinite(value) && Number.isFinite(ys[i]) ? `${i > 0 && Number.isFinite(ys[i - 1]) ? 'L' : 'M'}${px(value)} ${py(ys[i])}` : '')).join('') // prettier-ignore
  // A curve that leaves the frame is cut at it: were its points beyond left out, a line would join what is left of it.
  const frame = `<svg x="${size.left - 1}" y="${size.top - 1}" width="${inner.width + 2}" height="${inner.height + 2}" viewBox="${size.left - 1} ${size.top - 1} ${inner.width + 2} ${inner.height + 2}">`
  const draw = (mark: Mark) => {
    switch (mark.kind) {
      case 'line':
        return `${frame}<path d="${path(mark.x, mark.y)}" fill="none" stroke="${mark.colour}" stroke-width="${mark.width ?? 1.8}"${dashOf(mark.dash)}/></svg>` // prettier-ignore
      case 'band': {
        const known = mark.x.flatMap((value, i) => (Number.isFinite(mark.lower[i]) && Number.isFinite(mark.upper[i]) ? [{ x: px(value), lower: py(mark.lower[i]), upper: py(mark.upper[i]) }] : [])) // prettier-ignore
        const there = known.map(({ x, upper }) => `${x} ${upper}`)
        const back = known.map(({ x, lower }) => `${x} ${lower}`).reverse()
        return known.length === 0
          ? ''
          : `${frame}<path d="M${[...there, ...back].join('L')}z" fill="${mark.colour}" fill-opacity="0.16"/></svg>`
      }
      case 'points':
        return mark.x.map((value, i) => `<path d="M${px(value)} ${py(mark.lower[i])}V${py(mark.upper[i])}" stroke="${printColours.dim}"/><circle cx="${px(value)}" cy="${py(mark.y[i])}" r="3" fill="${mark.colour}"/>`).join('') // prettier-ignore
      case 'bars':
        return mark.y.map((value, i) => (value === 0 ? '' : `<path d="M${px(mark.edges[i])} ${py(0)}V${py(value)}H${px(mark.edges[i + 1])}V${py(0)}z" fill="${mark.colour}" stroke="#ffffff" stroke-width="0.5"/>`)).join('') // prettier-ignore
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="${font}" role="img" aria-label="${escape(named)}">`,
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    `<text x="${size.left}" y="15" font-size="11" font-weight="bold" fill="${printColours.text}">${escape(title)}</text>`,
    ...ticksOf(x, 5).map((tick) => `<path d="M${px(tick)} ${size.top}V${foot}" stroke="${printColours.line}"/>${text(`x="${px(tick)}" y="${foot + 13}" text-anchor="middle"`, sayTick(tick))}`), // prettier-ignore
    ...ticksOf(y, 5).map((tick) => `<path d="M${size.left} ${py(tick)}H${right}" stroke="${printColours.line}"/>${text(`x="${size.left - 5}" y="${Number(py(tick)) + 3}" text-anchor="end"`, sayTick(isMirrored ? Math.abs(tick) : tick))}`), // prettier-ignore
    ...marks.map(draw),
    text(`x="${size.left + inner.width / 2}" y="${size.height - 8}" text-anchor="middle"`, xTitle),
    text(`transform="translate(12 ${size.top + inner.height / 2}) rotate(-90)" text-anchor="middle"`, yTitle),
    ...drawLegend(legend),
    '</svg>',
  ].join('')
}

/** In the corner where curves leave most room: below the diagonal of an ROC curve, at the foot of others. */
function drawLegend(legend: Plot['legend']): string[] {
  const right = size.left + inner.width
  const top = size.top + inner.height - 8 - 14 * (legend.length - 1)
  return legend.map(({ name, colour, dash }, i) => {
    const y = top + 14 * i
    const sign = dash === undefined ? `<rect x="${right - 26}" y="${y - 7}" width="8" height="8" fill="${colour}"/>` : `<path d="M${right - 26} ${y - 3}H${right - 4}" stroke="${colour}" stroke-width="1.8"${dashOf(dash)}/>` // prettier-ignore
    return `${sign}<text x="${right - 32}" y="${y}" text-anchor="end" font-size="10" fill="${printColours.text}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escape(name)}</text>`
  })
}
