import type { Block, Kernels } from '../../kernels/kernels.ts'
import { decompositionFilters } from './wavelet.ts'
import { axisFilter, convolve, poolResponses, turnFilters, type AxisFilter, type Boundary, type Pooling } from './separable.ts'

export interface UndecimatedWaveletOptions {
  /** PyWavelets's name. */
  readonly wavelet: string
  /** L or H along x, y and, if there are three, z. */
  readonly subBand: string
  /** Of the decomposition, from 1. */
  readonly level: number
  /** Responses of all right-angle turns become one by this; null: of one orientation. */
  readonly pooling: Pooling | null
  readonly boundary: Boundary
}

/** In voxels: half a filter, whose gaps double from level to level. */
export function waveletReach({ wavelet, level }: UndecimatedWaveletOptions): number {
  return Math.floor(decompositionFilters(wavelet).low.length / 2) * ((1 << level) - 1)
}

/**
 * Response to a separable wavelet without decimation (IBSI 2, 3.5): low-pass filters of the levels before, then the sub-band's own, with
 * gaps between weights that double from level to level. @returns a new block in the caller's scope
 */
export function undecimatedWavelet(
  kernels: Kernels,
  image: Block,
  { wavelet, subBand, level, pooling, boundary }: UndecimatedWaveletOptions,
): Block {
  const { low, high } = decompositionFilters(wavelet)
  const own = subBand.split('').map((letter) => axisFilter(letter === 'L' ? low : high))
  const before = own.map(() => axisFilter(low))
  // Turned alike, so that a response is one of a turned image from the first level on.
  const turnsOf = (filters: readonly AxisFilter[]) => (pooling === null ? [filters] : turnFilters(filters))
  const [turns, turnsBefore] = [turnsOf(own), turnsOf(before)]
  const spread = (filters: readonly AxisFilter[], by: number) =>
    filters.map(({ weights, offsets }) => ({ weights, offsets: offsets.map((offset) => offset * by) }))
  return poolResponses(kernels, image, turns.length, pooling ?? 'mean', (k) => {
    let response = image
    for (let done = 1; done < level; done++)
      response = convolve(kernels, response, spread(turnsBefore[k], 1 << (done - 1)), boundary)
    return convolve(kernels, response, spread(turns[k], 1 << (level - 1)), boundary)
  })
}
