import { F64s, I32s } from './views'

const eps: f64 = 2.220446049250313e-16

/** Where several eigenvectors share an eigenvalue, the first order holds for none of them: its error is then as large as itself. */
const mostDisturbed: f64 = 1e-7

/** y = B^T x */
@inline
function applyTransposed(n: i32, start: I32s, column: I32s, value: F64s, x: F64s, y: F64s): void {
  memory.fill(changetype<usize>(y), 0, n << 3)
  for (let i = 0; i < n; i++) {
    const factor = x[i]
    for (let at = start[i], end = start[i + 1]; at < end; at++) {
      const j = column[at]
      y[j] = y[j] + value[at] * factor
    }
  }
}

/** y = B x */
@inline
function apply(n: i32, start: I32s, column: I32s, value: F64s, x: F64s, y: F64s): void {
  for (let i = 0; i < n; i++) {
    let sum: f64 = 0
    for (let at = start[i], end = start[i + 1]; at < end; at++) sum += value[at] * x[column[at]]
    y[i] = sum
  }
}

function dot(n: i32, x: F64s, y: F64s): f64 {
  let pair = f64x2.splat(0)
  let i = 0
  for (; i < n - 1; i += 2) pair = f64x2.add(pair, f64x2.mul(two(x, i), two(y, i)))
  let sum = f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
  if (i < n) sum += x[i] * y[i]
  return sum
}

/** y -= factor x */
function subtract(n: i32, factor: f64, x: F64s, y: F64s): void {
  const factors = f64x2.splat(factor)
  let i = 0
  for (; i < n - 1; i += 2) {
    v128.store(changetype<usize>(y) + (<usize>i << 3), f64x2.sub(two(y, i), f64x2.mul(factors, two(x, i))))
  }
  if (i < n) y[i] = y[i] - factor * x[i]
}

@inline
function two(x: F64s, i: i32): v128 {
  return v128.load(changetype<usize>(x) + (<usize>i << 3))
}

/** True if at least `rank` eigenvalues of the symmetric tridiagonal matrix lie above x (Sturm sequence). */
function hasEigenvaluesAbove(x: f64, rank: i32, m: i32, alpha: F64s, beta: F64s): bool {
  let d: f64 = 1
  let above = 0
  for (let i = 0; i < m; i++) {
    d = alpha[i] - x - (i ? (beta[i - 1] * beta[i - 1]) / d : 0)
    if (d > 0 && ++above == rank) return true
    if (d == 0) d = -1e-300
  }
  return false
}

/** The largest (rank 1) or second largest (rank 2) eigenvalue of the tridiagonal matrix, known to lie in [low, 1 + rounding]. */
function largestEigenvalue(rank: i32, m: i32, alpha: F64s, beta: F64s, low: f64): f64 {
  let high: f64 = 1 + 1e-9
  while (high - low > 4e-16) {
    const middle = 0.5 * (low + high)
    if (middle <= low || middle >= high) break
    if (hasEigenvaluesAbove(middle, rank, m, alpha, beta)) low = middle
    else high = middle
  }
  return low
}

/**
 * Second largest eigenvalue of Q(i, j) = sum_k p(i,k) p(j,k) / (px(i) py(k) + eps), the square of the maximal correlation
 * coefficient. Q is similar to B B^T with B(i, k) = p(i,k) / sqrt(px(i) py(k)), whose largest eigenvalue 1 belongs to
 * sqrt(px). Lanczos iteration orthogonal to that vector finds the next one; eps is brought in as a first-order perturbation.
 * @param px, py n row and column sums; @param values the cells by row; overwritten by B, unless the result is NaN
 * @param work (steps + 4) n + 3 steps float64
 * @param steps at most this many iterations; n - 1 are exact
 * @returns NaN if eps moves the eigenvalue by more than 1e-7, which the first order does not tell well enough
 */
