import type { Triple } from './voxelArray.ts'

/** Upper triangle of a symmetric 3 x 3 matrix. */
export interface Symmetric3 {
  readonly xx: number
  readonly yy: number
  readonly zz: number
  readonly xy: number
  readonly xz: number
  readonly yz: number
}

/**
 * Eigenvalues, smallest first, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5). Errors are a
 * few units in the last place of the largest eigenvalue; a diagonal matrix keeps its entries exactly.
 * Only + - * / and sqrt are used, so that the bits are the same on every engine. NaN entries give NaN.
 */
export function eigenvaluesSymmetric3({ xx, yy, zz, xy, xz, yz }: Symmetric3): Triple {
  let [p, q, r] = [xx, yy, zz]
  let [pq, pr, qr] = [xy, xz, yz]
  // Convergence is quadratic: four or five sweeps reach the last bit; the limit only guards against NaN.
  for (let sweep = 0; sweep < 30 && (pq !== 0 || pr !== 0 || qr !== 0); sweep++) {
    const first = rotate(p, q, pq)
    ;[p, q] = [first.p, first.q]
    ;[pr, qr] = [first.cosine * pr - first.sine * qr, first.sine * pr + first.cosine * qr]
    const second = rotate(p, r, pr)
    ;[p, r] = [second.p, second.q]
    ;[pq, qr] = [-second.sine * qr, second.cosine * qr]
    const third = rotate(q, r, qr)
    ;[q, r] = [third.p, third.q]
    ;[pq, pr, qr] = [third.cosine * pq, third.sine * pq, 0]
  }
  const [least, minor, major] = [p, q, r].sort((a, b) => a - b)
  return [least, minor, major]
}

/** The rotation that makes the off-diagonal entry of [[p, off], [off, q]] zero, and the new diagonal. */
function rotate(p: number, q: number, off: number): { p: number; q: number; cosine: number; sine: number } {
  if (p + off === p && q + off === q) return { p, q, cosine: 1, sine: 0 }
  const theta = (q - p) / (2 * off)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  return { p: p - tangent * off, q: q + tangent * off, cosine, sine: tangent * cosine }
}
