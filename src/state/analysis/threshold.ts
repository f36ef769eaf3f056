import { createStore } from 'zustand/vanilla'
import { findCutoff, type Cutoff, type CutoffRule } from '../../core/evaluate/cutoffs.ts'
import type { ModelEvaluation } from '../../core/evaluate/evaluateModel.ts'
import type { CohortEvaluation } from '../../core/evaluate/evaluateScores.ts'
import { distinctScores, vertexAt } from '../../core/evaluate/readThreshold.ts'
import type { JudgedPatients, ScoreRecord } from '../../core/evaluate/scoreRecord.ts'

/** One model in one cohort, and where its threshold can stand. */
export interface ShownModel {
  readonly record: ScoreRecord
  readonly cohort: CohortEvaluation
  readonly patients: JudgedPatients
  readonly model: ModelEvaluation
  /** The model's scores, one a patient who has one; what is true of each, and whose row it is. */
  readonly scores: Float64Array
  readonly outcome: Float64Array
  readonly clusters: readonly string[] | null
  /** See `distinctScores`. */
  readonly distinct: Float64Array
}

/** How the other models of a cohort are read beside the one in hand. */
export type CompareBy = 'rule' | 'threshold' | 'specificity'

export type RuleName = 'youden' | 'sensitivity' | 'specificity' | 'cost'

export interface ThresholdState {
  readonly shown: ShownModel | null
  /** Of the model's ROC curve: never a number between two vertices. */
  readonly index: number
  /** The number that was chosen or typed, which calls the patients of `index` positive; null where a hand moved from vertex to vertex. */
  readonly exact: number | null
  readonly rule: RuleName
  /** A hand moved it from where the rule put it. */
  readonly byHand: boolean
  /** Chosen on this cohort, though there is one to carry. */
  readonly isOwn: boolean
  /** Share of positives set by hand; null is the cohort's. */
  readonly prevalence: number | null
  /** A missed positive costs so many false alarms. */
  readonly costOfMiss: number
  readonly compareBy: CompareBy
  show(record: ScoreRecord | null, cohort?: string, model?: string): void
  nextModel(): void
  move(index: number): void
  step(by: number): void
  /** The vertex that calls the same patients as this threshold. */
  moveTo(threshold: number): void
  chooseRule(rule: RuleName, isOwn?: boolean): void
  setPrevalence(prevalence: number | null): void
  setCostOfMiss(cost: number): void
}

/** The cut-off that a rule chooses, on the training cohort to be carried here, or on these patients themselves. */
export function cutoffOf(shown: ShownModel, rule: CutoffRule, isOwn: boolean): Cutoff | null {
  const { record, cohort, model } = shown
  if (isOwn || record.trainCohort === null || cohort.cohort === record.trainCohort) return findCutoff(model.roc, rule)
  const training = record.evaluation.cohorts.find(({ cohort }) => cohort === record.trainCohort)
  const learnt = training?.models.find((one) => one.model === model.model)
  return learnt ? findCutoff(learnt.roc, rule) : null
}

/** Whether the cut-off would be that of patients who are not judged by it. */
export const isCarried = ({ record, cohort }: ShownModel) => record.trainCohort !== null && cohort.cohort !== record.trainCohort

/** As chosen: Youden's, 90 % sensitivity or specificity, or the cost of a miss at the cohort's or the given prevalence. */
export function ruleOf(
  name: RuleName,
  { shown, prevalence, costOfMiss }: Pick<ThresholdState, 'shown' | 'prevalence' | 'costOfMiss'>,
): CutoffRule {
  switch (name) {
    case 'youden':
      return { kind: 'youden' }
    case 'sensitivity':
    case 'specificity':
      return { kind: name, atLeast: 0.9 }
    case 'cost':
      return { kind: 'cost', costOfMiss, prevalence: prevalence ?? shareOf(shown) }
  }
}

/** Share of positives. */
export const shareOf = (shown: ShownModel | null) =>
  shown ? shown.model.roc.positives / (shown.model.roc.positives + shown.model.roc.negatives) : NaN

