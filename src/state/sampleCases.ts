import type { Triple } from '../core/numeric/voxelArray.ts'

/** A case that comes with the page, see `public/samples/NOTICE.md`. */
export interface SampleCase {
  readonly id: string
  readonly title: string
  readonly size: Triple
}

export const sampleCases: readonly SampleCase[] = [
  { id: 'brain1', title: 'Brain, MR', size: [256, 256, 25] },
  { id: 'breast1', title: 'Breast, MR', size: [45, 120, 21] },
]
