import type { Direction } from './volume.ts'
import type { DataError } from '../messages/message.ts'
import { refuse } from './messages.ts'

/*
 * ITK inverts the index-to-physical matrix by a singular value decomposition (VXL's translation of LINPACK's dsvdc). Its last bits
 * decide which voxel a point half-way between two voxels belongs to, so the same decomposition is made here for 3 x 3 matrices, in the
 * order of operations of LINPACK (Dongarra, Bunch, Moler, Stewart, "LINPACK Users' Guide", 1979, chapter 11; public domain).
 */

type Column = [number, number, number]
type Columns = [Column, Column, Column]

/** Inverse of a row-major 3 x 3 matrix, in ITK's bits. @throws DataError if it is singular or holds a non-finite number. */
export function invertLikeItk(matrix: Direction): Direction {
  if (!matrix.every(Number.isFinite)) throw refuse('matrix-not-finite', { matrix })
  const { u, s, v } = decompose([
    [matrix[0], matrix[3], matrix[6]],
    [matrix[1], matrix[4], matrix[7]],
    [matrix[2], matrix[5], matrix[8]],
  ])
  if (!(s[2] > 1e-14 * s[0])) throw singular()
  const entry = (row: number, column: number) => {
    let sum = 0
    for (let k = 0; k < 3; k++) sum += v[k][row] * (1 / s[k]) * u[k][column]
    return sum
  }
  return [entry(0, 0), entry(0, 1), entry(0, 2), entry(1, 0), entry(1, 1), entry(1, 2), entry(2, 0), entry(2, 1), entry(2, 2)]
}

/** Left singular vectors (columns), singular values in descending order, right singular vectors (columns). */
function decompose(x: Columns): { u: Columns; s: Column; v: Columns } {
  const { s, e, u, v } = bidiagonalise(x)
  let iterations = 0
  // m is the index of the last singular value that is still sought.
  for (let m = 2; m >= 0;) {
    const l = firstOfBlock(s, e, m)
    if (l === m) {
      settle(s, u, v, m)
      m--
    } else {
      if (++iterations > 3000) throw singular()
      stepQr(s, e, u, v, l, m)
    }
  }
  return { u, s, v }
}

function singular(): DataError {
  return refuse('matrix-singular', {})
}

/** Householder reflections to an upper bidiagonal matrix: s on the diagonal, e above it. */
function bidiagonalise(x: Columns): { s: Column; e: Column; u: Columns; v: Columns } {
  const s: Column = [0, 0, 0]
  const e: Column = [0, 0, 0]
  const u: Columns = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]
  const v: Columns = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]
  for (let l = 0; l < 2; l++) {
    const column = x[l]
    s[l] = reflector(column, l)
    for (let j = l + 1; j < 3; j++) {
      if (s[l] !== 0) reflect(column, x[j], l)
      e[j] = x[j][l]
    }
    for (let i = l; i < 3; i++) u[l][i] = column[i]
    if (l > 0) continue
    e[0] = reflector(e, 1)
    if (e[0] !== 0) {
      const work: Column = [0, 0, 0]
      for (let j = 1; j < 3; j++) addMultiple(e[j], x[j], work, 1)
      for (let j = 1; j < 3; j++) addMultiple(-e[j] / e[1], work, x[j], 1)
    }
    for (let i = 1; i < 3; i++) v[0][i] = e[i]
  }
  s[2] = x[2][2]
  e[1] = x[2][1]
  e[2] = 0

  u[2] = [0, 0, 1]
  for (let l = 1; l >= 0; l--) {
    const column = u[l]
    if (s[l] !== 0) {
      for (let j = l + 1; j < 3; j++) reflect(column, u[j], l)
      for (let i = l; i < 3; i++) column[i] = -column[i]
      column[l] = 1 + column[l]
      for (let i = 0; i < l; i++) column[i] = 0
    } else {
      u[l] = [0, 0, 0]
      u[l][l] = 1
    }
  }
  v[2] = [0, 0, 1]
  v[1] = [0, 1, 0]
  if (e[0] !== 0) {
    reflect(v[0], v[1], 1)
    reflect(v[0], v[2], 1)
  }
  v[0] = [1, 0, 0]
  return { s, e, u, v }
}

/** Makes a vector, from place l on, a Householder vector; gives the value that takes its place (negated), 0 for a zero vector. */
function reflector(vector: Column, l: number): number {
  let norm = scaledNorm(vector, l)
  if (norm === 0) return -0
  if (vector[l] !== 0) norm = withSign(norm, vector[l])
  const factor = 1 / norm
  for (let i = l; i < 3; i++) vector[i] = factor * vector[i]
  vector[l] = 1 + vector[l]
  return -norm
}

