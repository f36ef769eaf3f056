import { F64s, I32s, U16s } from './views'

const eps: f64 = 2.220446049250313e-16

/** Up to this many levels entropies are summed term by term: with few levels they may be equal to the last bit, and features ask that. */
const fewLevels: i32 = 16

/**
 * Logarithms of p + eps and of px py + eps are expanded about p and px py only where these are at least this: the rest of the
 * series is then below eps^2 / 2^-40, some 1e-20 a cell. Distance weights make pairs far rarer than that; those are taken as written.
 */
const leastExpanded: f64 = 9.094947017729282e-13

/** Counts the pairs (voxel, neighbour at `offset`) by level index; index 0, outside the region, takes what does not count. */
export function countPairs(levels: usize, places: usize, count: i32, offset: i32, n: i32, counts: usize): void {
  const level = changetype<U16s>(levels)
  const place = changetype<I32s>(places)
  const pairs = changetype<I32s>(counts)
  const stride = n + 1
  for (let v = 0; v < count; v++) {
    const p = place[v]
    const cell = i32(level[p]) * stride + i32(level[p + offset])
    pairs[cell] = pairs[cell] + 1
  }
}

/** Adds weight * counts (and its transpose, if symmetric) to the n x n float64 matrix and clears the counts. Returns the sum added. */
export function addPairs(counts: usize, n: i32, weight: f64, symmetric: bool, matrix: usize): f64 {
  const pairs = changetype<I32s>(counts)
  const cells = changetype<F64s>(matrix)
  let total: f64 = 0
  for (let i = 0; i < n; i++) {
    const row = (i + 1) * (n + 1) + 1
    for (let j = 0; j < n; j++) {
      // Most cells are empty.
      const c = pairs[row + j]
      if (!c) continue
      const share = weight * f64(c)
      cells[i * n + j] = cells[i * n + j] + share
      total += share
      if (!symmetric) continue
      cells[j * n + i] = cells[j * n + i] + share
      total += share
    }
  }
  memory.fill(counts, 0, (n + 1) * (n + 1) * 4)
  return total
}

/** log2 of small whole numbers: counts are mostly such. */
const tabulated: i32 = 512
const logarithms = memory.data(512 * 8)

@inline
function logarithmOf(c: f64): f64 {
  const whole = i32(c)
  if (whole >= tabulated || f64(whole) != c || whole == 0) return Math.log2(c)
  return load<f64>(logarithms + (<usize>whole << 3))
}

function tabulateLogarithms(): void {
  if (load<f64>(logarithms + 16) != 0) return
  for (let k = 1; k < tabulated; k++) store<f64>(logarithms + (<usize>k << 3), Math.log2(f64(k)))
}

/**
 * One pass over a co-occurrence matrix: everything that the features need of it.
 * @param matrix n x n float64, not normalised; cleared
 * @param present true grey level of index 1..n (int32)
 * @param px, py n sums of rows and columns; @param sum, difference 2 Ng - 1 and Ng: probability of i + j = 2.. and of |i - j| = 0..
 * @param rowStart n + 1, columns, values: the non-empty cells by row (int32, int32, float64)
 * @param out energy, maximum, HXY, HXY1, HXY2, autocorrelation, covariance, mean of x, mean of y
 */
