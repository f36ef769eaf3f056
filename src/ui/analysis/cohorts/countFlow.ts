import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import { countFlowCohorts, type FlowCounts } from '../../../io/results/flowChart.ts'
import { nameExclusion } from '../../../messages/en/clinical.ts'
import type { StudyDoor } from '../../../state/analysis/studyState.ts'

const nameLeftOut = (reason: string) => reason === 'undecided' ? 'in no cohort' : reason === 'not-computed' ? 'no features computed' : nameExclusion(reason) // prettier-ignore

/** In English, as a chart is that leaves as a file. From the rows of the table that was opened to the cohorts, with whoever was left out on the way. @param study with its batches, where there are any */
export function countFlow(study: StudyData, protocol: Protocol, door: StudyDoor): FlowCounts {
  const { own } = door.choice
  const left = own?.leftOut ?? [...(door.check?.statuses?.excluded ?? [])].map(([reason, { length }]) => ({ reason, patients: length })) // prettier-ignore
  return {
    fileName: own ? 'The study' : door.files.features.name,
    rows: own ? null : door.features.rowCount,
    withoutId: door.check?.counts?.leftOut ?? 0,
    excluded: left.map(({ reason, patients }) => ({ reason: nameLeftOut(reason), patients })),
    ...countFlowCohorts(study, protocol),
  }
}
