import { refuse } from './messages.ts'

/** An eigenvalue of a real matrix; complex ones come in pairs. */
export interface Eigenvalue {
  readonly real: number
  readonly imaginary: number
}

/** Sweeps for one eigenvalue; a handful is usual. */
const mostSweeps = 60

/**
 * Eigenvalues of a real upper Hessenberg matrix (rows; overwritten) by the double-shift QR algorithm (Francis 1961; Golub and
 * Van Loan, Matrix Computations, 7.5), in no particular order, exact to rounding of the largest entry.
 * @throws if an eigenvalue does not settle
 */
export function eigenvaluesOfHessenberg(h: Float64Array[]): Eigenvalue[] {
  const found: Eigenvalue[] = []
  const size = h.reduce((sum, row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), sum), 0)
  let last = h.length - 1
  let sweeps = 0
  while (last >= 0) {
    const first = startOfBlock(h, last, size)
    if (first === last) {
      found.push({ real: h[last][last], imaginary: 0 })
      last--
      sweeps = 0
    } else if (first === last - 1) {
      found.push(...eigenvaluesOfPair(h[first][first], h[first][last], h[last][first], h[last][last]))
      last -= 2
      sweeps = 0
    } else {
      if (++sweeps > mostSweeps) throw refuse('eigenvalue-unsettled', { size: h.length })
      sweep(h, first, last, sweeps % 10 === 0)
    }
  }
  return found
}

/** First row of the block that ends at `last` and falls apart no further; entries below the diagonal that are rounding beside the largest become 0. */
function startOfBlock(h: Float64Array[], last: number, size: number): number {
  for (let l = last; l > 0; l--) {
    if (Math.abs(h[l][l - 1]) > Number.EPSILON * size) continue
    h[l][l - 1] = 0
    return l
  }
  return 0
}

function eigenvaluesOfPair(a: number, b: number, c: number, d: number): Eigenvalue[] {
  const half = (a - d) / 2
  const discriminant = half * half + b * c
  if (discriminant < 0) {
    const [real, imaginary] = [(a + d) / 2, Math.sqrt(-discriminant)]
    return [{ real, imaginary }, { real, imaginary: -imaginary }] // prettier-ignore
  }
  // The larger part first: the other one by the product, without cancellation.
  const shift = half + (half >= 0 ? 1 : -1) * Math.sqrt(discriminant)
  return [
    { real: d + shift, imaginary: 0 },
    { real: shift === 0 ? d : d - (b * c) / shift, imaginary: 0 },
  ]
}

/** One implicit double-shift QR step on rows and columns first..last (at least three). */
function sweep(h: Float64Array[], first: number, last: number, exceptional: boolean): void {
  const [a, b, c, d] = [h[last - 1][last - 1], h[last - 1][last], h[last][last - 1], h[last][last]]
  const off = Math.abs(c) + Math.abs(h[last - 1][last - 2])
  const [lower, upper, product] = exceptional ? [d + 0.75 * off, d + 0.75 * off, -0.4375 * off * off] : [d, a, b * c]
  const [h00, h01, h10, h11] = [h[first][first], h[first][first + 1], h[first + 1][first], h[first + 1][first + 1]]
  // First column of (H - s1)(H - s2), divided by h10; by differences, for eigenvalues may lie as close together as rounding allows.
  const [r, s] = [lower - h00, upper - h00]
  let [x, y, z] = [(r * s - product) / h10 + h01, h11 - h00 - r - s, h[first + 2][first + 1]]
  for (let k = first; k < last; k++) {
    const three = k + 2 <= last
    if (k > first) {
      x = h[k][k - 1]!
      y = h[k + 1][k - 1]!
      z = three ? h[k + 2][k - 1] : 0
    }
    const scale = Math.abs(x) + Math.abs(y) + Math.abs(z)
    if (scale === 0) continue
    const [sx, sy, sz] = [x / scale, y / scale, z / scale]
    const length = (x >= 0 ? 1 : -1) * scale * Math.sqrt(sx * sx + sy * sy + sz * sz)
    // The reflection I - v w^T with v = (1, y, z) / (x + length) and w = v (x + length) / length.
    const [v1, v2] = [y / (x + length), z / (x + length)]
    const [w0, w1, w2] = [(x + length) / length, y / length, z / length]
    for (let j = Math.max(k - 1, first); j <= last; j++) {
      const part = w0 * h[k][j] + w1 * h[k + 1][j] + (three ? w2 * h[k + 2][j] : 0)
      h[k][j] -= part
      h[k + 1][j] -= part * v1
      if (three) h[k + 2][j] -= part * v2
    }
    for (let i = first; i <= Math.min(last, k + 3); i++) {
      const row = h[i]
      const part = row[k] + row[k + 1] * v1 + (three ? row[k + 2] * v2 : 0)
      row[k] -= part * w0
      row[k + 1] -= part * w1
      if (three) row[k + 2] -= part * w2
    }
    if (k > first) {
      h[k + 1][k - 1] = 0
      if (three) h[k + 2][k - 1] = 0
    }
  }
}
