import { compareGeometry } from '../core/mask/compareGeometry.ts'
import type { FoundVolume } from './images.ts'

/** Whether a volume is a mask of an image on its grid: until a person says so it is an image. */
export interface MaskQuestion {
  readonly found: FoundVolume
  /** The first that it may belong to. */
  readonly image: FoundVolume
}

/** Of the volumes that may be masks, those that have an image to be a mask of. */
export function findMaskQuestions(volumes: readonly FoundVolume[]): readonly MaskQuestion[] {
  const isAsked = ({ kind, maskHint }: FoundVolume) => kind === 'image' && maskHint !== undefined
  const images = volumes.filter((found) => found.kind === 'image' && !isAsked(found))
  return volumes.filter(isAsked).flatMap((found) => {
    const image = images.find(({ volume }) => compareGeometry(volume, found.volume).length === 0)
    return image ? [{ found, image }] : []
  })
}
