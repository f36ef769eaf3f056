import { I32s, U16s, U8s } from './views'

/*
 * Shortest paths from labelled seeds over the 26 neighbours (Zhu et al. 2014, "An effective interactive medical image segmentation
 * method using fast growcut"): a step costs the difference of the grey levels and a fixed amount a neighbour. Whole costs, so the heap
 * is a ring of buckets (Dial 1969), each a doubly linked list; a voxel is in one list at a time.
 */

const unreached: i32 = 0x7fffffff
const neighbours: i32 = 26
// Places in the state
const CURRENT: i32 = 0
const WAITING: i32 = 1

/** Bytes of the workspace: the state, a distance and two links a voxel, and the heads of the buckets. */
export function growFromSeedsWorkspace(count: i32, buckets: i32): i32 {
  return 16 + 12 * count + 4 * buckets
}

/** @param labels 0 unknown, 255 wall, anything else a seed. The outermost voxels must be walls. */
export function startGrowing(labels: usize, count: i32, buckets: i32, workspace: usize): void {
  const l = changetype<U8s>(labels)
  const state = changetype<I32s>(workspace)
  const distances = changetype<I32s>(workspace + 16)
  const heads = changetype<I32s>(workspace + 16 + 12 * <usize>count)
  for (let b = 0; b < buckets; b++) heads[b] = -1
  state[CURRENT] = 0
  state[WAITING] = 0
  for (let i = 0; i < count; i++) {
    // A wall is nearer than anything, so that no path goes into it.
    distances[i] = l[i] == 255 ? -1 : l[i] == 0 ? unreached : 0
    if (l[i] != 0 && l[i] != 255) insert(workspace, count, heads, 0, i)
  }
}

/**
 * Settles up to `most` voxels, nearest first.
 * @param levels uint16
 * @param steps int32: 26 offsets, then what a step to each costs beside the grey levels; a whole step costs less than `buckets`
 * @returns how many voxels were settled; fewer than `most` when all are
 */
export function continueGrowing(levels: usize, labels: usize, count: i32, steps: usize, buckets: i32, most: i32, workspace: usize): i32 {
  const g = changetype<U16s>(levels)
  const l = changetype<U8s>(labels)
  const s = changetype<I32s>(steps)
  const state = changetype<I32s>(workspace)
  const distances = changetype<I32s>(workspace + 16)
  const heads = changetype<I32s>(workspace + 16 + 12 * <usize>count)
  let current = state[CURRENT]
  let settled = 0
  while (settled < most && state[WAITING] > 0) {
    let bucket = current % buckets
    while (heads[bucket] < 0) {
      current++
      bucket = current % buckets
    }
    const i = heads[bucket]
    remove(workspace, count, heads, bucket, i)
    settled++
    const level = <i32>g[i]
    for (let k = 0; k < neighbours; k++) {
      const j = i + s[k]
      const old = distances[j]
      if (old <= current) continue
      const step = <i32>g[j] - level
      const distance = current + (step < 0 ? -step : step) + s[k + neighbours]
      if (distance >= old) continue
      if (old != unreached) remove(workspace, count, heads, old % buckets, j)
      distances[j] = distance
      l[j] = l[i]
      insert(workspace, count, heads, distance % buckets, j)
    }
  }
  state[CURRENT] = current
  return settled
}

@inline function insert(workspace: usize, count: i32, heads: I32s, bucket: i32, i: i32): void {
  const next = changetype<I32s>(workspace + 16 + 4 * <usize>count)
  const previous = changetype<I32s>(workspace + 16 + 8 * <usize>count)
  const state = changetype<I32s>(workspace)
  const head = heads[bucket]
  next[i] = head
  previous[i] = -1
  if (head >= 0) previous[head] = i
  heads[bucket] = i
  state[WAITING] = state[WAITING] + 1
}

@inline function remove(workspace: usize, count: i32, heads: I32s, bucket: i32, i: i32): void {
  const next = changetype<I32s>(workspace + 16 + 4 * <usize>count)
  const previous = changetype<I32s>(workspace + 16 + 8 * <usize>count)
  const state = changetype<I32s>(workspace)
  if (previous[i] >= 0) next[previous[i]] = next[i]
  else heads[bucket] = next[i]
  if (next[i] >= 0) previous[next[i]] = previous[i]
  state[WAITING] = state[WAITING] - 1
}
