import { refuse } from './messages.ts'

export interface RootOptions {
  /** How far the answer may lie from the root. */
  readonly tolerance: number
}

/** R's `uniroot`: a quarter power of the machine's precision, 2^-13. */
const defaultRootOptions: RootOptions = { tolerance: 1 / 8192 }

/**
 * A root of a continuous function by Brent's method (Algorithms for Minimization without Derivatives, 1973, chapter 4): inverse
 * quadratic interpolation, or bisection where that would not help. Stops where R's `uniroot` does, so that it also gives R's
 * digits where R stops early.
 * @throws DataError when the function has the same sign at both ends
 */
export function findRoot(f: (x: number) => number, lower: number, upper: number, options = defaultRootOptions): number {
  let previous = lower
  let best = upper
  let opposite = lower
  let [fPrevious, fBest] = [f(lower), f(upper)]
  let fOpposite = fPrevious
  if (fPrevious === 0) return lower
  if (!(fPrevious * fBest <= 0)) throw refuse('root-not-between', { lower, upper, atLower: fPrevious, atUpper: fBest })
  for (;;) {
    const lastStep = best - previous
    if (Math.abs(fOpposite) < Math.abs(fBest)) {
      ;[previous, best, opposite] = [best, opposite, best]
      ;[fPrevious, fBest, fOpposite] = [fBest, fOpposite, fBest]
    }
    const enough = 2 * Number.EPSILON * Math.abs(best) + options.tolerance / 2
    const half = (opposite - best) / 2
    if (Math.abs(half) <= enough || fBest === 0) return best
    let step = half
    if (Math.abs(lastStep) >= enough && Math.abs(fPrevious) > Math.abs(fBest)) {
      const { p, q } = interpolate(
        opposite - best,
        best - previous,
        fPrevious,
        fBest,
        previous === opposite ? undefined : fOpposite,
      )
      if (p < 1.5 * half * q - Math.abs(enough * q) / 2 && p < Math.abs((lastStep * q) / 2)) step = p / q
    }
    if (Math.abs(step) < enough) step = step > 0 ? enough : -enough
    ;[previous, fPrevious] = [best, fBest]
    best += step
    fBest = f(best)
    if (fBest > 0 === fOpposite > 0 && fBest !== 0) [opposite, fOpposite] = [previous, fPrevious]
  }
}

/** The step p / q to the root of a line through two points, or of the inverse parabola through three; p is not negative. */
function interpolate(toOpposite: number, lastStep: number, fPrevious: number, fBest: number, fOpposite: number | undefined) {
  const s = fBest / fPrevious
  let p: number
  let q: number
  if (fOpposite === undefined) {
    p = toOpposite * s
    q = 1 - s
  } else {
    const r = fPrevious / fOpposite
    const t = fBest / fOpposite
    p = s * (toOpposite * r * (r - t) - lastStep * (t - 1))
    q = (r - 1) * (t - 1) * (s - 1)
  }
  return p > 0 ? { p, q: -q } : { p: -p, q }
}
