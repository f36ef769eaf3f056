import { eigenvaluesOfHessenberg } from '../numeric/eigenvaluesOfHessenberg.ts'

/** The non-empty cells of a normalised co-occurrence matrix by row, and the sums of its rows and columns. */
export interface SharesByRow {
  readonly px: Float64Array
  readonly py: Float64Array
  readonly rowStart: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

/** The least px(i) py(k) of a cell in use. */
export function leastProduct({ px, py, rowStart, columns }: SharesByRow): number {
  let least = 1
  for (let i = 0; i < px.length; i++) {
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) least = Math.min(least, px[i] * py[columns[at]])
  }
  return least
}

/**
 * Second largest eigenvalue of Q(i, j) = sum_k p(i,k) p(j,k) / (px(i) py(k) + eps) for any px py, also far below eps, where Q is
 * not similar to a symmetric matrix. Arnoldi iteration on sqrt(px) Q / sqrt(px), whose entries stay below 1 in size.
 * @param mostSteps of the iteration; as many as levels in use are exact
 * @returns at least 0; of a complex pair the real part that counts for its root
 */
export function secondEigenvalueAsWritten(shares: SharesByRow, mostSteps: number): number {
  const inUse = [...shares.px.keys()].filter((i) => shares.px[i] > 0)
  if (inUse.length < 2) return 0
  const eigenvalues = eigenvaluesOfHessenberg(reduce(shares, inUse, Math.min(inUse.length, mostSteps)))
  eigenvalues.sort((a, b) => b.real - a.real || b.imaginary - a.imaginary)
  const { real, imaginary } = eigenvalues[1]
  // Re sqrt(z), squared.
  return Math.max(imaginary === 0 ? real : (Math.sqrt(real * real + imaginary * imaginary) + real) / 2, 0)
}

/** x becomes sqrt(px) Q (x / sqrt(px)). */
function applyQ({ px, py, rowStart, columns, values }: SharesByRow, x: Float64Array): Float64Array {
  const inner = new Float64Array(px.length)
  for (let j = 0; j < px.length; j++) {
    if (px[j] === 0) continue
    const factor = x[j] / Math.sqrt(px[j])
    for (let at = rowStart[j]; at < rowStart[j + 1]; at++) inner[columns[at]] += values[at] * factor
  }
  return px.map((share, i) => {
    let sum = 0
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) {
      const k = columns[at]
      sum += (values[at] * inner[k]) / (share * py[k] + Number.EPSILON)
    }
    return Math.sqrt(share) * sum
  })
}

/** The upper Hessenberg matrix of Q on the Krylov space of a vector that favours no level. */
function reduce(shares: SharesByRow, inUse: readonly number[], steps: number): Float64Array[] {
  const n = shares.px.length
  let seed = 12345
  const basis: Float64Array[] = []
  const h = Array.from({ length: steps }, () => new Float64Array(steps))
  let next = start()
  for (let m = 0; m < steps; m++) {
    basis.push(next)
    const outer = applyQ(shares, next)
    // Twice: rounding brings earlier vectors back.
    for (let twice = 0; twice < 2; twice++) {
      basis.forEach((earlier, k) => {
        h[k][m] += removePart(earlier, outer)
      })
    }
    if (m + 1 === steps) break
    const norm = Math.sqrt(dot(outer, outer))
    // A space that Q does not leave: its eigenvalues are exact, the others are in what is left.
    if (norm > 1e-14) h[m + 1][m] = norm
    next = norm > 1e-14 ? outer.map((value) => value / norm) : start()
  }
  return h

  function start(): Float64Array {
    const vector = new Float64Array(n)
    for (const i of inUse) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      vector[i] = seed / 4294967296 - 0.5
    }
    for (let twice = 0; twice < 2; twice++) for (const earlier of basis) removePart(earlier, vector)
    const norm = Math.sqrt(dot(vector, vector))
    return vector.map((value) => value / norm)
  }
}

/** Takes the part along the unit vector out of y; returns its length. */
function removePart(unit: Float64Array, y: Float64Array): number {
  const factor = dot(unit, y)
  for (let i = 0; i < y.length; i++) y[i] -= factor * unit[i]
  return factor
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i]
  return sum
}
