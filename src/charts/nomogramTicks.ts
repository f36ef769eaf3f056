/** About `count` round numbers from one end to the other, both within: 1, 2 or 5 times a power of ten apart. */
export function roundTicks(from: number, to: number, count = 8): number[] {
  const rough = (to - from) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough * 0.999)!
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}

/** Those of a nomogram's probability axis. */
export const nomogramProbabilities: readonly number[] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

/** A mark of an axis, and what is written at it: '' where there is no room. */
export interface Tick {
  readonly x: number
  readonly text: string
}

/**
 * Marks whose texts would touch the one before lose theirs: where an axis is short its probabilities lie close.
 * @param letter width of a digit, in the unit of `x`
 */
export function withRoom(ticks: readonly Tick[], letter: number): Tick[] {
  let end = -Infinity
  return [...ticks]
    .sort((a, b) => a.x - b.x)
    .map(({ x, text }) => {
      const half = (text.length * letter) / 2
      if (x - half < end + letter) return { x, text: '' }
      end = x + half
      return { x, text }
    })
}
