import { I32s, U8s } from './views'

/*
 * LBP in 3D: the image is sampled on a sphere around every ROI voxel. Four neighbours along x are sampled together; each of them is
 * computed by the same operations whoever its companions are, so a ROI may be split anywhere. Samples and their moments follow
 * scipy and numpy operation for operation (float32 images: rounded to float32 as numpy's float32 arrays are).
 */

@inline
function round<T>(v: v128): v128 {
  if (sizeof<T>() == 8) return v
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(v))
}

/** Samples in whole numbers: half away from zero, within the pixel type's bounds. */
@inline
function roundToInteger(value: f64, low: f64, high: f64): f64 {
  return Math.trunc(max(low, min(high, value > 0 ? value + 0.5 : value - 0.5)))
}

/** numpy's pairwise sum of n pairs, 32 bytes apart. */
function pairwiseSum<T>(from: usize, n: i32): v128 {
  if (n < 8) {
    // numpy starts from -0, which changes no sum but that of negative zeros
    let sum = f64x2.splat(-0.0)
    for (let i: usize = 0; i < <usize>n; i++) sum = round<T>(f64x2.add(sum, v128.load(from + (i << 5))))
    return sum
  }
  if (n > 128) {
    const half = (n / 2) & ~7
    return round<T>(f64x2.add(pairwiseSum<T>(from, half), pairwiseSum<T>(from + (<usize>half << 5), n - half)))
  }
  let a = v128.load(from), b = v128.load(from, 32), c = v128.load(from, 64), d = v128.load(from, 96)
  let e = v128.load(from, 128), f = v128.load(from, 160), g = v128.load(from, 192), h = v128.load(from, 224)
  const whole = n & ~7
  let at = from + 256
  for (let i = 8; i < whole; i += 8) {
    a = round<T>(f64x2.add(a, v128.load(at)))
    b = round<T>(f64x2.add(b, v128.load(at, 32)))
    c = round<T>(f64x2.add(c, v128.load(at, 64)))
    d = round<T>(f64x2.add(d, v128.load(at, 96)))
    e = round<T>(f64x2.add(e, v128.load(at, 128)))
    f = round<T>(f64x2.add(f, v128.load(at, 160)))
    g = round<T>(f64x2.add(g, v128.load(at, 192)))
    h = round<T>(f64x2.add(h, v128.load(at, 224)))
    at += 256
  }
  const left = round<T>(f64x2.add(round<T>(f64x2.add(a, b)), round<T>(f64x2.add(c, d))))
  const right = round<T>(f64x2.add(round<T>(f64x2.add(e, f)), round<T>(f64x2.add(g, h))))
  let sum = round<T>(f64x2.add(left, right))
  for (let i = whole; i < n; i++) {
    sum = round<T>(f64x2.add(sum, v128.load(at)))
    at += 32
  }
  return sum
}

/** Excess kurtosis m4 / m2^2 - 3 of n pairs of samples, 32 bytes apart; NaN where they are equal up to rounding. Overwrites them. */
function excessKurtosis<T>(samples: usize, n: i32): v128 {
  const count = f64x2.splat(<f64>n)
  const end = samples + (<usize>n << 5)
  const mean = round<T>(f64x2.div(pairwiseSum<T>(samples, n), count))
  for (let at = samples; at < end; at += 32) {
    const d = round<T>(f64x2.sub(v128.load(at), mean))
    v128.store(at, round<T>(f64x2.mul(d, d)))
  }
  const m2 = round<T>(f64x2.div(pairwiseSum<T>(samples, n), count))
  for (let at = samples; at < end; at += 32) {
    const s = v128.load(at)
    v128.store(at, round<T>(f64x2.mul(s, s)))
  }
  const m4 = round<T>(f64x2.div(pairwiseSum<T>(samples, n), count))
  const epsilon: f64 = sizeof<T>() == 8 ? 2.220446049250313e-16 : 1.1920928955078125e-7
  const scale = round<T>(f64x2.mul(mean, f64x2.splat(epsilon)))
  const flat = f64x2.le(m2, round<T>(f64x2.mul(scale, scale)))
  const ratio = round<T>(f64x2.div(m4, round<T>(f64x2.mul(m2, m2))))
  return v128.bitselect(f64x2.splat(NaN), round<T>(f64x2.sub(ratio, f64x2.splat(3))), flat)
}

