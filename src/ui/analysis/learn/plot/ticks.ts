import type { Range } from './scale.ts'

/** Ticks at 1, 2 or 5 times a power of ten, about so many. */
export function ticksOf([from, to]: Range, about: number): number[] {
  const rough = (to - from) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.floor(to / step + 1e-9) - first + 1
  // Whole multiples: sums would gather errors.
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}

export const quarters: readonly number[] = [0, 0.25, 0.5, 0.75, 1]
export const unit: Range = [0, 1]
