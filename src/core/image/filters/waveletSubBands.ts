import type { ExtractionSettings } from '../../parameters/profiles/pyradiomics/parameters.ts'

/*
 * What can be told of a wavelet transform without its coefficients, which are much to load for a page that only plans with them.
 */
export type WaveletSettings = Pick<ExtractionSettings, 'wavelet' | 'level' | 'start_level' | 'force2D' | 'force2Ddimension'>

/**
 * Names of the sub-bands in PyRadiomics's order of output: the details of every level, then one approximation.
 * The first letter is the x axis, L is low-pass and H high-pass; force2D leaves out the letter of its axis.
 * Levels after the first are numbered (`wavelet2-HLL`), counted from start_level.
 */
export function waveletSubBands(settings: WaveletSettings): string[] {
  const letters = bandLetters(transformedAxes(settings).length)
  const names: string[] = []
  for (let step = 0; step < settings.level; step++) {
    for (const band of letters.slice(1)) names.push(bandName(step, band))
  }
  return [...names, bandName(settings.level - 1, letters[0])]
}

/** Axes in the order they are filtered (x = 0 first); force2Ddimension counts them from the slowest (0 = z). */
export function transformedAxes({ force2D, force2Ddimension }: WaveletSettings): number[] {
  return [0, 1, 2].filter((axis) => !force2D || axis !== 2 - force2Ddimension)
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
