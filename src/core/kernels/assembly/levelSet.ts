import { F32s, I32s, U8s } from './views'

/*
 * A contour as the zero of a level set in a narrow band: phi in mm, negative inside (Osher and Sethian 1988; Adalsteinsson and Sethian
 * 1995). All arrays have a frame of one voxel that never changes, so that neighbours need no look at the borders.
 */

const far: f32 = 1e6

/** Bytes of the workspace: a list, a change and a flag a voxel. */
export function contourWorkspace(count: i32): i32 { return 9 * count }

/**
 * Makes phi the distance to its own zero again, in the voxels next to it and `layers` more on both sides; +-1e6 beyond. Next to the
 * zero by linear interpolation along the axes, then by the upwind solution of |grad phi| = 1, in three sweeps.
 * @returns how many voxels are in the band; they are listed in the workspace
 */
export function rebuildBand(phi: usize, nx: i32, ny: i32, nz: i32, sx: f32, sy: f32, sz: f32, layers: i32, workspace: usize): i32 {
  const p = changetype<F32s>(phi)
  const plane = nx * ny
  const count = plane * nz
  const list = changetype<I32s>(workspace)
  const distances = changetype<F32s>(workspace + 4 * <usize>count)
  const flags = changetype<U8s>(workspace + 8 * <usize>count)
  memory.fill(workspace + 8 * <usize>count, 0, count)
  let n = 0
  for (let z = 1; z < nz - 1; z++) {
    for (let y = 1; y < ny - 1; y++) {
      for (let x = 1, i = 1 + nx * (y + ny * z); x < nx - 1; x++, i++) {
        const here = p[i]
        const inside = here < 0
        // The frame goes on as its neighbour: the border of the box is no contour.
        const xm = near(p[i - 1], here), xp = near(p[i + 1], here)
        const ym = near(p[i - nx], here), yp = near(p[i + nx], here)
        const zm = near(p[i - plane], here), zp = near(p[i + plane], here)
        const crossesX = (xm < 0) != inside || (xp < 0) != inside
        const crossesY = (ym < 0) != inside || (yp < 0) != inside
        const crossesZ = (zm < 0) != inside || (zp < 0) != inside
        if (!crossesX && !crossesY && !crossesZ) continue
        let sum: f32 = 0
        if (crossesX) sum += reciprocalSquare(toZero(here, xm, xp, sx))
        if (crossesY) sum += reciprocalSquare(toZero(here, ym, yp, sy))
        if (crossesZ) sum += reciprocalSquare(toZero(here, zm, zp, sz))
        distances[n] = 1 / Mathf.sqrt(sum)
        list[n] = i
        n++
      }
    }
  }
  for (let i = 0; i < count; i++) p[i] = p[i] < 0 ? -far : far
  const first = n
  for (let k = 0; k < n; k++) {
    const i = list[k]
    p[i] = p[i] < 0 ? -distances[k] : distances[k]
    flags[i] = 1
  }
  let from = 0
  for (let layer = 0; layer < layers; layer++) {
    const end = n
    for (let k = from; k < end; k++) {
      const i = list[k]
      n = addToBand(i - 1, nx, ny, nz, flags, list, n)
      n = addToBand(i + 1, nx, ny, nz, flags, list, n)
      n = addToBand(i - nx, nx, ny, nz, flags, list, n)
      n = addToBand(i + nx, nx, ny, nz, flags, list, n)
      n = addToBand(i - plane, nx, ny, nz, flags, list, n)
      n = addToBand(i + plane, nx, ny, nz, flags, list, n)
    }
    from = end
  }
  for (let k = first; k < n; k++) solve(p, list[k], nx, plane, sx, sy, sz)
  for (let k = n - 1; k >= first; k--) solve(p, list[k], nx, plane, sx, sy, sz)
  for (let k = first; k < n; k++) solve(p, list[k], nx, plane, sx, sy, sz)
  return n
}

