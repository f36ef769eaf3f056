import type { Random } from '../numeric/random.ts'
import { mix } from './blend.ts'

/** Uniform numbers on a lattice, smoothly interpolated (Perlin's fade): 0 to 1. */
export function createSmoothNoise(
  random: Random,
  cellMm: number,
  extentMm: readonly number[],
): (x: number, y: number, z: number) => number {
  const [nx, ny, nz] = extentMm.map((mm) => Math.ceil(mm / cellMm) + 2)
  const lattice = Float64Array.from({ length: nx * ny * nz }, () => random.uniform())
  const fade = (t: number) => t * t * t * (t * (6 * t - 15) + 10)
  return (x, y, z) => {
    const [a, b, c] = [x / cellMm, y / cellMm, z / cellMm]
    const [i, j, k] = [Math.floor(a), Math.floor(b), Math.floor(c)]
    const [u, v, w] = [fade(a - i), fade(b - j), fade(c - k)]
    const row = (dy: number, dz: number) => {
      const at = i + nx * (j + dy + ny * (k + dz))
      return mix(lattice[at], lattice[at + 1], u)
    }
    return mix(mix(row(0, 0), row(1, 0), v), mix(row(0, 1), row(1, 1), v), w)
  }
}