export function glcmSums(
  matrix: usize, n: i32, total: f64, present: usize, highest: i32,
  px: usize, py: usize, sum: usize, difference: usize, rowStart: usize, columns: usize, values: usize, out: usize,
): void {
  const cells = changetype<F64s>(matrix)
  const trueLevel = changetype<I32s>(present)
  const rows = changetype<F64s>(px)
  const cols = changetype<F64s>(py)
  const bySum = changetype<F64s>(sum)
  const byDifference = changetype<F64s>(difference)
  const start = changetype<I32s>(rowStart)
  const column = changetype<I32s>(columns)
  const value = changetype<F64s>(values)
  const result = changetype<F64s>(out)
  memory.fill(py, 0, n << 3)
  memory.fill(sum, 0, (2 * highest - 1) << 3)
  memory.fill(difference, 0, highest << 3)
  tabulateLogarithms()
  const few = n <= fewLevels
  let energy: f64 = 0, maximum: f64 = 0, hxy: f64 = 0, auto: f64 = 0, shareExpanded: f64 = 0
  let k = 0, expanded = 0
  for (let i = 0; i < n; i++) {
    start[i] = k
    const li = trueLevel[i + 1]
    let row: f64 = 0
    for (let j = 0; j < n; j++) {
      const c = cells[i * n + j]
      if (c == 0) continue
      cells[i * n + j] = 0
      const p = c / total
      const lj = trueLevel[j + 1]
      column[k] = j
      value[k++] = p
      row += p
      cols[j] = cols[j] + p
      bySum[li + lj - 2] = bySum[li + lj - 2] + p
      const d = abs(li - lj)
      byDifference[d] = byDifference[d] + p
      energy += p * p
      maximum = max(maximum, p)
      if (few || p < leastExpanded) hxy -= p * Math.log2(p + eps)
      else {
        hxy -= p * logarithmOf(c)
        shareExpanded += p
        expanded++
      }
      auto += p * f64(li) * f64(lj)
    }
    rows[i] = row
  }
  start[n] = k

  // log2(c / total + eps) = log2 c - log2 total + eps total / (c ln 2), exact to (eps / p)^2.
  if (!few) hxy += shareExpanded * Math.log2(total) - (eps / Math.LN2) * f64(expanded)

  let meanX: f64 = 0, meanY: f64 = 0
  for (let i = 0; i < n; i++) {
    meanX += rows[i] * f64(trueLevel[i + 1])
    meanY += cols[i] * f64(trueLevel[i + 1])
  }
  let covariance: f64 = 0
  for (let i = 0; i < n; i++) {
    const dx = f64(trueLevel[i + 1]) - meanX
    for (let at = start[i]; at < start[i + 1]; at++) covariance += value[at] * dx * (f64(trueLevel[column[at] + 1]) - meanY)
  }
  result[0] = energy
  result[1] = maximum
  result[2] = hxy
  result[5] = auto
  result[6] = covariance
  result[7] = meanX
  result[8] = meanY
  if (few) entropiesByTerm(n, rows, cols, start, column, value, result)
  else entropiesByMarginals(n, rows, cols, start, column, value, result)
}

/** HXY1 = -sum p log2(px py + eps), HXY2 = -sum px py log2(px py + eps), as written. */
function entropiesByTerm(n: i32, px: F64s, py: F64s, start: I32s, column: I32s, value: F64s, out: F64s): void {
  let hxy1: f64 = 0, hxy2: f64 = 0
  for (let i = 0; i < n; i++) {
    let at = start[i]
    const end = start[i + 1]
    for (let j = 0; j < n; j++) {
      const q = px[i] * py[j]
      const bits = Math.log2(q + eps)
      hxy2 -= q * bits
      if (at < end && column[at] == j) hxy1 -= value[at++] * bits
    }
  }
  out[3] = hxy1
  out[4] = hxy2
}

/**
 * The same with log2(px py + eps) = log2 px + log2 py + eps / (px py ln 2) where px py is not below leastExpanded: n logarithms
 * instead of n^2. The others stand as written.
 */
function entropiesByMarginals(n: i32, px: F64s, py: F64s, start: I32s, column: I32s, value: F64s, out: F64s): void {
  const perBit = eps / Math.LN2
  let hxy1: f64 = 0, hxy2: f64 = 0, rowsInUse: f64 = 0, columnsInUse: f64 = 0, ratio: f64 = 0
  let leastX: f64 = 1, leastY: f64 = 1
  for (let i = 0; i < n; i++) {
    if (px[i] > 0) {
      hxy2 -= px[i] * Math.log2(px[i])
      rowsInUse++
      leastX = min(leastX, px[i])
    }
    if (py[i] > 0) {
      hxy2 -= py[i] * Math.log2(py[i])
      columnsInUse++
      leastY = min(leastY, py[i])
    }
  }
  hxy1 = hxy2
  if (leastX * leastY >= leastExpanded) {
    for (let i = 0; i < n; i++) for (let at = start[i]; at < start[i + 1]; at++) ratio += value[at] / (px[i] * py[column[at]])
    out[3] = hxy1 - perBit * ratio
    out[4] = hxy2 - perBit * rowsInUse * columnsInUse
    return
  }
  let expanded: f64 = 0
  for (let i = 0; i < n; i++) {
    if (px[i] == 0) continue
    const bitsX = Math.log2(px[i])
    let at = start[i]
    const end = start[i + 1]
    for (let j = 0; j < n; j++) {
      if (py[j] == 0) continue
      const q = px[i] * py[j]
      const p = at < end && column[at] == j ? value[at++] : 0
      if (q >= leastExpanded) {
        expanded++
        if (p > 0) ratio += p / q
        continue
      }
      const correction = Math.log2(q + eps) - bitsX - Math.log2(py[j])
      hxy1 -= p * correction
      hxy2 -= q * correction
    }
  }
  out[3] = hxy1 - perBit * ratio
  out[4] = hxy2 - perBit * expanded
}