/** Distance along an axis to where phi is 0 between this voxel and its neighbours; the nearer one. */
@inline function toZero(here: f32, before: f32, after: f32, spacing: f32): f32 {
  const size = Mathf.abs(here)
  let least: f32 = far
  if ((before < 0) != (here < 0)) least = Mathf.min(least, spacing * size / (size + Mathf.abs(before)))
  if ((after < 0) != (here < 0)) least = Mathf.min(least, spacing * size / (size + Mathf.abs(after)))
  return least
}

/** A voxel exactly on the zero keeps a trace of distance, so that it keeps its side. */
@inline function reciprocalSquare(distance: f32): f32 {
  const d = Mathf.max(distance, <f32>1e-4)
  return 1 / (d * d)
}

@inline function addToBand(i: i32, nx: i32, ny: i32, nz: i32, flags: U8s, list: I32s, n: i32): i32 {
  if (flags[i] != 0 || onFrame(i, nx, ny, nz)) return n
  flags[i] = 1
  list[n] = i
  return n + 1
}

function onFrame(i: i32, nx: i32, ny: i32, nz: i32): bool {
  const x = i % nx
  const y = (i / nx) % ny
  const z = i / (nx * ny)
  return x == 0 || x == nx - 1 || y == 0 || y == ny - 1 || z == 0 || z == nz - 1
}

/** |grad phi| = 1 from the smaller neighbours on each axis, at most what is there (Rouy and Tourin 1992). */
function solve(p: F32s, i: i32, nx: i32, plane: i32, sx: f32, sy: f32, sz: f32): void {
  let a = Mathf.min(Mathf.abs(p[i - 1]), Mathf.abs(p[i + 1]))
  let b = Mathf.min(Mathf.abs(p[i - nx]), Mathf.abs(p[i + nx]))
  let c = Mathf.min(Mathf.abs(p[i - plane]), Mathf.abs(p[i + plane]))
  let ha = sx, hb = sy, hc = sz
  if (b < a) { const t = a; a = b; b = t; const h = ha; ha = hb; hb = h }
  if (c < b) { const t = b; b = c; c = t; const h = hb; hb = hc; hc = h }
  if (b < a) { const t = a; a = b; b = t; const h = ha; ha = hb; hb = h }
  let u = a + ha
  if (u > b) {
    u = root(a, ha, b, hb, b, hb, 2)
    if (u > c) u = root(a, ha, b, hb, c, hc, 3)
  }
  if (u < Mathf.abs(p[i])) p[i] = p[i] < 0 ? -u : u
}

/** The larger u with the sum of ((u - value) / spacing)^2 = 1 over the first `terms` pairs. */
@inline function root(a: f32, ha: f32, b: f32, hb: f32, c: f32, hc: f32, terms: i32): f32 {
  const wa: f32 = 1 / (ha * ha), wb: f32 = 1 / (hb * hb), wc: f32 = terms == 3 ? 1 / (hc * hc) : 0
  // Relative to a, so that large values lose nothing.
  const db: f32 = b - a, dc: f32 = terms == 3 ? c - a : 0
  const w = wa + wb + wc
  const half = wb * db + wc * dc
  const rest = wb * db * db + wc * dc * dc - 1
  const inner = half * half - w * rest
  return a + (half + Mathf.sqrt(Mathf.max(inner, 0))) / w
}

/**
 * One explicit step of the band: phi_t = -propagation s |grad phi| + curvature w kappa |grad phi| + advection (grad s . grad phi),
 * with kappa the divergence of grad phi / |grad phi| (a sphere's is 2 / r), w the speed s (`weighted`) or 1; all upwind but curvature.
 * @param speed float32
 * @returns how many voxels changed sides
 */
