import { F64s, I32s, U16s } from './views'

/**
 * Grey level dependence: matrix[level index - 1][neighbours with |difference of true levels| <= alpha] += 1.
 * @param from, to part of the level image that holds the region
 * @param offsets of the neighbours (int32); present[0] must lie farther off than alpha.
 */
export function countDependences(
  levels: usize, from: i32, to: i32, offsets: usize, offsetCount: i32, present: usize, alpha: i32, matrix: usize,
): void {
  const level = changetype<U16s>(levels)
  const offset = changetype<I32s>(offsets)
  const cell = changetype<F64s>(matrix)
  const columns = offsetCount + 1
  for (let at = from; at < to; at += 8) {
    const own = v128.load(levels + (<usize>at << 1))
    if (!v128.any_true(own)) continue
    if (alpha == 0) {
      let equal = i16x8.splat(0)
      // Equal lanes are -1.
      for (let k = 0; k < offsetCount; k++) equal = i16x8.sub(equal, i16x8.eq(own, v128.load(levels + (<usize>(at + offset[k]) << 1))))
      store<v128>(equalBuffer, equal)
    }
    for (let lane = 0; lane < 8; lane++) {
      const index = i32(level[at + lane])
      if (!index) continue
      const neighbours =
        alpha == 0
          ? i32(load<u16>(equalBuffer + (<usize>lane << 1)))
          : dependentNeighbours(level, at + lane, offset, offsetCount, changetype<I32s>(present), alpha)
      const c = (index - 1) * columns + neighbours
      cell[c] = cell[c] + 1
    }
  }
}

function dependentNeighbours(level: U16s, at: i32, offset: I32s, offsetCount: i32, trueLevel: I32s, alpha: i32): i32 {
  const own = trueLevel[i32(level[at])]
  let dependent = 0
  for (let k = 0; k < offsetCount; k++) dependent += i32(abs(trueLevel[i32(level[at + offset[k]])] - own) <= alpha)
  return dependent
}

const equalBuffer = memory.data(16, 16)

/**
 * Neighbouring grey tone difference: differences[level index - 1] += |level - mean level of the neighbours in the region|.
 * @param from, to part of the level image that holds the region
 * @param trueLevels int32, as long as the level image, zero: becomes the image of true levels
 * @param withNeighbours int32 by level index - 1: voxels that have a neighbour in the region are added
 */
export function sumDifferences(
  levels: usize, places: usize, count: i32, from: i32, to: i32, offsets: usize, offsetCount: i32, present: usize, trueLevels: usize, differences: usize,
  withNeighbours: usize,
): void {
  const level = changetype<U16s>(levels)
  const place = changetype<I32s>(places)
  const offset = changetype<I32s>(offsets)
  const levelOfIndex = changetype<I32s>(present)
  const trueLevel = changetype<I32s>(trueLevels)
  const difference = changetype<F64s>(differences)
  const neighboured = changetype<I32s>(withNeighbours)
  for (let v = 0; v < count; v++) trueLevel[place[v]] = levelOfIndex[i32(level[place[v]])]
  for (let at = from; at < to; at += 4) {
    const own = v128.load(trueLevels + (<usize>at << 2))
    if (!v128.any_true(own)) continue
    let sum = i32x4.splat(0)
    let outside = i32x4.splat(0)
    for (let k = 0; k < offsetCount; k++) {
      const there = v128.load(trueLevels + (<usize>(at + offset[k]) << 2))
      sum = i32x4.add(sum, there)
      // Empty lanes are -1.
      outside = i32x4.add(outside, i32x4.eq(there, i32x4.splat(0)))
    }
    store<v128>(sumBuffer, sum)
    store<v128>(outsideBuffer, outside)
    for (let lane = 0; lane < 4; lane++) {
      const l = trueLevel[at + lane]
      const neighbours = offsetCount + load<i32>(outsideBuffer + (<usize>lane << 2))
      if (!l || !neighbours) continue
      const index = i32(level[at + lane]) - 1
      neighboured[index] = neighboured[index] + 1
      difference[index] = difference[index] + abs(f64(l) - f64(load<i32>(sumBuffer + (<usize>lane << 2))) / f64(neighbours))
    }
  }
}
const sumBuffer = memory.data(16, 16)
const outsideBuffer = memory.data(16, 16)
