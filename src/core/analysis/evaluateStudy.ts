import type { CutoffRule } from '../evaluate/cutoffs.ts'
import { defaultEvaluationOptions, type EvaluationOptions } from '../evaluate/evaluateModel.ts'
import { spreadThresholds } from '../evaluate/decisionCurve.ts'
import {
  decideScores,
  discriminateScores,
  joinEvaluation,
  type Evaluation,
  type ScoresToEvaluate,
  type TrainingScores,
} from '../evaluate/evaluateScores.ts'
import type { PauseForProgress } from '../numeric/jobs.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { mean } from '../numeric/moments.ts'
import { makeFeatureTable, type FeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import type { Path } from './followPath.ts'
import type { Resampling } from './resamplePath.ts'
import { evaluationSeed } from './stages/seeds.ts'
import type { AnalysisPlan } from './stages/planStages.ts'
import { takeStage, type StageStore } from './stages/stageStore.ts'
import type { StudyData } from './studyData.ts'

/**
 * Every model in every cohort. The training cohort stands there up to three times, by where the scores come from: as carried
 * on (out-of-bag for forests), apparent (of the patients learnt from; only the models of which that differs) and out-of-fold.
 */
export async function evaluateStudy(
  path: Path,
  resampling: Resampling | null,
  study: StudyData,
  protocol: Protocol,
  plan: Pick<AnalysisPlan, 'discrimination' | 'decisions'>,
  onProgress: PauseForProgress,
  stages: StageStore,
): Promise<Evaluation> {
  const input = gatherScores(path, resampling, study)
  const options = evaluationOptions(protocol, path.learntFrom.map((id) => study.outcomeOf.get(id)!)) // prettier-ignore
  const discrimination = await takeStage(stages, plan.discrimination, () => discriminateScores(input, options, onProgress))
  const decisions = await takeStage(stages, plan.decisions, () => decideScores(input, options, onProgress))
  return joinEvaluation(input, options, discrimination, decisions)
}

function gatherScores(path: Path, resampling: Resampling | null, { outcomeOf, patientOf }: StudyData): ScoresToEvaluate {
  const names = path.models.map(({ name }) => name)
  const [own, ...others] = path.scores
  const outcomeOfRows = (ids: readonly string[]) => ids.map((id) => outcomeOf.get(id)!)
  const asTraining = (name: string, table: FeatureTable, scoresAre: TrainingScores['scoresAre']): TrainingScores => ({
    name,
    models: table.columns,
    scoresAre,
    table: takeTraining(table, outcomeOfRows(table.ids), { training: table.ids, validation: [] }),
  })
  const everyModel = (source: TrainingScores['scoresAre'][string]) => Object.fromEntries(names.map((name) => [name, source]))
  const outOfBag = path.models.filter(({ scoresAre }) => scoresAre !== 'resubstitution')
  return {
    models: path.models.map(({ name, scoreKind, model }) => ({
      name,
      kind: scoreKind,
      logistic: model.kind === 'logistic' && model.method === 'maximum likelihood',
      ...(model.kind === 'intercept only' && { interceptOnly: true }),
    })),
    training: [
      asTraining(own.cohort, asTable(own.ids, own.scores), Object.fromEntries(path.models.map(({ name, scoresAre }) => [name, scoresAre]))),
      ...(outOfBag.length > 0 ? [asTraining(`${own.cohort}, apparent`, asTable(own.ids, Object.fromEntries(outOfBag.map(({ name, apparent }) => [name, apparent]))), everyModel('resubstitution'))] : []),
      ...(resampling && resampling.ids.length > 0 ? [asTraining(`${own.cohort}, out-of-fold`, asTable(resampling.ids, resampling.scores), everyModel('out-of-fold'))] : []),
    ],
    ...(patientOf && { patientOf }),
    validation: others.map(({ cohort, ids, scores }) => ({ name: cohort, scores: asTable(ids, scores), outcome: outcomeOfRows(ids) })),
  } // prettier-ignore
}

/** @param outcome of the training patients, whose share of positives a cost rule takes unless the protocol names another */
function evaluationOptions({ evaluate, seed }: Protocol, outcome: readonly number[]): EvaluationOptions {
  const { confidence, cutoff, cutoffTarget, costOfMiss, prevalence, bootstraps, reclassification, thresholds } = evaluate
  const rule = (): CutoffRule => {
    if (cutoff === 'youden') return { kind: cutoff }
    if (cutoff === 'cost') return { kind: cutoff, costOfMiss, prevalence: prevalence ?? mean(outcome) }
    return { kind: cutoff, atLeast: cutoffTarget }
  }
  return {
    ...defaultEvaluationOptions,
    level: confidence,
    resamples: bootstraps,
    rules: [rule()],
    prevalence: prevalence ?? null,
    thresholds: spreadThresholds(thresholds),
    reclassification: reclassification ?? null,
    seed: evaluationSeed(seed),
  }
}

function asTable(ids: readonly string[], scores: Readonly<Record<string, readonly number[]>>): FeatureTable {
  return makeFeatureTable(ids, Object.keys(scores), Float64Array.from(Object.values(scores).flat()))
}
