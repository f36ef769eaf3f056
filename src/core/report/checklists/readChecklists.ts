import type { ReportAnswers } from '../answers.ts'
import { clearItems } from './clear.ts'
import type { ChecklistFacts } from './facts.ts'
import { readReported, type ReadItem } from './items.ts'
import { metricsItems, readScored, scoreMetrics, type MetricsScore } from './metrics.ts'
import { readRqs, type RqsPoints } from './rqs.ts'
import { tripodItems } from './tripod.ts'

/** The lists that journals ask for, as far as the records and a person's answers fill them. */
export interface Checklists {
  readonly clear: readonly ReadItem[]
  readonly metrics: readonly ReadItem[]
  readonly score: MetricsScore
  readonly tripod: readonly ReadItem[]
  readonly rqs: readonly RqsPoints[]
}

export function readChecklists(facts: ChecklistFacts, answers: ReportAnswers): Checklists {
  const metrics = metricsItems.map((item) => readScored(item, facts, answers))
  return {
    clear: clearItems.map((item) => readReported('clear', item, facts, answers)),
    metrics,
    score: scoreMetrics(metrics),
    tripod: tripodItems.map((item) => readReported('tripod', item, facts, answers)),
    rqs: readRqs(facts),
  }
}