/** Where the threshold stands on the scale of the scores; infinite at both ends of the curve. */
export const placeOfThreshold = ({ shown, index, exact }: Pick<ThresholdState, 'shown' | 'index' | 'exact'>) =>
  exact ?? shown?.model.roc.thresholds[index] ?? NaN

type Place = Pick<
  ThresholdState,
  'shown' | 'index' | 'exact' | 'byHand' | 'rule' | 'isOwn' | 'prevalence' | 'costOfMiss' | 'compareBy'
>

/** Before anything is shown. */
export const placeAtFirst: Place = {
  shown: null,
  index: 0,
  exact: null,
  byHand: false,
  rule: 'youden',
  isOwn: false,
  prevalence: null,
  costOfMiss: 1,
  compareBy: 'rule',
}

/** Where it stands and by what. */
export const placeIn = ({ shown, index, exact, byHand, rule, isOwn, prevalence, costOfMiss, compareBy }: ThresholdState): Place => ({ shown, index, exact, byHand, rule, isOwn, prevalence, costOfMiss, compareBy }) // prettier-ignore

export function createThresholdStore() {
  return createStore<ThresholdState>()((set, get) => {
    const last = () => (get().shown?.model.roc.thresholds.length ?? 1) - 1
    const clamp = (index: number) => Math.max(0, Math.min(last(), index))
    function applyRule() {
      const { shown, rule, isOwn } = get()
      if (!shown) return
      const cutoff = cutoffOf(shown, ruleOf(rule, get()), isOwn)
      if (!cutoff) return
      // Where no cut-off is useful, calling everybody the same is best: it stands at that end.
      const [end] = cutoff.ties
      const index = vertexAt(shown.distinct, cutoff.problem === null ? cutoff.threshold : end)
      set({ index: clamp(index), exact: cutoff.problem === null ? cutoff.threshold : null, byHand: false })
    }
    return {
      ...placeAtFirst,
      show(record, cohortName, modelName) {
        const before = get().shown
        const usable = record?.evaluation.cohorts.filter(({ unusable, models }) => unusable === null && models.length > 0) ?? []
        const named = (name: string | undefined) => usable.find(({ cohort }) => cohort === name)
        // Apparent figures are never what is seen first.
        const cohort =
          named(cohortName) ??
          named(before?.cohort.cohort) ??
          usable.find(({ role }) => role === 'validation') ??
          usable.find(({ scoresFrom }) => scoresFrom === 'out-of-fold') ??
          usable[0]
        const ofName = (name: string | undefined) => cohort?.models.find(({ model }) => model === name)
        const model = ofName(modelName) ?? ofName(before?.model.model) ?? cohort?.models[0]
        if (!record || !cohort || !model) return set({ shown: null, index: 0, exact: null })
        const patients = record.patients.find((one) => one.cohort === cohort.cohort)!
        const column = patients.scores[model.model]
        const rows = [...column.keys()].filter((row) => !Number.isNaN(column[row]))
        const scores = Float64Array.from(rows, (row) => column[row])
        const outcome = Float64Array.from(rows, (row) => patients.outcome[row])
        const clusters = patients.patientOf && rows.map((row) => patients.patientOf![row])
        set({ shown: { record, cohort, patients, model, scores, outcome, clusters, distinct: distinctScores(scores) } })
        applyRule()
      },
      nextModel() {
        const { shown, show } = get()
        if (!shown) return
        const { models } = shown.cohort
        const at = models.findIndex(({ model }) => model === shown.model.model)
        show(shown.record, shown.cohort.cohort, models[(at + 1) % models.length].model)
      },
      move: (index) => set({ index: clamp(index), exact: null, byHand: true }),
      step: (by) => set({ index: clamp(get().index + by), exact: null, byHand: true }),
      moveTo(threshold) {
        const { shown } = get()
        if (shown) set({ index: clamp(vertexAt(shown.distinct, threshold)), exact: threshold, byHand: true })
      },
      chooseRule(rule, isOwn = false) {
        set({ rule, isOwn })
        applyRule()
      },
      setPrevalence: (prevalence) => set({ prevalence }),
      setCostOfMiss: (costOfMiss) => set({ costOfMiss }),
    }
  })
}

export type ThresholdStore = ReturnType<typeof createThresholdStore>
