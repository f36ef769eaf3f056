import { log } from '../numeric/functions.ts'
import type { Random } from '../numeric/random.ts'

/** Standard normal numbers by Marsaglia's polar method (1964). */
export function createNormal(random: Random): () => number {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    for (;;) {
      const [u, v] = [2 * random.uniform() - 1, 2 * random.uniform() - 1]
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const factor = Math.sqrt((-2 * log(s)) / s)
      spare = v * factor
      return u * factor
    }
  }
}
