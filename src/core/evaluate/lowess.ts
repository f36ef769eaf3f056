/** A smooth curve: `y[i]` at `x[i]`, x ascending. */
export interface SmoothCurve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** The share of points that each local line sees; points nearer than `delta` to a fitted one are interpolated. */
export interface LowessOptions {
  readonly span: number
  readonly delta: number
}

/**
 * Cleveland's locally weighted straight lines without robustness steps: R's `lowess(x, y, iter = 0)`, which rms draws its
 * calibration curves with. Tricube weights over the nearest `span` of the points; by default (R's) points within 1 % of the
 * range after a fitted one are interpolated.
 * Source: Cleveland 1979, JASA 74, 829-836; Cleveland 1981, The American Statistician 35, 54 (the interpolation).
 * @returns one point for each of `x`, sorted by x; equal x have equal y
 */
export function smoothLowess(x: ArrayLike<number>, y: ArrayLike<number>, options?: Partial<LowessOptions>): SmoothCurve {
  const order = Array.from(x, (_, i) => i).sort((i, j) => x[i] - x[j] || i - j)
  const xs = order.map((i) => x[i])
  const ys = order.map((i) => y[i])
  const count = xs.length
  const range = xs[count - 1] - xs[0]
  const { span = 2 / 3, delta = 0.01 * range } = options ?? {}
  const seen = Math.max(Math.min(Math.floor(span * count + 1e-7), count), 2)
  const smooth = new Array<number>(count).fill(NaN)
  let left = 0
  let right = Math.min(seen, count) - 1
  let last = -1
  for (let i = 0; ;) {
    while (right < count - 1 && xs[i] - xs[left] > xs[right + 1] - xs[i]) {
      left++
      right++
    }
    smooth[i] = fitLocalLine(xs, ys, i, left, right, range)
    for (let j = last + 1; j < i; j++) {
      const share = (xs[j] - xs[last]) / (xs[i] - xs[last])
      smooth[j] = share * smooth[i] + (1 - share) * smooth[last]
    }
    last = i
    const reach = xs[last] + delta
    let next = last + 1
    for (; next < count && xs[next] <= reach; next++) {
      if (xs[next] !== xs[last]) continue
      smooth[next] = smooth[last]
      last = next
    }
    if (last === count - 1) return { x: xs, y: smooth }
    i = Math.max(last + 1, next - 1)
  }
}

/** The line's value at point `at`; the point's own y where no weight is left. */
function fitLocalLine(
  x: readonly number[],
  y: readonly number[],
  at: number,
  left: number,
  right: number,
  range: number,
): number {
  const centre = x[at]
  const h = Math.max(centre - x[left], x[right] - centre)
  const weights: number[] = []
  let total = 0
  for (let j = left; j < x.length; j++) {
    const distance = Math.abs(x[j] - centre)
    if (distance > 0.999 * h && x[j] > centre) break
    weights.push(distance > 0.999 * h ? 0 : distance <= 0.001 * h ? 1 : tricube(distance / h))
    total += weights[weights.length - 1]
  }
  if (total <= 0) return y[at]
  const mean = weights.reduce((sum, weight, k) => sum + (weight / total) * x[left + k], 0)
  const spread = weights.reduce((sum, weight, k) => sum + (weight / total) * (x[left + k] - mean) * (x[left + k] - mean), 0)
  const slope = h > 0 && Math.sqrt(spread) > 0.001 * range ? (centre - mean) / spread : 0
  return weights.reduce((sum, weight, k) => sum + (weight / total) * (1 + slope * (x[left + k] - mean)) * y[left + k], 0)
}

/** (1 - u^3)^3. */
export function tricube(u: number): number {
  const rest = 1 - u * u * u
  return rest * rest * rest
}
