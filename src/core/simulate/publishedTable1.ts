/** Lower quartile, median, upper quartile. */
export type PublishedQuartiles = readonly [number, number, number]

/** Patients of a centre as Table 1 of the paper gives them; counts in the order of `levels`. */
export interface PublishedCohort {
  readonly ageYears: PublishedQuartiles
  readonly bmi: PublishedQuartiles
  readonly sizeCm: PublishedQuartiles
  readonly tic: readonly number[]
  readonly side: readonly number[]
  readonly er: readonly number[]
  readonly pr: readonly number[]
  readonly her2: readonly number[]
  readonly ki67: readonly number[]
  readonly aln: readonly number[]
}

export const levels = {
  tic: ['I', 'II', 'III'],
  side: ['left', 'right'],
  er: ['negative', 'positive'],
  pr: ['negative', 'positive'],
  her2: ['zero', 'low', 'positive'],
  ki67: ['low', 'high'],
  aln: ['negative', 'positive'],
} as const

/** Luo et al. 2024, Eur J Radiol Open, doi 10.1016/j.ejro.2024.100592, Table 1: 250 and 152 patients. */
export const publishedTable1 = {
  training: {
    ageYears: [44, 49, 56],
    bmi: [22.13, 24.1, 26.6],
    sizeCm: [1.9, 2.5, 3.68],
    tic: [6, 80, 164],
    side: [125, 125],
    er: [71, 179],
    pr: [91, 159],
    her2: [95, 82, 73],
    ki67: [177, 73],
    aln: [87, 163],
  },
  validation: {
    ageYears: [45, 50, 57],
    bmi: [22.2, 23.93, 26.67],
    sizeCm: [1.7, 2.2, 2.92],
    tic: [10, 76, 66],
    side: [75, 77],
    er: [33, 119],
    pr: [50, 102],
    her2: [38, 83, 31],
    ki67: [49, 103],
    aln: [52, 100],
  },
} as const satisfies Record<string, PublishedCohort>