/** Four samples side by side, whose first taps are side by side too. Weights: rows of `stride` bytes, one a tap. */
@inline
function sampleFour<T>(corner: usize, row: usize, plane: usize, wz: usize, zStride: usize, wy: usize, yStride: usize, wx: usize, xStride: usize, target: usize): void {
  const a0 = v128.load(wx), b0 = v128.load(wx, 16)
  const a1 = v128.load(wx + xStride), b1 = v128.load(wx + xStride, 16)
  const a2 = v128.load(wx + 2 * xStride), b2 = v128.load(wx + 2 * xStride, 16)
  const a3 = v128.load(wx + 3 * xStride), b3 = v128.load(wx + 3 * xStride, 16)
  let a = f64x2.splat(0), b = a
  for (let dz: usize = 0; dz < 4; dz++) {
    const z = v128.load64_splat(wz + dz * zStride)
    let p = corner + dz * plane
    for (let dy: usize = 0; dy < 4; dy++) {
      const y = v128.load64_splat(wy + dy * yStride)
      const c0 = f64x2.mul(f64x2.mul(v128.load(p), z), y)
      const c1 = f64x2.mul(f64x2.mul(v128.load(p, 8), z), y)
      const c2 = f64x2.mul(f64x2.mul(v128.load(p, 16), z), y)
      const c3 = f64x2.mul(f64x2.mul(v128.load(p, 24), z), y)
      const c4 = f64x2.mul(f64x2.mul(v128.load(p, 32), z), y)
      const c5 = f64x2.mul(f64x2.mul(v128.load(p, 40), z), y)
      a = f64x2.add(a, f64x2.mul(c0, a0))
      b = f64x2.add(b, f64x2.mul(c2, b0))
      a = f64x2.add(a, f64x2.mul(c1, a1))
      b = f64x2.add(b, f64x2.mul(c3, b1))
      a = f64x2.add(a, f64x2.mul(c2, a2))
      b = f64x2.add(b, f64x2.mul(c4, b2))
      a = f64x2.add(a, f64x2.mul(c3, a3))
      b = f64x2.add(b, f64x2.mul(c5, b3))
      p += row
    }
  }
  v128.store(target, round<T>(a))
  v128.store(target, round<T>(b), 16)
}

/** One sample: at the borders, and where rounding moves the first tap of one of four. */
function sampleOne<T>(corner: usize, row: usize, plane: usize, wz: usize, zStride: usize, wy: usize, yStride: usize, wx: usize, xStride: usize): f64 {
  let sum: f64 = 0
  for (let dz: usize = 0; dz < 4; dz++) {
    const z = load<f64>(wz + dz * zStride)
    for (let dy: usize = 0; dy < 4; dy++) {
      const y = load<f64>(wy + dy * yStride)
      const p = corner + dz * plane + dy * row
      for (let dx: usize = 0; dx < 4; dx++) sum += load<f64>(p + (dx << 3)) * z * y * load<f64>(wx + dx * xStride)
    }
  }
  return sizeof<T>() == 8 ? sum : <f64>(<f32>sum)
}

/**
 * Real part of the principal root of sum over m, m' of c[m] c[m'] gram[m][m'], all complex. Without overflow protection: all are small.
 */
function quadraticRoot(c: usize, gram: usize, terms: i32): f64 {
  let re: f64 = 0, im: f64 = 0
  let g = gram
  for (let i = 0; i < terms; i++) {
    const a = load<f64>(c + (<usize>i << 4)), b = load<f64>(c + (<usize>i << 4), 8)
    for (let j = 0; j < terms; j++) {
      const u = load<f64>(c + (<usize>j << 4)), v = load<f64>(c + (<usize>j << 4), 8)
      const pr = a * u - b * v, pi = a * v + b * u
      const gr = load<f64>(g), gi = load<f64>(g, 8)
      re += pr * gr - pi * gi
      im += pr * gi + pi * gr
      g += 16
    }
  }
  const modulus = Math.sqrt(re * re + im * im)
  const root = Math.sqrt((Math.abs(re) + modulus) / 2)
  if (root == 0) return 0
  return re >= 0 ? root : Math.abs(im) / (2 * root)
}

