import { defaultEvaluationOptions, type EvaluationOptions } from '../evaluate/evaluateModel.ts'
import { spreadThresholds } from '../evaluate/decisionCurve.ts'
import {
  decideScores,
  discriminateScores,
  joinEvaluation,
  type Evaluation,
  type ScoresToEvaluate,
} from '../evaluate/evaluateScores.ts'
import type { PauseForProgress } from '../numeric/jobs.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { cutoffRule } from './cutoffRule.ts'
import type { Path } from './followPath.ts'
import type { Resampling } from './resamplePath.ts'
import { groupScores } from './scoreColumns.ts'
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
  const groups = groupScores(path, resampling).map(({ role, cohort, scoresFrom, columns }) => {
    const [{ ids }] = columns
    const table = makeFeatureTable(ids, columns.map(({ model }) => model), Float64Array.from(columns.flatMap(({ scores }) => scores))) // prettier-ignore
    const from = scoresFrom ?? Object.fromEntries(columns.map(({ model, scoresFrom }) => [model, scoresFrom]))
    return { role, cohort, from, table, outcome: ids.map((id) => outcomeOf.get(id)!) }
  })
  const of = (wanted: (typeof groups)[number]['role']) => groups.filter(({ role }) => role === wanted)
  return {
    models: path.models.map(({ name, scoreKind, model }) => ({
      name,
      kind: scoreKind,
      logistic: model.kind === 'logistic' && model.method === 'maximum likelihood',
      ...(model.kind === 'intercept only' && { interceptOnly: true }),
    })),
    training: of('training').map(({ cohort, from, table, outcome }) => ({
      name: cohort,
      models: table.columns,
      scoresFrom: from,
      table: takeTraining(table, outcome, { training: table.ids, validation: [] }),
    })),
    ...(patientOf && { patientOf }),
    validation: of('validation').map(({ cohort, table, outcome }) => ({ name: cohort, scores: table, outcome })),
  }
}

/** @param outcome of the training patients, as `cutoffRule` takes it */
function evaluationOptions({ evaluate, seed }: Protocol, outcome: readonly number[]): EvaluationOptions {
  const { confidence, prevalence, bootstraps, reclassification, thresholds } = evaluate
  return {
    ...defaultEvaluationOptions,
    level: confidence,
    resamples: bootstraps,
    rules: [cutoffRule(evaluate, outcome)],
    prevalence: prevalence ?? null,
    thresholds: spreadThresholds(thresholds),
    reclassification: reclassification ?? null,
    seed: evaluationSeed(seed),
  }
}
