import type { Colour } from './maskLayer.ts'

/**
 * From dark violet to yellow by even steps of lightness, told apart by colour-blind eyes as well: viridis (Smith and van der Walt 2015,
 * CC0), at nine places, between which colours are mixed.
 */
export const viridis: readonly Colour[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
]

/** Colour at a place from 0 to 1; beyond them that of the end. */
export function colourAt(place: number, map: readonly Colour[] = viridis): Colour {
  const at = Math.min(1, Math.max(0, place)) * (map.length - 1)
  const below = Math.min(map.length - 2, Math.floor(at))
  const part = at - below
  const mix = (channel: 0 | 1 | 2) => Math.round(map[below][channel] + part * (map[below + 1][channel] - map[below][channel]))
  return [mix(0), mix(1), mix(2)]
}
