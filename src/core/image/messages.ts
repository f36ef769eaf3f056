import { messagesOf } from '../messages/message.ts'

type Nothing = Readonly<Record<never, never>>

export interface ImageMessages {
  'direction-singular': { readonly determinant: number }
  /** A filter scales by the largest magnitude, and there is none. */
  'filter-of-zeros': { readonly filter: 'Square' | 'Logarithm' | 'Exponential' }
  'matrix-not-finite': { readonly matrix: readonly number[] }
  'matrix-singular': Nothing
}

export const { refuse } = messagesOf<ImageMessages>('image')
