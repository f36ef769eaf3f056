import { F64s, I32s, U8s } from './views'

/*
 * Largest distances between the vertices of a mask's mesh: the middles of the edges between a voxel inside and a
 * neighbour outside, here as integers in half voxels. All pairs would be compared in O(n^2); instead:
 * a largest distance is attained between corners of the convex hull, of the plane's for a distance within a plane. A
 * corner of the hull of all is also one of the hull of every plane through it. So the hulls of all planes along z, y and
 * x give the three distances in planes, and the vertices on all three of their hulls are the few that can be the ends of
 * the 3D diameter. Hulls are found in integers and do not depend on the spacing: the result is exact.
 */

/** Bytes of workspace for `meshDiameters`. */
export function meshDiametersBytes(nx: i32, ny: i32, nz: i32): usize {
  const x = <usize>(2 * nx - 1)
  const y = <usize>(2 * ny - 1)
  const z = <usize>(2 * nz - 1)
  const longest = max(x, max(y, z))
  return linesBytes(z * y) + linesBytes(y * x) + longest * 16 + z * y * 2 * 32
}

/** Bytes of the first and last vertex of `n` lines and of two marks for each, kept a multiple of eight. */
@inline
function linesBytes(n: usize): usize { return n * 8 + ((n * 2 + 7) & ~7) }

/**
 * @param mask (nx, ny, nz) bytes of 0 or 1 with an empty border.
 * @param workspace `meshDiametersBytes(nx, ny, nz)` bytes, 8-byte aligned.
 * @param result 4 float64: largest distance with equal z, with equal y, with equal x, and of all; 0 without vertices.
 */
export function meshDiameters(mask: usize, nx: i32, ny: i32, nz: i32, sx: f64, sy: f64, sz: f64, workspace: usize, result: usize): void {
  const X = 2 * nx - 1
  const Y = 2 * ny - 1
  const Z = 2 * nz - 1
  const linesX = workspace
  const marksX = linesX + <usize>(Z * Y) * 8
  const linesZ = linesX + linesBytes(<usize>(Z * Y))
  const marksZ = linesZ + <usize>(Y * X) * 8
  const hull = linesZ + linesBytes(<usize>(Y * X))
  const ends = hull + <usize>max(X, max(Y, Z)) * 16
  findLineEnds(mask, nx, ny, nz, linesX, linesZ)
  memory.fill(marksX, 0, <usize>(Z * Y) * 2)
  memory.fill(marksZ, 0, <usize>(Y * X) * 2)

  const hx = sx / 2
  const hy = sy / 2
  const hz = sz / 2
  let equalZ: f64 = 0
  let equalY: f64 = 0
  let equalX: f64 = 0
  for (let z = 0; z < Z; z++) equalZ = max(equalZ, planeDiameter(linesX, marksX, z * Y, 1, Y, hx, hy, hull, 1))
  for (let y = 0; y < Y; y++) equalY = max(equalY, planeDiameter(linesX, marksX, y, Y, Z, hx, hz, hull, 2))
  for (let x = 0; x < X; x++) equalX = max(equalX, planeDiameter(linesZ, marksZ, x, X, Y, hz, hy, hull, 1))
  const out = changetype<F64s>(result)
  out[0] = Math.sqrt(equalZ)
  out[1] = Math.sqrt(equalY)
  out[2] = Math.sqrt(equalX)

  const count = collectHullCorners(linesX, marksX, linesZ, marksZ, X, Y, Z, hx, hy, hz, ends)
  out[3] = Math.sqrt(farthestPair(ends, count, max(equalZ, max(equalY, equalX))))
}

/** First and last vertex (-1: none) of every line along x, at z * Y + y, and of every line along z, at y * X + x. */
function findLineEnds(mask: usize, nx: i32, ny: i32, nz: i32, linesX: usize, linesZ: usize): void {
  const X = 2 * nx - 1
  const Y = 2 * ny - 1
  const Z = 2 * nz - 1
  memory.fill(linesX, 0xff, <usize>(Z * Y) * 8)
  memory.fill(linesZ, 0xff, <usize>(Y * X) * 8)
  const row = <usize>nx
  const slice = row * <usize>ny
  // The border is empty: no vertex lies beyond the last but one voxel.
  for (let z = 0; z < nz - 1; z++) {
    for (let y = 0; y < ny - 1; y++) {
      const near = mask + slice * <usize>z + row * <usize>y
      let x = 0
      while (x < nx - 1) {
        const at = near + <usize>x
        if (x + 9 <= nx) {
          const word = load<u64>(at)
          if (word === load<u64>(at, 1) && word === load<u64>(at + row) && word === load<u64>(at + slice)) {
            x += 8
            continue
          }
        }
        const inside = load<u8>(at)
        if (inside !== load<u8>(at, 1)) {
          extend(linesX, 2 * z * Y + 2 * y, 2 * x + 1)
          extend(linesZ, 2 * y * X + 2 * x + 1, 2 * z)
        }
        if (inside !== load<u8>(at + row)) {
          extend(linesX, 2 * z * Y + 2 * y + 1, 2 * x)
          extend(linesZ, (2 * y + 1) * X + 2 * x, 2 * z)
        }
        if (inside !== load<u8>(at + slice)) {
          extend(linesX, (2 * z + 1) * Y + 2 * y, 2 * x)
          extend(linesZ, 2 * y * X + 2 * x, 2 * z + 1)
        }
        x++
      }
    }
  }
}

