/** Ticks of an axis: whole multiples of 1, 2 or 5 times a power of ten within the range, about so many. */
export function ticksOf([from, to]: readonly [from: number, to: number], about: number): number[] {
  const rough = (to - from) / about
  // Powers of ten by division: no engine's rounding is asked.
  let unit = 1
  while (unit > rough) unit /= 10
  while (unit * 10 <= rough) unit *= 10
  const step = [1, 2, 5, 10].map((times) => times * unit).find((one) => one >= rough)!
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  // Whole multiples: sums would gather errors.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}
