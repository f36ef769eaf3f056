import type { ExtractionSettings } from '../../parameters/parameters.ts'

/*
 * What can be told of a wavelet transform without its coefficients, which are much to load for a page that only plans with them.
 */
export type WaveletSettings = Pick<ExtractionSettings, 'wavelet' | 'level' | 'start_level' | 'force2D' | 'force2Ddimension'>

// prettier-ignore
/** The names PyWavelets 1.8 and 1.9 give their discrete wavelets, in the order of `waveletCoefficients`. */
export const waveletNames: readonly string[] = [
  'bior1.1', 'bior1.3', 'bior1.5', 'bior2.2', 'bior2.4', 'bior2.6', 'bior2.8', 'bior3.1', 'bior3.3', 'bior3.5', 'bior3.7',
  'bior3.9', 'bior4.4', 'bior5.5', 'bior6.8', 'coif1', 'coif2', 'coif3', 'coif4', 'coif5', 'coif6', 'coif7', 'coif8', 'coif9',
  'coif10', 'coif11', 'coif12', 'coif13', 'coif14', 'coif15', 'coif16', 'coif17', 'db1', 'db2', 'db3', 'db4', 'db5', 'db6',
  'db7', 'db8', 'db9', 'db10', 'db11', 'db12', 'db13', 'db14', 'db15', 'db16', 'db17', 'db18', 'db19', 'db20', 'db21', 'db22',
  'db23', 'db24', 'db25', 'db26', 'db27', 'db28', 'db29', 'db30', 'db31', 'db32', 'db33', 'db34', 'db35', 'db36', 'db37',
  'db38', 'dmey', 'haar', 'rbio1.1', 'rbio1.3', 'rbio1.5', 'rbio2.2', 'rbio2.4', 'rbio2.6', 'rbio2.8', 'rbio3.1', 'rbio3.3',
  'rbio3.5', 'rbio3.7', 'rbio3.9', 'rbio4.4', 'rbio5.5', 'rbio6.8', 'sym2', 'sym3', 'sym4', 'sym5', 'sym6', 'sym7', 'sym8',
  'sym9', 'sym10', 'sym11', 'sym12', 'sym13', 'sym14', 'sym15', 'sym16', 'sym17', 'sym18', 'sym19', 'sym20',
]

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
