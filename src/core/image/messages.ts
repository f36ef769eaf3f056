import { messagesOf } from '../messages/message.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/* What the profile calls a setting is a value of the messages that speak of it. */

type Nothing = Readonly<Record<never, never>>

export interface ImageMessages {
  constant: { readonly voxels: number; readonly level: number; readonly setting: string }
  'direction-singular': { readonly determinant: number }
  /** A filter scales by the largest magnitude, and there is none. */
  'filter-of-zeros': { readonly filter: 'Square' | 'Logarithm' | 'Exponential' }
  'log-few-voxels': { readonly size: Triple; readonly spacingMm: Triple; readonly padding: string }
  'log-sigma': { readonly sigmaMm: number }
  'log-wide': {
    readonly sigmaMm: number
    readonly size: Triple
    readonly spacingMm: Triple
    readonly padding: string
    readonly sigma: string
  }
  'matrix-not-finite': { readonly matrix: readonly number[] }
  'matrix-singular': Nothing
  /** `first`: where the first of them is. */
  'not-finite': { readonly voxels: number; readonly first: Triple; readonly setting: string }
  'sub-band-unknown': { readonly subBand: string; readonly known: readonly string[] }
  'wavelet-unknown': { readonly wavelet: string; readonly known: readonly string[] }
}

export const { refuse, tell } = messagesOf<ImageMessages>('image')
