import type { ImageMessages } from '../../core/image/messages.ts'
import type { NonFiniteVoxels } from '../../core/image/nonFinite.ts'
import type { Sentences } from '../sentences.ts'

const voxelsOf = (size: readonly number[], spacingMm: readonly number[]) =>
  `${size.join(' x ')} voxels of ${spacingMm.join(' x ')} mm`

export const image: Sentences<ImageMessages> = {
  constant: ({ voxels, level, setting }) =>
    `The image is constant (${voxels} voxels of ${level}): ${setting} divides by its standard deviation, which is 0. Check the image or switch ${setting} off.`,
  'direction-singular': ({ determinant }) =>
    `The direction matrix is singular (determinant ${determinant}): its three axes must be independent.`,
  'filter-of-zeros': ({ filter }) =>
    `${filter} is not defined for an image that is 0 everywhere around the region: it divides by the largest grey value.`,
  'log-few-voxels': ({ size, spacingMm, padding }) =>
    `LoG needs at least 4 voxels along every axis; the image has ${voxelsOf(size, spacingMm)}. Raise ${padding}.`,
  'log-sigma': ({ sigmaMm }) => `LoG needs a sigma above 0 mm, not ${sigmaMm}.`,
  'log-wide': ({ sigmaMm, size, spacingMm, padding, sigma }) =>
    `LoG with sigma ${sigmaMm} mm needs more than sigma / spacing voxels along every axis; the image has ${voxelsOf(size, spacingMm)}. Raise ${padding} or lower ${sigma}.`,
  'matrix-not-finite': ({ matrix }) =>
    `The grid's matrix (${matrix.join(', ')}) must hold finite numbers: check spacing and direction.`,
  'matrix-singular': () => 'The matrix of the grid is singular: the three axes must be independent and the spacing above 0.',
  'not-finite': ({ voxels, first, setting }) =>
    `The image has ${voxels} NaN or infinite ${voxels === 1 ? 'voxel' : 'voxels'}, the first at ${first.join(', ')} (x, y, z from 0): ${setting} would carry them into every voxel. Mend the image or switch ${setting} off.`,
  'sub-band-unknown': ({ subBand, known }) =>
    `These wavelet settings have no sub-band "${subBand}"; they have ${known.join(', ')}.`,
  'wavelet-unknown': ({ wavelet, known }) => `Wavelet "${wavelet}" is not a discrete wavelet. Use one of ${known.join(', ')}.`,
}

/** @param where what the voxels lie in, e.g. 'the region' */
export function describeNonFinite({ count, first }: NonFiniteVoxels, where: string): string {
  const places = first.map((voxel) => `(${voxel.join(', ')})`).join(', ')
  return `${count} NaN or infinite ${count === 1 ? 'voxel' : 'voxels'} in ${where}, at ${places}${count > first.length ? ' and more' : ''} (x, y, z from 0). Mend the image or leave them out of the mask.`
}