/**
 * Values of the ROI voxels `from` to `to - 1` (in the order of the mask), levels first, then the kurtosis:
 * target[level][voxel - from], (levels + 1) x (to - from) float64.
 * @param coefficients of mirrorSplineCoefficients, with 64 readable bytes behind
 * @param slots per vertex the offset it uses on axis z, y and x (i32)
 * @param tables of mirrorSplineWeights, six addresses: weights and starts for z, y and x (i32)
 * @param zeroLevel value of the first level by the number of ones, vertexCount + 1 values
 * @param basis complex values of levels n = 1 .. levels - 1 for each vertex, [vertex][n, m]
 * @param gram for each of these levels the products of its basis functions summed over the vertices, [m][m'], complex
 * @param integer samples are rounded to whole numbers in [low, high]
 * @param scratch 32 * vertexCount + 64 * levels * levels + 32 * levels bytes
 */
@inline
function levelsOf<T>(
  coefficients: usize, image: usize, mask: usize, nx: i32, ny: i32, nz: i32, vertexCount: i32, slots: usize, tables: usize, levels: i32, zeroLevel: usize,
  basis: usize, gram: usize, integer: bool, low: f64, high: f64, from: i32, to: i32, scratch: usize, target: usize,
): void {
  const row = <usize>(nx + 3) << 3, plane = row * <usize>(ny + 3)
  const slot = changetype<I32s>(slots), inside = changetype<U8s>(mask)
  const weightsZ = <usize>load<u32>(tables), startsZ = <usize>load<u32>(tables, 4)
  const weightsY = <usize>load<u32>(tables, 8), startsY = <usize>load<u32>(tables, 12)
  const weightsX = <usize>load<u32>(tables, 16), startsX = <usize>load<u32>(tables, 20)
  const zStride = <usize>(nz + 3) << 3, yStride = <usize>(ny + 3) << 3, xStride = <usize>(nx + 3) << 3
  const terms = levels * levels - 1
  const samples = scratch, sums = scratch + (<usize>vertexCount << 5)
  const count = to - from
  let ordinal = 0
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const line = nx * (y + ny * z)
      let x = 0
      while (x < nx) {
        if (!inside[line + x]) {
          x++
          continue
        }
        let lanes = 1
        while (lanes < 4 && x + lanes < nx && inside[line + x + lanes]) lanes++
        const begin = max(0, from - ordinal), end = min(lanes, to - ordinal)
        if (begin < end) {
          const centre = image + (<usize>(line + x) << 3)
          let centreA = v128.load(centre), centreB = v128.load(centre, 16)
          let onesA = i64x2.splat(0), onesB = onesA
          memory.fill(sums, 0, <usize>terms << 6)
          let terme = basis
          for (let v = 0; v < vertexCount; v++) {
            const oz = slot[3 * v], oy = slot[3 * v + 1], ox = slot[3 * v + 2]
            const wz = weightsZ + <usize>oz * 4 * zStride + (<usize>z << 3)
            const wy = weightsY + <usize>oy * 4 * yStride + (<usize>y << 3)
            const wx = weightsX + <usize>ox * 4 * xStride + (<usize>x << 3)
            const sz = load<i32>(startsZ + (<usize>(oz * (nz + 3) + z) << 2))
            const sy = load<i32>(startsY + (<usize>(oy * (ny + 3) + y) << 2))
            const sx = startsX + (<usize>(ox * (nx + 3) + x) << 2)
            const first = load<i32>(sx)
            const corner = coefficients + <usize>sz * plane + <usize>sy * row
            const f = samples + (<usize>v << 5)
            let together = true
            for (let lane = 1; lane < lanes; lane++) together = together && load<i32>(sx + (<usize>lane << 2)) == first + lane
            if (together) sampleFour<T>(corner + (<usize>first << 3), row, plane, wz, zStride, wy, yStride, wx, xStride, f)
            else {
              for (let lane: usize = 0; lane < <usize>lanes; lane++) {
                const start = <usize>load<i32>(sx + (lane << 2)) << 3
                store<f64>(f + (lane << 3), sampleOne<T>(corner + start, row, plane, wz, zStride, wy, yStride, wx + (lane << 3), xStride))
              }
            }
            if (integer) {
              for (let at = f; at < f + 32; at += 8) store<f64>(at, roundToInteger(load<f64>(at), low, high))
            }
            const aboveA = f64x2.ge(v128.load(f), centreA), aboveB = f64x2.ge(v128.load(f, 16), centreB)
            onesA = i64x2.sub(onesA, aboveA)
            onesB = i64x2.sub(onesB, aboveB)
            // sums[term][part][lane]
            const sumsEnd = sums + (<usize>terms << 6)
            for (let s = sums; s < sumsEnd; s += 64) {
              const re = v128.load64_splat(terme), im = v128.load64_splat(terme, 8)
              v128.store(s, f64x2.add(v128.load(s), v128.and(aboveA, re)))
              v128.store(s, f64x2.add(v128.load(s, 16), v128.and(aboveB, re)), 16)
              v128.store(s, f64x2.add(v128.load(s, 32), v128.and(aboveA, im)), 32)
              v128.store(s, f64x2.add(v128.load(s, 48), v128.and(aboveB, im)), 48)
              terme += 16
            }
          }
          const kurtosisA = excessKurtosis<T>(samples, vertexCount), kurtosisB = excessKurtosis<T>(samples + 16, vertexCount)
          v128.store(samples, kurtosisA)
          v128.store(samples, kurtosisB, 16)
          v128.store(samples, onesA, 32)
          v128.store(samples, onesB, 48)
          for (let lane = begin; lane < end; lane++) {
            let to = target + (<usize>(ordinal + lane - from) << 3)
            const ones = load<i64>(samples + 32 + (<usize>lane << 3))
            store<f64>(to, load<f64>(zeroLevel + (<usize>ones << 3)))
            let level = gram
            let term = sums + (<usize>lane << 3)
            const c = sums + (<usize>terms << 6)
            for (let n = 1; n < levels; n++) {
              const width = 2 * n + 1
              for (let m = 0; m < width; m++) {
                store<f64>(c + (<usize>m << 4), load<f64>(term))
                store<f64>(c + (<usize>m << 4), load<f64>(term, 32), 8)
                term += 64
              }
              to += <usize>count << 3
              store<f64>(to, quadraticRoot(c, level, width))
              level += <usize>(width * width) << 4
            }
            to += <usize>count << 3
            store<f64>(to, load<f64>(samples + (<usize>lane << 3)))
          }
        }
        ordinal += lanes
        if (ordinal >= to) return
        x += lanes
      }
    }
  }
}