export function stepContour(phi: usize, speed: usize, nx: i32, ny: i32, count: i32, n: i32, sx: f32, sy: f32, sz: f32, propagation: f32, curvature: f32, advection: f32, weighted: i32, dt: f32, workspace: usize): i32 {
  const p = changetype<F32s>(phi)
  const s = changetype<F32s>(speed)
  const list = changetype<I32s>(workspace)
  const changes = changetype<F32s>(workspace + 4 * <usize>count)
  const plane = nx * ny
  const hx: f32 = 1 / sx, hy: f32 = 1 / sy, hz: f32 = 1 / sz
  for (let k = 0; k < n; k++) {
    const i = list[k]
    const here = p[i]
    // Towards the end of the band phi jumps: the neighbour beyond counts as no slope.
    const xm = near(p[i - 1], here), xp = near(p[i + 1], here)
    const ym = near(p[i - nx], here), yp = near(p[i + nx], here)
    const zm = near(p[i - plane], here), zp = near(p[i + plane], here)
    const bx = (here - xm) * hx, fx = (xp - here) * hx
    const by = (here - ym) * hy, fy = (yp - here) * hy
    const bz = (here - zm) * hz, fz = (zp - here) * hz
    let change: f32 = 0

    const flow = propagation * s[i]
    if (flow != 0) change -= flow * (flow > 0 ? slope(bx, fx, by, fy, bz, fz) : slope(-bx, -fx, -by, -fy, -bz, -fz))

    if (curvature != 0) {
      const dx = <f32>0.5 * (bx + fx), dy = <f32>0.5 * (by + fy), dz = <f32>0.5 * (bz + fz)
      const square = dx * dx + dy * dy + dz * dz
      if (square > <f32>1e-6) {
        const dxx = (fx - bx) * hx, dyy = (fy - by) * hy, dzz = (fz - bz) * hz
        const dxy = mixed(p, i, 1, nx, here) * hx * hy
        const dxz = mixed(p, i, 1, plane, here) * hx * hz
        const dyz = mixed(p, i, nx, plane, here) * hy * hz
        const bend = (dyy + dzz) * dx * dx + (dxx + dzz) * dy * dy + (dxx + dyy) * dz * dz - 2 * (dx * dy * dxy + dx * dz * dxz + dy * dz * dyz)
        change += curvature * (weighted ? s[i] : 1) * bend / square
      }
    }

    if (advection != 0) {
      const gx = <f32>0.5 * (s[i + 1] - s[i - 1]) * hx
      const gy = <f32>0.5 * (s[i + nx] - s[i - nx]) * hy
      const gz = <f32>0.5 * (s[i + plane] - s[i - plane]) * hz
      change += advection * (gx * (gx > 0 ? fx : bx) + gy * (gy > 0 ? fy : by) + gz * (gz > 0 ? fz : bz))
    }
    changes[k] = change
  }
  let changed = 0
  for (let k = 0; k < n; k++) {
    const i = list[k]
    const next = p[i] + dt * changes[k]
    if ((next < 0) != (p[i] < 0)) changed++
    p[i] = next
  }
  return changed
}

@inline function near(value: f32, here: f32): f32 { return Mathf.abs(value) >= far ? here : value }

/** Godunov's |grad phi| for a front that moves outwards. */
@inline function slope(bx: f32, fx: f32, by: f32, fy: f32, bz: f32, fz: f32): f32 {
  return Mathf.sqrt(upwind(bx, fx) + upwind(by, fy) + upwind(bz, fz))
}

@inline function upwind(back: f32, forth: f32): f32 {
  const b = Mathf.max(back, 0), f = Mathf.min(forth, 0)
  return Mathf.max(b * b, f * f)
}

/** A quarter of the mixed difference over two axes. */
@inline function mixed(p: F32s, i: i32, a: i32, b: i32, here: f32): f32 {
  return <f32>0.25 * (near(p[i + a + b], here) - near(p[i + a - b], here) - near(p[i - a + b], here) + near(p[i - a - b], here))
}
