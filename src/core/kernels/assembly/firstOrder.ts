import { F64s } from './views'

/** Sum in numpy's order (pairwise, blocks of 128, eight accumulators): the mean of a flat region then cancels as it does there. */
export function pairwiseSum(values: usize, count: i32): f64 {
  const value = changetype<F64s>(values)
  if (count < 8) {
    let sum: f64 = 0
    for (let i = 0; i < count; i++) sum += value[i]
    return sum
  }
  if (count > 128) {
    let half = count >> 1
    half -= half & 7
    return pairwiseSum(values, half) + pairwiseSum(values + (<usize>half << 3), count - half)
  }
  let s0 = value[0], s1 = value[1], s2 = value[2], s3 = value[3], s4 = value[4], s5 = value[5], s6 = value[6], s7 = value[7]
  let i = 8
  for (; i < count - (count & 7); i += 8) {
    s0 += value[i]
    s1 += value[i + 1]
    s2 += value[i + 2]
    s3 += value[i + 3]
    s4 += value[i + 4]
    s5 += value[i + 5]
    s6 += value[i + 6]
    s7 += value[i + 7]
  }
  let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7))
  for (; i < count; i++) sum += value[i]
  return sum
}

/** Moves the NaN out: returns how many values are left. */
export function dropNaN(values: usize, count: i32): i32 {
  const value = changetype<F64s>(values)
  let kept = 0
  for (let i = 0; i < count; i++) {
    const x = value[i]
    if (x == x) value[kept++] = x
  }
  return kept
}

/**
 * Sums of the values about their mean. `sums`: (x + shift)^2, |x - mean|, (x - mean)^2, ^3, ^4.
 * @param scratch as large as `values`
 */
export function firstOrderSums(values: usize, count: i32, shift: f64, mean: f64, scratch: usize, sums: usize): void {
  const value = changetype<F64s>(values)
  const term = changetype<F64s>(scratch)
  const sum = changetype<F64s>(sums)
  for (let i = 0; i < count; i++) {
    const x = value[i] + shift
    term[i] = x * x
  }
  sum[0] = pairwiseSum(scratch, count)
  for (let i = 0; i < count; i++) term[i] = abs(value[i] - mean)
  sum[1] = pairwiseSum(scratch, count)
  for (let power = 2; power <= 4; power++) {
    for (let i = 0; i < count; i++) {
      const d = value[i] - mean
      const square = d * d
      term[i] = power == 2 ? square : power == 3 ? square * d : square * square
    }
    sum[power] = pairwiseSum(scratch, count)
  }
}

/** Mean absolute deviation, around their own mean, of the values in [low, high]. */
export function robustDeviation(values: usize, count: i32, low: f64, high: f64, scratch: usize): f64 {
  const value = changetype<F64s>(values)
  const kept = changetype<F64s>(scratch)
  let n = 0
  for (let i = 0; i < count; i++) {
    const x = value[i]
    if (x >= low && x <= high) kept[n++] = x
  }
  const mean = pairwiseSum(scratch, n) / f64(n)
  for (let i = 0; i < n; i++) kept[i] = abs(kept[i] - mean)
  return pairwiseSum(scratch, n) / f64(n)
}
