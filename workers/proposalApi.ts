import type { ListedImage } from '../src/core/cohort/proposal/listedImage.ts'
import { proposeStudy, type ProposalOptions, type ProposedStudy } from '../src/core/cohort/proposal/proposeStudy.ts'

export type ProposalApi = ReturnType<typeof createProposalApi>

/** What a worker does with images that were listed: they come once, what is said of them with each question. */
export function createProposalApi() {
  let listed: readonly ListedImage[] | undefined
  return {
    open(images: readonly ListedImage[]): void {
      listed = images
    },
    propose(options: ProposalOptions): ProposedStudy {
      if (!listed) throw new Error('A study was asked for before its images.')
      return proposeStudy(listed, options)
    },
  }
}