export function secondEigenvalue(n: i32, px: usize, py: usize, rowStart: usize, columns: usize, values: usize, work: usize, steps: i32): f64 {
  const rows = changetype<F64s>(px)
  const cols = changetype<F64s>(py)
  const start = changetype<I32s>(rowStart)
  const column = changetype<I32s>(columns)
  const value = changetype<F64s>(values)
  const size = <usize>n << 3
  const first = changetype<F64s>(work)
  const inner = changetype<F64s>(work + size)
  const outer = changetype<F64s>(work + 2 * size)
  const basis = work + 3 * size
  const alpha = changetype<F64s>(basis + <usize>(steps + 1) * size)
  const beta = changetype<F64s>(basis + <usize>(steps + 1) * size + (<usize>steps << 3))
  const ritz = changetype<F64s>(basis + <usize>(steps + 1) * size + (<usize>steps << 4))

  let rowsInUse = 0
  for (let i = 0; i < n; i++) {
    first[i] = sqrt(rows[i])
    if (rows[i] > 0) rowsInUse++
    for (let at = start[i]; at < start[i + 1]; at++) value[at] = value[at] / sqrt(rows[i] * cols[column[at]])
  }
  if (rowsInUse < 2) return 0

  // A start that favours no direction; levels without pairs stay out.
  let q = changetype<F64s>(basis)
  let seed: u32 = 12345
  for (let i = 0; i < n; i++) {
    seed = seed * 1664525 + 1013904223
    q[i] = rows[i] > 0 ? f64(seed >> 8) / 16777216 - 0.5 : 0
  }
  for (let twice = 0; twice < 2; twice++) subtract(n, dot(n, first, q), first, q)
  let norm = sqrt(dot(n, q, q))
  for (let i = 0; i < n; i++) q[i] = q[i] / norm

  const most = min(steps, rowsInUse - 1)
  let theta: f64 = 0
  let before: f64 = -1
  let next: f64 = 0
  let nextBefore: f64 = -1
  let m = 0
  while (m < most) {
    applyTransposed(n, start, column, value, q, inner)
    apply(n, start, column, value, inner, outer)
    alpha[m] = dot(n, q, outer)
    subtract(n, alpha[m], q, outer)
    if (m > 0) subtract(n, beta[m - 1], changetype<F64s>(basis + <usize>(m - 1) * size), outer)
    // Rounding brings earlier vectors back, and with them their eigenvalues: take them out once more.
    subtract(n, dot(n, first, outer), first, outer)
    for (let k = m; k >= 0; k--) {
      const earlier = changetype<F64s>(basis + <usize>k * size)
      subtract(n, dot(n, earlier, outer), earlier, outer)
    }
    norm = sqrt(dot(n, outer, outer))
    beta[m] = norm
    m++
    const exact = norm < 1e-13
    if (exact || m == most || (m >= 6 && m % 2 == 0)) {
      theta = largestEigenvalue(1, m, alpha, beta, max(theta, 0))
      if (exact || m == most) break
      // The largest alone can stand still while a larger one, to which the start was nearly orthogonal, is still to come;
      // the next one does not settle before that has come.
      next = largestEigenvalue(2, m, alpha, beta, max(next, 0))
      if (abs(theta - before) < 1e-11 && abs(next - nextBefore) < 1e-9) break
      before = theta
      nextBefore = next
    }
    q = changetype<F64s>(basis + <usize>m * size)
    for (let i = 0; i < n; i++) q[i] = outer[i] / norm
  }

  // The Ritz vector: two inverse iterations on theta + tiny - T, which is positive definite, then back to the levels.
  const shifted = theta + 1e-12
  for (let i = 0; i < m; i++) ritz[i] = 1
  for (let twice = 0; twice < 2; twice++) {
    let d: f64 = shifted - alpha[0]
    inner[0] = d
    for (let i = 1; i < m; i++) {
      const factor = beta[i - 1] / d
      d = shifted - alpha[i] - factor * beta[i - 1]
      if (abs(d) < 1e-18) d = 1e-18
      inner[i] = d
      ritz[i] = ritz[i] + factor * ritz[i - 1]
    }
    ritz[m - 1] = ritz[m - 1] / inner[m - 1]
    for (let i = m - 2; i >= 0; i--) ritz[i] = (ritz[i] + beta[i] * ritz[i + 1]) / inner[i]
    const length = sqrt(dot(m, ritz, ritz))
    for (let i = 0; i < m; i++) ritz[i] = ritz[i] / length
  }
  memory.fill(changetype<usize>(outer), 0, size)
  for (let k = 0; k < m; k++) subtract(n, -ritz[k], changetype<F64s>(basis + <usize>k * size), outer)

  // -eps sum_k (sum_i u_i B_ik / px_i) (sum_j u_j B_jk) / py_k
  applyTransposed(n, start, column, value, outer, inner)
  for (let i = 0; i < n; i++) first[i] = rows[i] > 0 ? outer[i] / rows[i] : 0
  const scaled = changetype<F64s>(basis)
  applyTransposed(n, start, column, value, first, scaled)
  let change: f64 = 0, disturbance: f64 = 0
  for (let k = 0; k < n; k++) {
    if (cols[k] == 0) continue
    const part = (scaled[k] * inner[k]) / cols[k]
    change += part
    disturbance += abs(part)
  }
  if (eps * disturbance <= mostDisturbed) return max(theta - eps * change, 0)
  for (let i = 0; i < n; i++) {
    for (let at = start[i]; at < start[i + 1]; at++) value[at] = value[at] * sqrt(rows[i] * cols[column[at]])
  }
  return NaN
}
