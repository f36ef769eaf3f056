import { solveLeastSquares } from '../numeric/leastSquares.ts'
import { tricube } from './lowess.ts'

/** R's defaults: local parabolas over 75 % of the points, fitted at the borders of cells of at most 20 % of those. */
const span = 0.75
const cell = 0.2

/**
 * Local quadratic regression of one variable: R's `loess(y ~ x)` with its defaults (degree 2, span 0.75, gaussian, surface
 * "interpolate"), of which Austin and Steyerberg take the calibration indices. Parabolas with tricube weights are fitted at
 * the vertices of cells, cut at medians until a cell holds few enough points; between vertices runs the cubic that has their
 * values and slopes. Source: Cleveland and Grosse 1991, Statistics and Computing 1, 47-62.
 * @returns the value at each of `x`, in their order; null when a parabola cannot be told from the points near a vertex (fewer
 *   than three distinct x there: R warns of a pseudoinverse)
 */
export function smoothLoess(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array | null {
  const order = Array.from(x, (_, i) => i).sort((i, j) => x[i] - x[j] || i - j)
  const xs = Float64Array.from(order, (i) => x[i])
  const ys = Float64Array.from(order, (i) => y[i])
  const vertices = findVertices(xs)
  const fits = vertices.map((at) => fitParabola(xs, ys, at))
  if (fits.some((fit) => fit === null)) return null
  const values = new Float64Array(x.length)
  for (let i = 0, k = 0; i < xs.length; i++) {
    while (k < vertices.length - 2 && xs[i] > vertices[k + 1]) k++
    values[order[i]] = blend(xs[i], vertices[k], vertices[k + 1], fits[k]!, fits[k + 1]!)
  }
  return values
}

/** Ends of the cells: the range with a margin of 0.5 % on both sides, cut at points in the middle of too full cells. */
function findVertices(xs: Float64Array): number[] {
  const low = xs[0]
  const high = xs[xs.length - 1]
  const range = Math.max(high - low, 1e-10 * Math.max(Math.abs(low), Math.abs(high)) + 1e-30)
  const margin = 0.005 * range
  const few = Math.floor(xs.length * span * cell)
  const vertices = [low - margin, high + margin]
  const cut = (from: number, to: number, left: number, right: number) => {
    if (to - from + 1 <= few) return
    const at = splitNearMiddle(xs, from, to)
    if (xs[at] === left || xs[at] === right) return
    vertices.push(xs[at])
    cut(from, at, left, xs[at])
    cut(at + 1, to, xs[at], right)
  }
  cut(0, xs.length - 1, vertices[0], vertices[1])
  return vertices.sort((a, b) => a - b)
}

/**
 * The point nearest to the middle (the later of two) that the next one exceeds; the middle itself when the search leaves the
 * cell before it finds one.
 */
function splitNearMiddle(xs: Float64Array, from: number, to: number): number {
  const middle = Math.floor((from + to) / 2)
  for (let offset = 0; middle + offset < to && middle + offset >= from; offset = offset > 0 ? -offset : 1 - offset)
    if (xs[middle + offset] < xs[middle + offset + 1]) return middle + offset
  return middle
}

interface Vertex {
  readonly value: number
  readonly slope: number
}

function fitParabola(xs: Float64Array, ys: Float64Array, at: number): Vertex | null {
  const near = Math.min(xs.length, Math.floor(xs.length * span + 1e-5))
  const reach = xs.map((x) => Math.abs(x - at)).sort()[near - 1]
  const rows = Array.from(xs, (_, i) => i).filter((i) => Math.abs(xs[i] - at) < reach)
  const root = rows.map((i) => Math.sqrt(tricube(Math.abs(xs[i] - at) / reach)))
  const u = rows.map((i) => (xs[i] - at) / reach)
  const design = Float64Array.from([...root, ...u.map((v, k) => root[k] * v), ...u.map((v, k) => root[k] * v * v)])
  const response = Float64Array.from(rows, (i, k) => root[k] * ys[i])
  const { coefficients, pivots } = solveLeastSquares(design, response, 3)
  return pivots.length < 3 ? null : { value: coefficients[0], slope: coefficients[1] / reach }
}

/** Hermite's cubic. */
function blend(x: number, from: number, to: number, a: Vertex, b: Vertex): number {
  const h = to - from
  const t = (x - from) / h
  const s = 1 - t
  return s * s * (1 + 2 * t) * a.value + t * t * (3 - 2 * t) * b.value + h * (s * s * t * a.slope - t * t * s * b.slope)
}
