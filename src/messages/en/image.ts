import type { ImageMessages } from '../../core/image/messages.ts'
import type { Sentences } from '../sentences.ts'

export const image: Sentences<ImageMessages> = {
  'direction-singular': ({ determinant }) =>
    `The direction matrix is singular (determinant ${determinant}): its three axes must be independent.`,
  'filter-of-zeros': ({ filter }) =>
    `${filter} is not defined for an image that is 0 everywhere around the region: it divides by the largest grey value.`,
  'matrix-not-finite': ({ matrix }) =>
    `The grid's matrix (${matrix.join(', ')}) must hold finite numbers: check spacing and direction.`,
  'matrix-singular': () => 'The matrix of the grid is singular: the three axes must be independent and the spacing above 0.',
}