export function lbp3dLevels64(
  coefficients: usize, image: usize, mask: usize, nx: i32, ny: i32, nz: i32, vertexCount: i32, slots: usize, tables: usize, levels: i32, zeroLevel: usize,
  basis: usize, gram: usize, integer: bool, low: f64, high: f64, from: i32, to: i32, scratch: usize, target: usize,
): void {
  levelsOf<f64>(coefficients, image, mask, nx, ny, nz, vertexCount, slots, tables, levels, zeroLevel, basis, gram, integer, low, high, from, to, scratch, target)
}

/** For float32 images: samples and their moments are rounded to float32. */
export function lbp3dLevels32(
  coefficients: usize, image: usize, mask: usize, nx: i32, ny: i32, nz: i32, vertexCount: i32, slots: usize, tables: usize, levels: i32, zeroLevel: usize,
  basis: usize, gram: usize, integer: bool, low: f64, high: f64, from: i32, to: i32, scratch: usize, target: usize,
): void {
  levelsOf<f32>(coefficients, image, mask, nx, ny, nz, vertexCount, slots, tables, levels, zeroLevel, basis, gram, integer, low, high, from, to, scratch, target)
}

/** Writes values, one a ROI voxel in the order of the mask, to their voxels, and 0 elsewhere. */
export function scatterToMask(values: usize, mask: usize, count: i32, target: usize): void {
  let from = values
  for (let i: usize = 0; i < <usize>count; i++) {
    const inside = load<u8>(mask + i) != 0
    store<f64>(target + (i << 3), inside ? load<f64>(from) : 0)
    if (inside) from += 8
  }
}
