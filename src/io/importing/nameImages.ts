import { proposePatterns, readName, type PatternCount } from '../../core/cohort/proposal/readNames.ts'
import type { FoundImage, Listing } from './listImages.ts'

/** A listing, with what the names of files without headers say: whose they are and what for. */
export interface NamedListing extends Listing {
  /** How names were read; undefined where there is none to read. */
  readonly pattern: PatternCount | undefined
}

/** @param pathOf of an image's file below the folder that was given, folders separated by '/' */
export function nameImages({ images, masks, leftOut }: Listing, pathOf: (image: FoundImage) => string): NamedListing {
  const unnamed = images.filter(isUnnamed)
  const [pattern] = proposePatterns(unnamed.map(pathOf)) as readonly (PatternCount | undefined)[]
  const read = images.map((image) => {
    const name = pattern && isUnnamed(image) ? readName(pattern.pattern, pathOf(image)) : undefined
    return { image, name }
  })
  const kept = read.filter(({ name }) => !name?.isMask)
  return {
    images: kept.map(({ image, name }): FoundImage => ({ ...image, ...(name && { named: name }) })),
    // Files that are called so are no images of the study either.
    masks: [...masks, ...read.flatMap(({ image, name }) => (name?.isMask ? [{ path: image.volume.source.path, files: image.files }] : []))], // prettier-ignore
    leftOut,
    pattern,
  }
}

const isUnnamed = ({ volume }: FoundImage) => volume.source.format !== 'DICOM'
