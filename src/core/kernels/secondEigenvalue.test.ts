import { beforeAll, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels } from './kernels.ts'

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels({ build: 'debug' })
})

/** Eigenvalues of a symmetric matrix by cyclic Jacobi rotations, descending: slow and sure. */
function eigenvalues(matrix: number[][]): number[] {
  const a = matrix.map((row) => [...row])
  const n = a.length
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off += a[p][q] * a[p][q]
        if (Math.abs(a[p][q]) < 1e-300) continue
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]]
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]]
      }
    }
    if (off < 1e-28) break
  }
  return a.map((row, i) => row[i]).sort((x, y) => y - x)
}

function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Pairs of a random walk of grey levels: close to the diagonal, as in images; some levels in islands of their own. */
function countPairs(n: number, symmetric: boolean, random: () => number): number[][] {
  const counts = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  const reach = 1 + Math.floor(random() * n)
  const pairs = n * (1 + Math.floor(random() * 12))
  for (let k = 0; k < pairs; k++) {
    const i = Math.floor(random() * n)
    const j = Math.max(0, Math.min(n - 1, i + Math.round((random() + random() - 1) * reach)))
    counts[i][j]++
    if (symmetric) counts[j][i]++
  }
  return counts
}

function byKernel(counts: number[][]): number {
  const n = counts.length
  const total = counts.flat().reduce((sum, x) => sum + x, 0)
  const cells = counts.flatMap((row) => row.flatMap((x, j) => (x > 0 ? [{ j, p: x / total }] : [])))
  return kernels.scope(() => {
    const place = (values: number[]) => {
      const pointer = kernels.allocate(8 * values.length)
      kernels.f64(pointer, values.length).set(values)
      return pointer
    }
    const placeIntegers = (values: number[]) => {
      const pointer = kernels.allocate(4 * values.length)
      kernels.i32(pointer, values.length).set(values)
      return pointer
    }
    const px = place(counts.map((row) => row.reduce((sum, x) => sum + x, 0) / total))
    const py = place(counts.map((_, j) => counts.reduce((sum, row) => sum + row[j], 0) / total))
    const starts = [0]
    for (const row of counts) starts.push(starts.at(-1)! + row.filter((x) => x > 0).length)
    const work = kernels.allocate(8 * ((n + 4) * n + 3 * n))
    return kernels.exports.secondEigenvalue(
      n,
      px,
      py,
      placeIntegers(starts),
      placeIntegers(cells.map(({ j }) => j)),
      place(cells.map(({ p }) => p)),
      work,
      n,
    )
  })
}

function byDefinition(counts: number[][]): number {
  const rows = counts.map((row) => row.reduce((sum, x) => sum + x, 0))
  const columns = counts.map((_, j) => counts.reduce((sum, row) => sum + row[j], 0))
  const b = counts.map((row, i) => row.map((x, j) => (x > 0 ? x / Math.sqrt(rows[i] * columns[j]) : 0)))
  return eigenvalues(b.map((left) => b.map((right) => left.reduce((sum, x, k) => sum + x * right[k], 0))))[1]
}

it.each([
  ['symmetric', true],
  ['not symmetric', false],
])('is the second eigenvalue of random %s matrices', (_, symmetric) => {
  const random = createRandom(20)
  for (let round = 0; round < 400; round++) {
    const counts = countPairs(2 + Math.floor(random() * 24), symmetric, random)
    expect(Math.abs(byKernel(counts) - byDefinition(counts)), `round ${round}`).toBeLessThan(1e-8)
  }
})
