/** A reference value of the IBSI and by how much others may differ from it. */
export interface Consensus {
  readonly value: number
  readonly tolerance: number
}

/** Three digits are what reference values have; more stand where they are exact. */
const digits = 3
/** Sums of decimals miss by less than this part. */
const rounding = 1e-9

/**
 * Whether a value is the consensus: it lies within the tolerance, or does so when it is rounded to the three digits that reference
 * values have. Many tolerances are 0, or below half a digit; a few references have more digits.
 */
export function agreesWithConsensus(got: number, { value, tolerance }: Consensus): boolean {
  const limit = tolerance + rounding * Math.max(Math.abs(value), tolerance)
  return [got, Number(got.toPrecision(digits))].some((x) => Math.abs(x - value) <= limit)
}

/** Response maps differ from their reference by at most this part of its range. */
const mapLimit = 0.01

/** By how much a response map differs from its reference at most, as a part of the reference's range, and whether that is the consensus. */
export function compareMap(got: Float64Array, want: ArrayLike<number>): { readonly worst: number; readonly isSame: boolean } {
  let [lowest, highest, farthest] = [Infinity, -Infinity, 0]
  for (let i = 0; i < want.length; i++) {
    lowest = Math.min(lowest, want[i])
    highest = Math.max(highest, want[i])
    farthest = Math.max(farthest, Math.abs(got[i] - want[i]))
  }
  const worst = farthest / (highest - lowest)
  return { worst, isSame: got.length === want.length && worst <= mapLimit }
}
