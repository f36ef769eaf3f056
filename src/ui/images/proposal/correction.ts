import type { SeriesGroup } from '../../../core/cohort/proposal/groupSeries.ts'
import type { ProposedImage } from '../../../core/cohort/proposal/proposeStudy.ts'

/** A role that a person gives to images, before it is said for whom. */
export interface Correction {
  readonly group: SeriesGroup
  readonly role: string | null
}

/** The images of a group that a correction is for where it is meant for one patient. */
export const imagesOfExample = ({ images, example }: SeriesGroup): readonly ProposedImage[] =>
  images.filter(({ label, visit }) => label === example.label && visit === example.visit)
