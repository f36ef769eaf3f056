/** Rounding may carry a value this far out of its range; there PyRadiomics's value stands. */
const rounding = 1e-9

/**
 * The value, if its definition allows it (NaN: not defined for the region).
 * @param slack how far, beyond rounding, the formula itself may leave the range; such a value becomes the range's end
 * @throws if it lies further out: the program is wrong, and no such number may pass for a measurement
 */
export function inRange(name: string, value: number, low: number, high: number, slack = 0): number {
  const outside = Math.max(low - value, value - high)
  if (!(outside > rounding)) return value
  if (outside <= slack) return Math.min(Math.max(value, low), high)
  throw new Error(
    `${name} came out as ${value}, but its definition allows ${low} to ${high} only. This is an error of the program, not of the image: please report it with the parameters.`,
  )
}
