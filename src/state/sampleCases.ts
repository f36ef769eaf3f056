import type { Triple } from '../core/numeric/voxelArray.ts'

/** A case that comes with the page, see `public/samples/NOTICE.md`. */
export interface SampleCase {
  readonly id: string
  readonly title: string
  readonly size: Triple
}

/** The one that a page begins with that presents. */
export const presentedSample: SampleCase = { id: 'breast1', title: 'Breast, MR', size: [45, 120, 21] }

export const sampleCases: readonly SampleCase[] = [{ id: 'brain1', title: 'Brain, MR', size: [256, 256, 25] }, presentedSample]
