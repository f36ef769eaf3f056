import type { Axis } from '../../numeric/voxelArray.ts'

/*
 * What can be told of a wavelet transform without its coefficients, which are much to load for a page that only plans with them.
 */
export interface WaveletOptions {
  /** One of `waveletNames`. */
  readonly wavelet: string
  /** Levels of detail that are given out, at least 1. */
  readonly levels: number
  /** How many times the image is smoothed before the first of them. */
  readonly levelsBefore: number
  /** Planes across this axis are transformed; null: the volume along all three. */
  readonly acrossAxis: Axis | null
}

/**
 * Names of the sub-bands in PyRadiomics's order of output: the details of every level, then one approximation.
 * The first letter is the x axis, L is low-pass and H high-pass; in planes the letter of their axis is left out.
 * Levels after the first are numbered (`wavelet2-HLL`), counted from the first that is given out.
 */
export function waveletSubBands(options: WaveletOptions): string[] {
  const letters = bandLetters(transformedAxes(options).length)
  const names: string[] = []
  for (let step = 0; step < options.levels; step++) {
    for (const band of letters.slice(1)) names.push(bandName(step, band))
  }
  return [...names, bandName(options.levels - 1, letters[0])]
}

/** Axes in the order they are filtered (x = 0 first). */
export function transformedAxes({ acrossAxis }: WaveletOptions): number[] {
  return [0, 1, 2].filter((axis) => axis !== acrossAxis)
}

/** LLL, LLH, LHL ... HHH, or the same with fewer letters. */
export function bandLetters(axes: number): string[] {
  return Array.from({ length: 1 << axes }, (_, band) =>
    band.toString(2).padStart(axes, '0').replaceAll('0', 'L').replaceAll('1', 'H'),
  )
}

export function bandName(step: number, letters: string): string {
  return `wavelet${step > 0 ? step + 1 : ''}-${letters}`
}
