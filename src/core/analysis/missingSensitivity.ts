import { estimateAuc, type AucEstimate } from '../evaluate/delong.ts'
import type { ScoresFrom } from '../evaluate/scoresFrom.ts'
import type { OnProgress } from '../numeric/jobs.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { followPath, type Path } from './followPath.ts'
import { settleCases } from './missingValues.ts'
import type { PathRunners } from './pathRunners.ts'
import { reasonInData } from './reasonInData.ts'
import { otherChoice, type PathPlan } from './stages/planStages.ts'
import type { StageStore } from './stages/stageStore.ts'
import type { StudyData } from './studyData.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

/** The same study with the other way to deal with missing values: harmonised, selected and trained anew, with the same seeds. */
export interface MissingSensitivity {
  readonly choice: Protocol['missing']
  /** Why it could not be done; null where it was. */
  readonly failure: Message | null
  readonly kept: readonly string[]
  readonly aucs: readonly OtherAuc[]
}

export interface OtherAuc {
  readonly cohort: string
  readonly model: string
  readonly scoresFrom: ScoresFrom | null
  readonly auc: AucEstimate
}

/** Complete cases where the protocol has the median of training, that median otherwise. */
export async function chooseOtherwise(
  study: StudyData,
  protocol: Protocol,
  plan: PathPlan,
  run: PathRunners,
  onProgress: OnProgress,
  stages: StageStore,
): Promise<MissingSensitivity> {
  const choice = otherChoice(protocol.missing)
  const other = { ...protocol, missing: choice } as const
  const tellOther: OnProgress = ({ step, ...progress }) =>
    onProgress({ ...progress, step: tell('step-otherwise', { choice, step }) })
  try {
    const { study: used, split } = settleCases(study, other)
    const path = await followPath({ study: used, split, protocol: other, seed: protocol.seed, plan }, run, tellOther, stages)
    return { choice, failure: null, kept: path.selection.kept, aucs: estimateAucs(path, used, protocol.evaluate.confidence) }
  } catch (error) {
    return { choice, failure: reasonInData(error), kept: [], aucs: [] }
  }
}

function estimateAucs({ models, scores }: Path, { outcomeOf, patientOf }: StudyData, level: number): OtherAuc[] {
  return scores.flatMap((cohort, at) =>
    models.flatMap(({ name, scoresFrom }) => {
      const rows = cohort.ids.flatMap((_, row) => (Number.isNaN(cohort.scores[name][row]) ? [] : [row]))
      const ids = rows.map((row) => cohort.ids[row])
      const outcome = ids.map((id) => outcomeOf.get(id)!)
      if (new Set(outcome).size < 2) return []
      const clusters = patientOf && ids.map((id) => patientOf.get(id)!)
      const auc = estimateAuc(rows.map((row) => cohort.scores[name][row]), outcome, level, clusters) // prettier-ignore
      return [{ cohort: cohort.cohort, model: name, scoresFrom: at === 0 ? scoresFrom : 'new', auc }]
    }),
  )
}
