import type { CohortEvaluation, Evaluation } from '../evaluate/evaluateScores.ts'
import { DataError, type Message } from '../messages/message.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { planDevelopment } from '../statistics/planDevelopment.ts'
import { planValidation } from '../statistics/planValidation.ts'
import type { SizeCriterion } from '../statistics/sizeCriterion.ts'

/** How many patients a cohort was to have, and how many it has. */
export interface PlannedSize {
  readonly cohort: string
  readonly expected: { readonly prevalence: number; readonly auc: number; readonly parameters: number | null }
  /** The reason where what was expected asks for no number of patients. */
  readonly planned: Pick<SizeCriterion, 'patients' | 'events'> | Message
  /** Events are positives. */
  readonly reached: Pick<SizeCriterion, 'patients' | 'events'>
}

/** What the protocol expected asks for (Riley et al. 2019 to 2021, as `texel plan`): of who learns, and of each cohort that is judged. */
export function planSizes({ plan }: Pick<Protocol, 'plan'>, { cohorts }: Evaluation): PlannedSize[] {
  const training = cohorts.slice(0, 1)
  const judged = cohorts.filter(({ role, unusable }) => role === 'validation' && unusable === null)
  const { develop, validate } = plan ?? {}
  const size = ({ cohort, patients, positives }: CohortEvaluation, expected: PlannedSize['expected'], needed: () => SizeCriterion) => ({ cohort, expected, planned: orReason(needed), reached: { patients, events: positives } }) // prettier-ignore
  return [
    ...(develop ? training.map((one) => size(one, develop, () => planDevelopment({ ...develop, expected: { auc: develop.auc } }).needed)) : []),
    ...(validate ? judged.map((one) => size(one, { ...validate, parameters: null }, () => planValidation({ ...validate, predictor: { kind: 'two normals' }, observedOverExpected: 1 }).needed)) : []),
  ] // prettier-ignore
}

function orReason(needed: () => SizeCriterion): PlannedSize['planned'] {
  try {
    const { patients, events } = needed()
    return { patients, events }
  } catch (error) {
    if (error instanceof DataError) return error.told
    throw error
  }
}
