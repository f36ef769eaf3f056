/** A case that comes with the page, see `public/samples/NOTICE.md`. */
export interface SampleCase {
  readonly id: string
  readonly title: string
  readonly about: string
}

export const sampleCases: readonly SampleCase[] = [
  { id: 'brain1', title: 'Brain, MR', about: '256 × 256 × 25 voxels, with a tumour mask' },
  { id: 'breast1', title: 'Breast, MR', about: '45 × 120 × 21 voxels, with a tumour mask' },
]