function reflect(by: Column, vector: Column, l: number): void {
  let dot = 0
  for (let i = l; i < 3; i++) dot += by[i] * vector[i]
  addMultiple(-dot / by[l], by, vector, l)
}

function addMultiple(factor: number, from: Column, to: Column, l: number): void {
  if (factor === 0) return
  for (let i = l; i < 3; i++) to[i] = to[i] + factor * from[i]
}

function scaledNorm(vector: Column, l: number): number {
  if (l === 2) return Math.abs(vector[2])
  let scale = 0
  let squares = 1
  for (let i = l; i < 3; i++) {
    const size = Math.abs(vector[i])
    if (size === 0) continue
    if (scale < size) {
      squares = squares * ((scale / size) * (scale / size)) + 1
      scale = size
    } else {
      squares += (size / scale) * (size / scale)
    }
  }
  return scale * Math.sqrt(squares)
}

function withSign(size: number, sign: number): number {
  return sign >= 0 ? Math.abs(size) : -Math.abs(size)
}

/** Index of the first singular value of the undivided block that ends at m; m itself if that one has converged. */
function firstOfBlock(s: Column, e: Column, m: number): number {
  let l = m - 1
  for (; l >= 0; l--) {
    const test = Math.abs(s[l]) + Math.abs(s[l + 1])
    if (test + Math.abs(e[l]) === test) {
      e[l] = 0
      break
    }
  }
  const first = l + 1
  for (let k = m; k >= first && first < m; k--) {
    const test = (k !== m ? Math.abs(e[k]) : 0) + (k !== first ? Math.abs(e[k - 1]) : 0)
    if (test + Math.abs(s[k]) === test) throw singular()
  }
  return first
}

/** One implicit QR step on the block from l to m. */
function stepQr(s: Column, e: Column, u: Columns, v: Columns, l: number, m: number): void {
  const scale = Math.max(Math.abs(s[m]), Math.abs(s[m - 1]), Math.abs(e[m - 1]), Math.abs(s[l]), Math.abs(e[l]))
  const sm = s[m] / scale
  const before = s[m - 1] / scale
  const off = e[m - 1] / scale
  const sl = s[l] / scale
  const el = e[l] / scale
  const b = ((before + sm) * (before - sm) + off * off) / 2
  const c = sm * off * (sm * off)
  let shift = 0
  if (b !== 0 || c !== 0) {
    shift = Math.sqrt(b * b + c)
    if (b < 0) shift = -shift
    shift = c / (b + shift)
  }
  let f = (sl + sm) * (sl - sm) + shift
  let g = sl * el
  for (let k = l; k < m; k++) {
    let [r, cs, sn] = rotation(f, g)
    if (k !== l) e[k - 1] = r
    f = cs * s[k] + sn * e[k]
    e[k] = cs * e[k] - sn * s[k]
    g = sn * s[k + 1]
    s[k + 1] = cs * s[k + 1]
    rotate(v[k], v[k + 1], cs, sn)
    ;[r, cs, sn] = rotation(f, g)
    s[k] = r
    f = cs * e[k] + sn * s[k + 1]
    s[k + 1] = -sn * e[k] + cs * s[k + 1]
    g = sn * e[k + 1]
    e[k + 1] = cs * e[k + 1]
    rotate(u[k], u[k + 1], cs, sn)
  }
  e[m - 1] = f
}

/** Makes a converged singular value positive and moves it to its place. */
function settle(s: Column, u: Columns, v: Columns, m: number): void {
  if (!(s[m] >= 0)) {
    s[m] = -s[m]
    v[m] = v[m].map((value) => -value) as Column
  }
  for (let l = m; l < 2 && s[l] < s[l + 1]; l++) {
    ;[s[l], s[l + 1]] = [s[l + 1], s[l]]
    ;[v[l], v[l + 1]] = [v[l + 1], v[l]]
    ;[u[l], u[l + 1]] = [u[l + 1], u[l]]
  }
}

/** Givens rotation that turns (a, b) into (r, 0): [r, cosine, sine]. */
function rotation(a: number, b: number): [number, number, number] {
  const scale = Math.abs(a) + Math.abs(b)
  if (scale === 0) return [0, 1, 0]
  const norm = scale * Math.sqrt((a / scale) * (a / scale) + (b / scale) * (b / scale))
  const r = withSign(1, Math.abs(a) > Math.abs(b) ? a : b) * norm
  return [r, a / r, b / r]
}

function rotate(a: Column, b: Column, cosine: number, sine: number): void {
  for (let i = 0; i < 3; i++) {
    const turned = cosine * a[i] + sine * b[i]
    b[i] = cosine * b[i] - sine * a[i]
    a[i] = turned
  }
}
