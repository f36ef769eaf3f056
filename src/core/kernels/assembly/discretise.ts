import { F64s, I32s, U16s, U8s } from './views'

/**
 * Collects the values inside the mask, and for each its place in the padded level image (see discretise.ts of features).
 * `places` may be 0 when only values are wanted. Returns how many there are.
 */
export function gatherRegion(
  image: usize, mask: usize, nx: i32, ny: i32, nz: i32, rowStride: i32, sliceStride: i32, base: i32, values: usize, places: usize,
): i32 {
  const source = changetype<F64s>(image)
  const inside = changetype<U8s>(mask)
  const value = changetype<F64s>(values)
  const place = changetype<I32s>(places)
  let count = 0
  let i = 0
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const row = base + y * rowStride + z * sliceStride
      for (let x = 0; x < nx; x++, i++) {
        if (inside[i]) {
          value[count] = source[i]
          if (places) place[count] = row + x
          count++
        }
      }
    }
  }
  return count
}

/** The least value as Python's min() finds it: NaN stays if it comes first and is passed over otherwise. */
export function firstMinimum(values: usize, count: i32): f64 {
  const value = changetype<F64s>(values)
  let least = value[0]
  for (let i = 1; i < count; i++) if (value[i] < least) least = value[i]
  return least
}

export function firstMaximum(values: usize, count: i32): f64 {
  const value = changetype<F64s>(values)
  let most = value[0]
  for (let i = 1; i < count; i++) if (value[i] > most) most = value[i]
  return most
}

/**
 * How many of the edges `low + i * step` (i = 0, 1, ...) are not above x, at most `top`; edges are float32 numbers if `single`.
 * The quotient is a guess that rounding may put one off: the edges themselves decide.
 */
@inline
function levelOf(x: f64, low: f64, step: f64, single: bool, top: f64): f64 {
  let level = floor((x - low) / step) + 1
  if (single) {
    const s = f32(x)
    const start = f32(low)
    const width = f32(step)
    while (start + f32(level) * width <= s) level++
    while (start + f32(level - 1) * width > s) level--
  } else {
    while (low + level * step <= x) level++
    while (low + (level - 1) * step > x) level--
  }
  return min(level, top)
}

/** Grey level of every value; NaN gets `nanLevel`. Returns the highest level. */
export function assignLevels(values: usize, count: i32, low: f64, step: f64, single: bool, top: f64, nanLevel: i32, levels: usize): i32 {
  const value = changetype<F64s>(values)
  const level = changetype<I32s>(levels)
  let highest = 0
  for (let i = 0; i < count; i++) {
    const x = value[i]
    const l = x == x ? i32(levelOf(x, low, step, single, top)) : nanLevel
    level[i] = l
    highest = max(highest, l)
  }
  return highest
}

/** Histogram of ascending values (no NaN): `counts` (int32) by level that occurs. Returns how many levels occur. */
export function histogramOfSorted(values: usize, count: i32, low: f64, step: f64, single: bool, top: f64, counts: usize): i32 {
  const value = changetype<F64s>(values)
  const times = changetype<I32s>(counts)
  let bins = 0
  let before: f64 = -1
  for (let i = 0; i < count; i++) {
    const level = levelOf(value[i], low, step, single, top)
    if (level != before) {
      times[bins++] = 0
      before = level
    }
    times[bins - 1] = times[bins - 1] + 1
  }
  return bins
}

/**
 * Counts equal levels, and numbers the levels that occur 1, 2, ... in ascending order.
 * `indexOf` has highest + 1 entries and must be zero; `present[index]` becomes the true level, `counts[index]` how often it occurs.
 */
export function compactLevels(levels: usize, count: i32, highest: i32, indexOf: usize, present: usize, counts: usize): i32 {
  const level = changetype<I32s>(levels)
  const index = changetype<I32s>(indexOf)
  for (let i = 0; i < count; i++) index[level[i]] = index[level[i]] + 1
  const trueLevel = changetype<I32s>(present)
  const times = changetype<I32s>(counts)
  let n = 0
  for (let l = 1; l <= highest; l++) {
    if (!index[l]) continue
    n++
    trueLevel[n] = l
    times[n] = index[l]
    index[l] = n
  }
  return n
}

/** Writes the index of each voxel's level to its place in the level image, which must be zero elsewhere. */
export function placeLevels(places: usize, levels: usize, count: i32, indexOf: usize, target: usize): void {
  const place = changetype<I32s>(places)
  const level = changetype<I32s>(levels)
  const index = changetype<I32s>(indexOf)
  const image = changetype<U16s>(target)
  for (let i = 0; i < count; i++) image[place[i]] = u16(index[level[i]])
}

/** Clears memory; allocations are not cleared. */
export function clear(pointer: usize, bytes: i32): void {
  memory.fill(pointer, 0, bytes)
}
