import { compare } from '../../numeric/compare.ts'
import type { ListedImage } from './listedImage.ts'

/** Of images with equal points the better one first: more slices, finer pixels, the earlier series; at the end by identity. */
export function compareImages(a: ListedImage, b: ListedImage): number {
  const number = ({ volume }: ListedImage) => volume.source.timing?.seriesNumber ?? Infinity
  return (
    b.volume.size[2] - a.volume.size[2] ||
    a.volume.spacingMm[0] - b.volume.spacingMm[0] ||
    compare(number(a), number(b)) ||
    compare(a.id, b.id)
  )
}
