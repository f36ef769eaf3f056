import type { ReportAnswers } from '../answers.ts'
import type { Question, ReportPart } from '../clauseMessages.ts'
import type { ChecklistFacts, LearningFacts } from './facts.ts'
import { itemKey, type Answerer, type ReadItem } from './items.ts'

export interface ScoredItem {
  readonly id: string
  readonly who: Answerer
  /** Of those that apply to tables of hand-crafted features the weights add to 0.9575; of all 30 to 1. */
  readonly weight: number
  /** Null where the program does not know. */
  readonly value: (facts: ChecklistFacts) => 'yes' | 'no' | null
  readonly at: ReportPart | null
  /** Whose answer makes a draft of it: that something is said does not say that it is good. */
  readonly question?: Question
  /** Of a draft: the records prove it. */
  readonly isSure?: (facts: ChecklistFacts) => boolean
}

const yes = () => 'yes' as const
const unknown = () => null
const sayYes = (holds: boolean) => (holds ? 'yes' : 'no')
const learnt = (holds: (learning: LearningFacts) => boolean) => ({ learning }: ChecklistFacts) => learning && sayYes(holds(learning)) // prettier-ignore

/** Patients who were held out of those at hand, by chance or by date. */
const isOfSameCentre = (by: ChecklistFacts['cohortsBy']) => by === 'split' || by === 'date'
const knowsCohorts = ({ cohortsBy }: ChecklistFacts) => cohortsBy !== null

/**
 * The items of METRICS (Kocak et al. 2024, Insights into Imaging 15:8) with their weights, under the conditions of a study of tables: regions
 * yes, fully automated no, hand-crafted yes, tabular yes, end-to-end deep learning no; so 9 and 17 do not apply. Whether who is judged is of
 * another centre a table does not say: 4, 26 and 27 are drafts that a person confirms, unless the study knows how it told its cohorts apart.
 */
export const metricsItems: readonly ScoredItem[] = [
  { id: '1', who: 'draft', weight: 0.0368, value: yes, at: 'clear' },
  { id: '2', who: 'draft', weight: 0.0735, value: unknown, at: null, question: 'recruitment' },
  { id: '3', who: 'draft', weight: 0.0919, value: unknown, at: null, question: 'reference standard' },
  { id: '4', who: 'draft', weight: 0.0438, value: ({ validations, cohortsBy }) => sayYes(validations > 0 && (cohortsBy === null || cohortsBy === 'centre')), at: 'data', isSure: ({ cohortsBy }) => cohortsBy === 'centre' },
  { id: '5', who: 'person', weight: 0.0292, value: unknown, at: null },
  { id: '6', who: 'draft', weight: 0.0438, value: unknown, at: null, question: 'imaging' },
  { id: '7', who: 'draft', weight: 0.0292, value: unknown, at: null },
  { id: '8', who: 'draft', weight: 0.0337, value: unknown, at: null, question: 'segmentation' },
  { id: '10', who: 'program', weight: 0.0112, value: ({ learning }) => (learning?.hasSecondReader ? 'yes' : null), at: 'selection' },
  { id: '11', who: 'program', weight: 0.0622, value: unknown, at: null, question: 'extraction' },
  { id: '12', who: 'program', weight: 0.0311, value: unknown, at: null, question: 'extraction' },
  { id: '13', who: 'program', weight: 0.0415, value: unknown, at: null, question: 'extraction' },
  { id: '14', who: 'program', weight: 0.02, value: learnt(({ steps }) => steps.has('agreement')), at: 'selection' },
  { id: '15', who: 'program', weight: 0.02, value: learnt(({ steps }) => steps.has('redundancy')), at: 'selection' },
  { id: '16', who: 'draft', weight: 0.03, value: learnt(({ hasFewEvents }) => !hasFewEvents), at: 'sample size' },
  { id: '18', who: 'program', weight: 0.0599, value: learnt(({ guard }) => guard === 'closed'), at: 'data' },
  { id: '19', who: 'draft', weight: 0.03, value: ({ learning }) => (learning?.isHarmonised ? 'yes' : null), at: 'harmonisation' },
  { id: '20', who: 'program', weight: 0.0352, value: yes, at: 'results' },
  { id: '21', who: 'program', weight: 0.0234, value: yes, at: 'results' },
  { id: '22', who: 'program', weight: 0.0176, value: ({ isCalibrated }) => sayYes(isCalibrated), at: 'results' },
  { id: '23', who: 'draft', weight: 0.0117, value: unknown, at: null },
  { id: '24', who: 'draft', weight: 0.0293, value: learnt(({ hasClinicalModel }) => hasClinicalModel), at: 'models' },
  { id: '25', who: 'program', weight: 0.0176, value: learnt(({ hasSimpleModel }) => hasSimpleModel), at: 'models' },
  { id: '26', who: 'draft', weight: 0.0375, value: ({ validations, cohortsBy }) => sayYes(validations > 0 && isOfSameCentre(cohortsBy)), at: 'results', isSure: knowsCohorts },
  { id: '27', who: 'draft', weight: 0.0749, value: ({ validations, cohortsBy }) => sayYes(validations > 0 && !isOfSameCentre(cohortsBy)), at: 'results', isSure: knowsCohorts },
  { id: '28', who: 'person', weight: 0.0075, value: unknown, at: null, question: 'sharing' },
  { id: '29', who: 'draft', weight: 0.0075, value: unknown, at: null, question: 'sharing' },
  { id: '30', who: 'draft', weight: 0.0075, value: unknown, at: null, question: 'sharing' },
] // prettier-ignore

export function readScored(item: ScoredItem, facts: ChecklistFacts, answers: ReportAnswers): ReadItem {
  const { id, who, weight, at, question, isSure } = item
  const mark = answers.items[itemKey('metrics', id)]
  const isAnswered = question !== undefined && answers.questions[question] !== undefined
  if (mark === 'not applicable') return { id, who, weight, state: 'not applicable', at: null, value: null }
  if (mark !== undefined) return { id, who, weight, state: 'filled', at: at ?? (isAnswered ? 'questions' : null), value: mark }
  const value = item.value(facts)
  if (value !== null) return { id, who, weight, state: who === 'program' || isSure?.(facts) ? 'filled' : 'drafted', at, value }
  return isAnswered ? { id, who, weight, state: 'drafted', at: 'questions', value: 'yes' } : { id, who, weight, state: 'open', at: null, value: null } // prettier-ignore
}

/** Shares of the weight of all items that apply, 0 to 1: what is sure, and what it would be if every draft held. It guesses nothing. */
export interface MetricsScore {
  readonly sure: number
  readonly ifDraftsHold: number
}

export function scoreMetrics(items: readonly ReadItem[]): MetricsScore {
  const applicable = items.filter(({ state }) => state !== 'not applicable')
  const weigh = (of: readonly ReadItem[]) => of.reduce((sum, { weight = 0 }) => sum + weight, 0)
  const share = (states: readonly ReadItem['state'][]) => weigh(applicable.filter(({ value, state }) => value === 'yes' && states.includes(state))) / weigh(applicable) // prettier-ignore
  return { sure: share(['filled']), ifDraftsHold: share(['filled', 'drafted']) }
}
