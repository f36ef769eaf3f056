import type { ReportPart } from '../clauseMessages.ts'
import type { ChecklistFacts, LearningFacts } from './facts.ts'
import type { Answerer, ReportedItem } from './items.ts'

const nowhere = () => null
const always = (part: ReportPart) => () => part
const learnt = (part: ReportPart, holds: (learning: LearningFacts) => boolean = () => true) => ({ learning }: ChecklistFacts) => learning && holds(learning) ? part : null // prettier-ignore
const judged =
  (part: ReportPart) =>
  ({ validations }: ChecklistFacts) =>
    validations > 0 ? part : null
const item = (id: string, who: Answerer, at: ReportedItem['at'], more: Pick<ReportedItem, 'question' | 'applies'> = {}): ReportedItem => ({ id, who, at, ...more }) // prettier-ignore

/** No model is recalibrated after it was judged, so there is no updating to tell of. */
const never = () => false

/**
 * The 27 items of TRIPOD+AI with their 52 parts (Collins et al. 2024, BMJ 385:e078378), and where this report says them. The letters were
 * held against published copies of its table.
 */
export const tripodItems: readonly ReportedItem[] = [
  item('1', 'draft', always('title page')),
  item('2', 'draft', always('abstract')),
  item('3a', 'person', nowhere, { question: 'background' }),
  item('3b', 'person', nowhere, { question: 'use' }),
  item('3c', 'person', nowhere, { question: 'fairness' }),
  item('4', 'person', nowhere, { question: 'objective' }),
  item('5a', 'draft', nowhere, { question: 'recruitment' }),
  item('5b', 'person', nowhere, { question: 'recruitment' }),
  item('6a', 'draft', nowhere, { question: 'recruitment' }),
  item('6b', 'draft', nowhere, { question: 'recruitment' }),
  item('6c', 'person', nowhere),
  item('7', 'program', learnt('features')),
  item('8a', 'draft', nowhere, { question: 'reference standard' }),
  item('8b', 'person', nowhere, { question: 'reference standard' }),
  item('8c', 'person', nowhere),
  item('9a', 'program', learnt('features')),
  item('9b', 'program', nowhere, { question: 'extraction' }),
  item('9c', 'draft', nowhere, { question: 'segmentation' }),
  item('10', 'draft', learnt('sample size')),
  item('11', 'program', learnt('data', ({ lacksValues }) => lacksValues), { applies: ({ learning }) => learning === null || learning.lacksValues }),
  item('12a', 'program', learnt('data')),
  item('12b', 'program', learnt('models')),
  item('12c', 'program', learnt('models')),
  item('12d', 'draft', nowhere),
  item('12e', 'program', always('evaluation')),
  item('12f', 'program', nowhere, { applies: never }),
  item('12g', 'program', learnt('model cards')),
  item('13', 'program', always('data')),
  item('14', 'draft', nowhere, { question: 'fairness' }),
  item('15', 'program', learnt('models')),
  item('16', 'draft', judged('data')),
  item('17', 'person', nowhere, { question: 'ethics' }),
  item('18a', 'person', nowhere, { question: 'funding' }),
  item('18b', 'person', nowhere, { question: 'funding' }),
  item('18c', 'person', nowhere, { question: 'registration' }),
  item('18d', 'person', nowhere, { question: 'registration' }),
  item('18e', 'draft', nowhere, { question: 'sharing' }),
  item('18f', 'draft', nowhere, { question: 'sharing' }),
  item('19', 'person', nowhere, { question: 'involvement' }),
  item('20a', 'draft', learnt('flow')),
  item('20b', 'program', learnt('data')),
  item('20c', 'program', ({ learning, validations }) => (learning && validations > 0 ? 'data' : null), { applies: ({ validations }) => validations > 0 }),
  item('21', 'program', always('data')),
  item('22', 'program', learnt('model cards')),
  item('23a', 'program', always('results')),
  item('23b', 'draft', nowhere),
  item('24', 'program', nowhere, { applies: never }),
  item('25', 'person', nowhere, { question: 'overview' }),
  item('26', 'draft', ({ warnings }) => (warnings > 0 ? 'reviewer' : null)),
  item('27a', 'draft', nowhere),
  item('27b', 'person', nowhere, { question: 'use' }),
  item('27c', 'person', nowhere, { question: 'practice' }),
] // prettier-ignore
