import { F64s, I32s, U16s } from './views'

@inline
function rootOf(parent: I32s, at: i32): i32 {
  while (parent[at] != at) {
    const above = parent[parent[at]]
    parent[at] = above
    at = above
  }
  return at
}

@inline
function join(parent: I32s, a: i32, b: i32): void {
  const root = rootOf(parent, a)
  const other = rootOf(parent, b)
  if (other < root) parent[root] = other
  else parent[other] = root
}

/**
 * Joins neighbours of equal level to zones (union-find). `offsets` are half of the neighbourhood (int32).
 * @param from, to part of the level image that holds the region
 * @param parents, sizes int32, as long as the level image
 * @param zoneLevel, zoneSize level index and voxels of each zone (int32, at most `count`). Returns the number of zones.
 */
export function findZones(
  levels: usize, places: usize, count: i32, from: i32, to: i32, offsets: usize, offsetCount: i32, parents: usize, sizes: usize, zoneLevel: usize, zoneSize: usize,
): i32 {
  const level = changetype<U16s>(levels)
  const place = changetype<I32s>(places)
  const offset = changetype<I32s>(offsets)
  const parent = changetype<I32s>(parents)
  const size = changetype<I32s>(sizes)
  const levelOfZone = changetype<I32s>(zoneLevel)
  const sizeOfZone = changetype<I32s>(zoneSize)
  for (let v = 0; v < count; v++) {
    const at = place[v]
    parent[at] = at
    size[at] = 0
  }
  for (let at = from; at < to; at += 8) {
    const own = v128.load(levels + (<usize>at << 1))
    const outside = i16x8.eq(own, i16x8.splat(0))
    for (let k = 0; k < offsetCount; k++) {
      const o = offset[k]
      let equal = i16x8.bitmask(v128.andnot(i16x8.eq(own, v128.load(levels + (<usize>(at + o) << 1))), outside))
      for (; equal; equal &= equal - 1) {
        const lane = at + ctz(equal)
        join(parent, lane, lane + o)
      }
    }
  }
  for (let v = 0; v < count; v++) {
    const root = rootOf(parent, place[v])
    size[root] = size[root] + 1
  }
  let zones = 0
  for (let v = 0; v < count; v++) {
    const at = place[v]
    if (!size[at]) continue
    levelOfZone[zones] = i32(level[at])
    sizeOfZone[zones++] = size[at]
  }
  return zones
}

/**
 * Zone sizes that occur, ascending: `columnOf[size]` becomes its column + 1, `sizes` the list (float64). Returns how many.
 * @param columnOf largest possible size + 1 int32, zero
 */
export function listSizes(zoneSize: usize, zones: i32, largest: i32, columnOf: usize, sizes: usize): i32 {
  const sizeOfZone = changetype<I32s>(zoneSize)
  const column = changetype<I32s>(columnOf)
  const size = changetype<F64s>(sizes)
  for (let k = 0; k < zones; k++) column[sizeOfZone[k]] = 1
  let columns = 0
  for (let s = 1; s <= largest; s++) {
    if (!column[s]) continue
    size[columns++] = f64(s)
    column[s] = columns
  }
  return columns
}

export function countZones(zoneLevel: usize, zoneSize: usize, zones: i32, columnOf: usize, columns: i32, matrix: usize): void {
  const levelOfZone = changetype<I32s>(zoneLevel)
  const sizeOfZone = changetype<I32s>(zoneSize)
  const column = changetype<I32s>(columnOf)
  const cell = changetype<F64s>(matrix)
  for (let k = 0; k < zones; k++) {
    const index = (levelOfZone[k] - 1) * columns + column[sizeOfZone[k]] - 1
    cell[index] = cell[index] + 1
  }
}

/**
 * The least value of each zone, in the order of `findZones`, whose parents and sizes are taken over (sizes become zone numbers).
 * @param values int32, a value for each voxel in the order of places
 * @param zoneValue int32, a place for each zone
 */
export function leastOfZones(places: usize, count: i32, parents: usize, sizes: usize, values: usize, zoneValue: usize): void {
  const place = changetype<I32s>(places)
  const parent = changetype<I32s>(parents)
  const number = changetype<I32s>(sizes)
  const value = changetype<I32s>(values)
  const least = changetype<I32s>(zoneValue)
  // The root of a zone is its first voxel.
  let zones = 0
  for (let v = 0; v < count; v++) {
    const at = place[v]
    if (number[at]) {
      least[zones++] = value[v]
      number[at] = zones
    }
    const zone = number[rootOf(parent, at)] - 1
    least[zone] = min(least[zone], value[v])
  }
}
