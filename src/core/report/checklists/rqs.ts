import type { ChecklistFacts } from './facts.ts'

/** Of one item: the points that the records prove, and how many there could be; null where they prove nothing. */
export interface RqsPoints {
  readonly id: string
  readonly points: number | null
  readonly least: number
  readonly most: number
}

/**
 * The radiomics quality score (Lambin et al. 2017, Nature Reviews Clinical Oncology 14:749), 16 items, -8 to 36 points. That a study is
 * prospective (item 11) is never assumed, nor that whoever was judged is
 * of another institute unless the study says so (item 12: 3 points then, else 2, of at most 5).
 */
export function readRqs({ learning, validations, isCalibrated, isCalibratedOutOfFold, hasDecisionCurves, cohortsBy }: ChecklistFacts): RqsPoints[] {
  const of = (id: number, least: number, most: number, points: number | null = null) => ({ id: String(id), points, least, most })
  const learnt = (points: number) => (learning ? points : null)
  return [
    of(1, 0, 2),
    of(2, 0, 1, learnt(learning?.steps.has('agreement') ? 1 : 0)),
    of(3, 0, 1),
    of(4, 0, 1),
    of(5, -3, 3, learnt(learning && learning.steps.size > 0 ? 3 : -3)),
    of(6, 0, 1, learnt(learning?.hasClinicalModel ? 1 : 0)),
    of(7, 0, 1),
    of(8, 0, 1, 1),
    of(9, 0, 2, learning?.isResampled ? 2 : 1),
    of(10, 0, 2, isCalibrated ? (isCalibratedOutOfFold ? 2 : 1) : 0),
    of(11, 0, 7),
    of(12, -5, 5, validations === 0 ? -5 : cohortsBy === 'centre' ? 3 : 2),
    of(13, 0, 2),
    of(14, 0, 2, hasDecisionCurves ? 2 : 0),
    of(15, 0, 1),
    of(16, 0, 4),
  ]
} // prettier-ignore
