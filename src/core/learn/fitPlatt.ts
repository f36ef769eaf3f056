import { exp, log1p } from '../numeric/functions.ts'

/** Probability of class 1 at decision value f: 1 / (1 + exp(a f + b)); a is negative when f speaks for class 1. */
export interface PlattScaling {
  readonly a: number
  readonly b: number
}

/**
 * Platt's sigmoid by Newton's method with backtracking (Lin, Lin and Weng 2007, Machine Learning 68:267, algorithm 1): the
 * outcomes are drawn in to (n1 + 1) / (n1 + 2) and 1 / (n0 + 2).
 * @param decision values of patients that the machine has not learnt from
 */
export function fitPlatt(decision: ArrayLike<number>, outcome: ArrayLike<number>): PlattScaling {
  const rows = decision.length
  let positives = 0
  for (let i = 0; i < rows; i++) positives += outcome[i]
  const negatives = rows - positives
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)]
  const loss = (a: number, b: number) => {
    let sum = 0
    for (let i = 0; i < rows; i++) {
      const eta = a * decision[i] + b
      const target = outcome[i] === 1 ? high : low
      sum += eta >= 0 ? target * eta + log1p(exp(-eta)) : (target - 1) * eta + log1p(exp(eta))
    }
    return sum
  }
  let [a, b] = [0, -logOdds((positives + 1) / (rows + 2))]
  let value = loss(a, b)
  for (let newton = 0; newton < 100; newton++) {
    // A little on the diagonal keeps it solvable when all decision values are equal.
    let [h11, h22, h21, g1, g2] = [1e-12, 1e-12, 0, 0, 0]
    for (let i = 0; i < rows; i++) {
      const p = plattProbability({ a, b }, decision[i])
      const curvature = p * (1 - p)
      h11 += decision[i] * decision[i] * curvature
      h22 += curvature
      h21 += decision[i] * curvature
      const slope = (outcome[i] === 1 ? high : low) - p
      g1 += decision[i] * slope
      g2 += slope
    }
    if (Math.abs(g1) < 1e-10 && Math.abs(g2) < 1e-10) break
    const determinant = h11 * h22 - h21 * h21
    const stepA = -(h22 * g1 - h21 * g2) / determinant
    const stepB = -(-h21 * g1 + h11 * g2) / determinant
    const descent = g1 * stepA + g2 * stepB
    let share = 1
    let next = loss(a + stepA, b + stepB)
    while (!(next < value + 1e-4 * share * descent) && share >= 1e-10) {
      share /= 2
      next = loss(a + share * stepA, b + share * stepB)
    }
    if (share < 1e-10) break
    ;[a, b, value] = [a + share * stepA, b + share * stepB, next]
  }
  return { a, b }
}

export function plattProbability({ a, b }: PlattScaling, decision: number): number {
  const eta = a * decision + b
  return eta >= 0 ? exp(-eta) / (1 + exp(-eta)) : 1 / (1 + exp(eta))
}

function logOdds(share: number): number {
  return log1p((2 * share - 1) / (1 - share))
}
