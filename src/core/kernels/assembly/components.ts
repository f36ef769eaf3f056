import { I32s, U8s } from './views'

/**
 * Numbers the connected parts of a mask from 1, in the order of their first voxels: union-find over positions, the lower one as root.
 * @param corners 0: voxels touch by faces (6 neighbours); 1: by edges and corners too (26)
 * @param labels int32, 0 outside
 * @returns how many parts there are
 */
export function labelComponents(mask: usize, nx: i32, ny: i32, nz: i32, corners: i32, labels: usize): i32 {
  const m = changetype<U8s>(mask)
  // Until the last pass a voxel's label is 1 + the position of its parent.
  const parents = changetype<I32s>(labels)
  const row = nx
  const plane = nx * ny
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (m[i] == 0) {
          parents[i] = 0
          continue
        }
        parents[i] = i + 1
        if (corners) {
          for (let dz = z > 0 ? -1 : 0; dz <= 0; dz++) {
            for (let dy = y > 0 ? -1 : 0, lastY = dz < 0 && y < ny - 1 ? 1 : 0; dy <= lastY; dy++) {
              const same = dz == 0 && dy == 0
              for (let dx = x > 0 ? -1 : 0, lastX = same ? -1 : x < nx - 1 ? 1 : 0; dx <= lastX; dx++) {
                const other = i + dx + row * dy + plane * dz
                if (m[other] != 0) join(parents, i, other)
              }
            }
          }
        } else {
          if (x > 0 && m[i - 1] != 0) join(parents, i, i - 1)
          if (y > 0 && m[i - row] != 0) join(parents, i, i - row)
          if (z > 0 && m[i - plane] != 0) join(parents, i, i - plane)
        }
      }
    }
  }
  // A parent stands before its child, so it has its number already.
  const count = plane * nz
  let parts = 0
  for (let i = 0; i < count; i++) {
    const parent = parents[i] - 1
    if (parent == i) parents[i] = ++parts
    else if (parent >= 0) parents[i] = parents[parent]
  }
  return parts
}

/** How many voxels each label has; `sizes` is int32, one a label from 0 on, cleared here. */
export function countLabels(labels: usize, count: i32, parts: i32, sizes: usize): void {
  const l = changetype<I32s>(labels)
  const s = changetype<I32s>(sizes)
  for (let i = 0; i <= parts; i++) s[i] = 0
  for (let i = 0; i < count; i++) s[l[i]] = s[l[i]] + 1
}

function join(parents: I32s, a: i32, b: i32): void {
  const one = rootOf(parents, a)
  const other = rootOf(parents, b)
  if (one < other) parents[other] = one + 1
  else parents[one] = other + 1
}

@inline function rootOf(parents: I32s, at: i32): i32 {
  while (parents[at] != at + 1) {
    const next = parents[at] - 1
    parents[at] = parents[next]
    at = next
  }
  return at
}