/** Vertices come in ascending order: the first stays, the last is replaced. */
@inline
function extend(lines: usize, line: i32, position: i32): void {
  const ends = lines + (<usize>line << 3)
  if (load<i32>(ends) < 0) store<i32>(ends, position)
  store<i32>(ends, position, 4)
}

/**
 * Squared diameter of the vertices in one plane, given as the line ends at start, start + stride ...; marks the corners
 * of the plane's hull with `bit`.
 */
function planeDiameter(lines: usize, marks: usize, start: i32, stride: i32, rows: i32, alongMm: f64, acrossMm: f64, hull: usize, bit: u8): f64 {
  const corners = changetype<I32s>(hull)
  const firsts = halfHull(lines, marks, start, stride, rows, 0, hull, bit)
  const count = firsts + halfHull(lines, marks, start, stride, rows, 1, hull + (<usize>firsts << 3), bit)
  let best: f64 = 0
  for (let i = 1; i < count; i++) {
    const row = corners[2 * i]
    const position = corners[2 * i + 1]
    for (let j = 0; j < i; j++) {
      const u = <f64>(position - corners[2 * j + 1]) * alongMm
      const v = <f64>(row - corners[2 * j]) * acrossMm
      const squared = u * u + v * v
      if (squared > best) best = squared
    }
  }
  return best
}

/** Corners (row, position) of the hull on the side of the first (side 0) or last (side 1) vertices; returns their number. */
function halfHull(lines: usize, marks: usize, start: i32, stride: i32, rows: i32, side: i32, hull: usize, bit: u8): i32 {
  const ends = changetype<I32s>(lines)
  const corners = changetype<I32s>(hull)
  const sign = side === 0 ? 1 : -1
  let n = 0
  for (let row = 0; row < rows; row++) {
    const position = ends[2 * (start + row * stride) + side]
    if (position < 0) continue
    while (n >= 2) {
      const r0 = corners[2 * n - 4]
      const p0 = corners[2 * n - 3]
      if (sign * ((corners[2 * n - 1] - p0) * (row - r0) - (position - p0) * (corners[2 * n - 2] - r0)) < 0) break
      n--
    }
    corners[2 * n] = row
    corners[2 * n + 1] = position
    n++
  }
  const flags = changetype<U8s>(marks)
  for (let i = 0; i < n; i++) {
    const entry = 2 * (start + corners[2 * i] * stride) + side
    flags[entry] = flags[entry] | bit
  }
  return n
}

/** Positions in mm of the vertices that are corners of the hulls of all three planes through them, four float64 each. */
function collectHullCorners(linesX: usize, marksX: usize, linesZ: usize, marksZ: usize, X: i32, Y: i32, Z: i32, hx: f64, hy: f64, hz: f64, target: usize): i32 {
  const endsX = changetype<I32s>(linesX)
  const endsZ = changetype<I32s>(linesZ)
  const flagsX = changetype<U8s>(marksX)
  const flagsZ = changetype<U8s>(marksZ)
  const points = changetype<F64s>(target)
  let count = 0
  for (let z = 0; z < Z; z++) {
    for (let y = 0; y < Y; y++) {
      for (let side = 0; side < 2; side++) {
        const entry = 2 * (z * Y + y) + side
        if (flagsX[entry] !== 3) continue
        const x = endsX[entry]
        const other = 2 * (y * X + x)
        if (!((endsZ[other] === z && flagsZ[other] !== 0) || (endsZ[other + 1] === z && flagsZ[other + 1] !== 0))) continue
        points[4 * count] = <f64>x * hx
        points[4 * count + 1] = <f64>y * hy
        points[4 * count + 2] = <f64>z * hz
        count++
      }
    }
  }
  return count
}

/**
 * Largest squared distance of all pairs, at least `known`. The fourth number of a point becomes its distance from the
 * middle: a pair is no longer than both together, which spares the points near the middle all their pairs.
 */
function farthestPair(target: usize, count: i32, known: f64): f64 {
  const points = changetype<F64s>(target)
  let cx: f64 = 0
  let cy: f64 = 0
  let cz: f64 = 0
  for (let i = 0; i < count; i++) {
    cx += points[4 * i]
    cy += points[4 * i + 1]
    cz += points[4 * i + 2]
  }
  cx /= <f64>count
  cy /= <f64>count
  cz /= <f64>count
  let radius: f64 = 0
  for (let i = 0; i < count; i++) {
    const x = points[4 * i] - cx
    const y = points[4 * i + 1] - cy
    const z = points[4 * i + 2] - cz
    const r = Math.sqrt(x * x + y * y + z * z)
    points[4 * i + 3] = r
    radius = max(radius, r)
  }
  // A little more than 1, so that rounding never drops a pair that counts.
  const safe: f64 = 1 + 1e-9
  let best = known
  for (let i = 0; i < count; i++) {
    const reach = (points[4 * i + 3] + radius) * safe
    if (reach * reach < best) continue
    const px = points[4 * i]
    const py = points[4 * i + 1]
    const pz = points[4 * i + 2]
    for (let j = 0; j < i; j++) {
      const x = points[4 * j] - px
      const y = points[4 * j + 1] - py
      const z = points[4 * j + 2] - pz
      const squared = x * x + y * y + z * z
      if (squared > best) best = squared
    }
  }
  return best
}
