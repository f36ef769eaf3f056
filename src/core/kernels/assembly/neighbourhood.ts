import { F64s, I32s, U16s } from './views'

/**
 * Grey level dependence: matrix[level index - 1][neighbours with |difference of true levels| <= alpha] += 1.
 * @param offsets of the neighbours (int32); present[0] must lie farther off than alpha.
 */
export function countDependences(
  levels: usize, places: usize, count: i32, offsets: usize, offsetCount: i32, present: usize, alpha: i32, matrix: usize,
): void {
  const level = changetype<U16s>(levels)
  const place = changetype<I32s>(places)
  const offset = changetype<I32s>(offsets)
  const trueLevel = changetype<I32s>(present)
  const cell = changetype<F64s>(matrix)
  const columns = offsetCount + 1
  for (let v = 0; v < count; v++) {
    const at = place[v]
    const index = i32(level[at])
    const l = trueLevel[index]
    let dependent = 0
    if (alpha == 0) {
      for (let k = 0; k < offsetCount; k++) dependent += i32(i32(level[at + offset[k]]) == index)
    } else {
      for (let k = 0; k < offsetCount; k++) dependent += i32(abs(trueLevel[i32(level[at + offset[k]])] - l) <= alpha)
    }
    const c = (index - 1) * columns + dependent
    cell[c] = cell[c] + 1
  }
}

/**
 * Neighbouring grey tone difference: differences[level index - 1] += |level - mean level of the neighbours in the region|.
 * @param packed int64 for index 0..n: 2^32 + true level, 0 for index 0, so that one addition counts and sums
 */
export function sumDifferences(
  levels: usize, places: usize, count: i32, offsets: usize, offsetCount: i32, packed: usize, differences: usize,
): void {
  const level = changetype<U16s>(levels)
  const place = changetype<I32s>(places)
  const offset = changetype<I32s>(offsets)
  const difference = changetype<F64s>(differences)
  for (let v = 0; v < count; v++) {
    const at = place[v]
    let both: i64 = 0
    for (let k = 0; k < offsetCount; k++) both += load<i64>(packed + (<usize>level[at + offset[k]] << 3))
    if (both == 0) continue
    const index = i32(level[at])
    const own = f64(load<i32>(packed + (<usize>index << 3)))
    const mean = f64(both & 0xffffffff) / f64(both >> 32)
    difference[index - 1] = difference[index - 1] + abs(own - mean)
  }
}
