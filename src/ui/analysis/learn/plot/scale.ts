import type { Line } from '../../../../core/simulate/drawStudies.ts'

export type Range = readonly [from: number, to: number]

/** From values to pixels inside the axes. */
export interface Scale {
  readonly width: number
  readonly height: number
  x(value: number): number
  y(value: number): number
}

export const createScale = (x: Range, y: Range, width: number, height: number): Scale => ({
  width,
  height,
  x: (value) => ((value - x[0]) / (x[1] - x[0])) * width,
  y: (value) => height - ((value - y[0]) / (y[1] - y[0])) * height,
})

const place = (value: number) => Math.round(value * 10) / 10

/** An SVG path; where a value is missing the line is broken. */
export function pathOf({ x, y }: Line, scale: Scale): string {
  let pen = 'M'
  let path = ''
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) {
      pen = 'M'
      continue
    }
    path += `${pen}${place(scale.x(x[i]))} ${place(scale.y(y[i]))}`
    pen = 'L'
  }
  return path
}

/** So many equal steps, both ends included. */
export const spread = ([from, to]: Range, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1))
