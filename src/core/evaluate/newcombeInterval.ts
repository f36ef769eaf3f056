import { normalQuantile } from '../numeric/distributions.ts'
import { requireLevel, type Interval } from './interval.ts'

/**
 * Newcombe's interval for an AUC, his method 5: a score-like interval whose ends theta solve
 * |auc - theta| = z sqrt(V(theta)), V(theta) = theta (1 - theta) (1 + k (1 - theta) / (2 - theta) + k theta / (1 + theta)) / (m n),
 * k = (m + n) / 2 - 1 (Hanley and McNeil's variance, symmetric in the classes). It keeps a width where DeLong's has none:
 * at an AUC of 0 or 1, and with one patient in a class.
 * Source: Newcombe 2006, Statistics in Medicine 25, 559-573, section 4.
 * @param auc in [0, 1]; `positives` and `negatives` are at least 1
 */
export function newcombeInterval(auc: number, positives: number, negatives: number, level = 0.95): Interval {
  requireLevel(level)
  const z = normalQuantile((1 + level) / 2)
  const k = (positives + negatives) / 2 - 1
  const distance = (theta: number) => {
    const spread = 1 + (k * (1 - theta)) / (2 - theta) + (k * theta) / (1 + theta)
    return Math.abs(auc - theta) - z * Math.sqrt((theta * (1 - theta) * spread) / (positives * negatives))
  }
  return {
    lower: auc === 0 ? 0 : bisect(distance, 0, auc),
    upper: auc === 1 ? 1 : bisect(distance, 1, auc),
  }
}

/** The sign change between `outside`, where f > 0, and `inside`, where f <= 0, to the last bit. */
function bisect(f: (x: number) => number, outside: number, inside: number): number {
  for (;;) {
    const x = (outside + inside) / 2
    if (x === outside || x === inside) return inside
    if (f(x) > 0) outside = x
    else inside = x
  }
}
