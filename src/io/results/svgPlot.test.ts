import { expect, it } from 'vitest'
import { drawPlot, type Mark, type Plot } from './svgPlot.ts'

const plot = (mark: Mark, more: Partial<Plot> = {}) =>
  drawPlot({ title: 'a < b', xTitle: 'x', yTitle: 'y', x: [0, 1], y: [-0.5, 0.5], marks: [mark], legend: [], ...more }, 'named')
const line = (y: readonly number[]): Mark => ({ kind: 'line', x: [0, 0.25, 0.5, 0.75, 1], y, colour: '#000000' })
/** Of the curve, in the order of its points. */
const pathOf = (svg: string) => svg.match(/<svg x=.*?<path d="([^"]*)"/)![1]

it('a curve that leaves the frame is cut at it, and no line joins what is left', () => {
  const svg = plot(line([0.5, -0.5, -9, -0.5, 0.5]))
  expect(pathOf(svg)).toBe('M46 26L112 260L178 2249L244 260L310 26')
  // What is beyond the inner picture is not seen.
  expect(svg).toContain('<svg x="45" y="25" width="266" height="236" viewBox="45 25 266 236">')
  expect(svg).not.toContain('overflow')
})

it('a curve is broken where it has no value', () => {
  expect(pathOf(plot(line([0, NaN, 0, 0, Infinity])))).toBe('M46 143M178 143L244 143')
})

it('ticks below 0 have their sign, but where bars go down for another kind', () => {
  const texts = (svg: string) => [...svg.matchAll(/text-anchor="end"[^>]*>([^<]*)</g)].map(([, text]) => text)
  const ticks = ['−0.4', '−0.2', '0', '0.2', '0.4']
  expect(texts(plot(line([0, 0, 0, 0, 0])))).toEqual(ticks)
  expect(texts(plot(line([0, 0, 0, 0, 0]), { isMirrored: true }))).toEqual(ticks.map((tick) => tick.replace('−', '')))
  expect(plot(line([0, 0, 0, 0, 0]))).toContain('>a &lt; b</text>')
})
