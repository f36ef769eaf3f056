import { groupByBatch, warnOfBatches, warnOfSmallBatches } from '../harmonise/batches.ts'
import { warnOfRereads } from '../select/rereadPatients.ts'
import { tell as tellOfEvaluation } from '../evaluate/messages.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { pickRows } from '../table/featureTable.ts'
import { screenColumns } from '../table/screenColumns.ts'
import { countCohorts } from './cohortOverview.ts'
import { tell } from './messages.ts'
import type { StudyData } from './studyData.ts'
import { warn, type StudyWarning } from './warnings.ts'

/** A batch of fewer says little of its scale; so does a cell of crossed batch columns of fewer than the other. */
const smallBatch = 10
const smallCell = 5

/**
 * What speaks against a study before anything is computed, from its data alone: batches that are cohorts or of one outcome, small batches,
 * constant features, cohorts of one class, few patients who were read twice.
 * @param study with its batches, also where nothing is harmonised by them
 */
export function warnOfData(study: StudyData, protocol: Pick<Protocol, 'cohort' | 'harmonise' | 'select'>): StudyWarning[] {
  return [...ofCohorts(study, protocol), ...ofBatches(study, protocol), ...ofReaders(study, protocol)]
}

function ofCohorts(study: StudyData, { cohort: { training } }: Pick<Protocol, 'cohort'>): StudyWarning[] {
  const { features, cohortOf, outcomeOf } = study
  const oneSided = countCohorts(study).filter(({ cohort, positives, negatives }) => cohort !== training && positives + negatives > 0 && (positives === 0 || negatives === 0)) // prettier-ignore
  const learning = features.ids.filter((id) => cohortOf.get(id) === training && outcomeOf.has(id))
  const constant = screenColumns(pickRows(features, learning)).flatMap(({ column, faults }) => (faults.includes('constant') ? [column] : [])) // prettier-ignore
  return [
    ...oneSided.map(({ cohort, positives, negatives }) =>
      warn({ shownAt: ['cohorts'], grave: true }, tellOfEvaluation('one-class', { cohort, positives, negatives })),
    ),
    ...(constant.length > 0 ? [warn({ shownAt: ['cohorts'] }, tell('constant-features', { features: constant }))] : []),
  ]
}

function ofBatches({ features, batchOf, cohortOf, outcomeOf }: StudyData, { harmonise }: Pick<Protocol, 'harmonise'>): StudyWarning[] {
  if (new Set(batchOf.values()).size < 2) return []
  const ids = features.ids.filter((id) => batchOf.get(id))
  const fewest = harmonise.batch.length > 1 ? smallCell : smallBatch
  const found = [
    ...warnOfBatches(ids, batchOf, { cohortOf, outcomeOf }),
    ...warnOfSmallBatches(groupByBatch(ids, batchOf), fewest),
  ]
  return found.map((message) => warn({ shownAt: ['cohorts', 'harmonise'] }, message))
} // prettier-ignore

/** Where agreement is asked for, or nobody says that it is not: it is refused of fewer than can be. */
function ofReaders({ features, secondReader, cohortOf, outcomeOf }: StudyData, { cohort, select }: Pick<Protocol, 'cohort' | 'select'>): StudyWarning[] {
  const step = select.find((one) => one.method === 'agreement')
  if (!secondReader || !step) return []
  const again = new Set(secondReader.ids)
  const isAsked = (id: string) => outcomeOf.has(id) && (step.patients !== 'training' || cohortOf.get(id) === cohort.training)
  const patients = features.ids.filter((id) => again.has(id) && isAsked(id)).length
  return warnOfRereads(patients, step.patients).map(({ message, isRefused }) => warn({ shownAt: ['cohorts', 'agree'], grave: isRefused }, message))
} // prettier-ignore
