import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { WorkListRow } from '../../core/study/workList.ts'
import type { StepMark } from '../../state/analysis/studySteps.ts'
import { countColumns } from '../../state/countColumns.ts'
import { useShownTable } from '../features/useShownTable.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { countDone, isLessonDone, lessonNames } from '../../state/learn/lessons.ts'
import { isNumbered } from '../../core/study/unnamedStudy.ts'
import { AnalysisSteps } from './laterParts.ts'
import { Step } from '../shared/Step.tsx'
import { useSession } from '../shared/session.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** The data's way. */
export function Rail() {
  const { extractionStore, imagesStore, lessonsStore, roiStore, workListStore } = useSession()
  const lessonsDone = useStore(
    lessonsStore,
    ({ progress }) => lessonNames.filter((lesson) => isLessonDone(lesson, progress)).length,
  )
  const hasBegun = useStore(lessonsStore, ({ progress }) => lessonNames.some((lesson) => countDone(lesson, progress) > 0))
  const isFixed = useStore(workListStore, ({ records }) => records !== null && records.study.freeze !== null)
  const included = useStore(workListStore, ({ rows }) => countIncluded(rows))
  const count = useStore(imagesStore, ({ volumes }) => volumes.length)
  const isReading = useStore(imagesStore, ({ reading }) => reading.status === 'running')
  const { open, voxelCount } = useStore(roiStore)
  const isExtracting = useStore(extractionStore, ({ run }) => run.status === 'running')
  const { tables, table, age } = useShownTable()
  const records = useStore(workListStore, (state) => state.records)
  const imported = useStore(workListStore, (state) => state.importedLabels)
  const columns = useMemo(
    () => records && countColumns({ tables, images: records.images, roles: records.study.roles, imported }),
    [tables, records, imported],
  )
  const counted = columns ?? table?.featureCount ?? null
  const images: StepMark = isReading ? 'underWay' : count > 0 ? 'done' : 'empty'
  const roi: StepMark = voxelCount > 0 ? 'done' : open ? 'underWay' : 'empty'
  const features: StepMark = isExtracting ? 'underWay' : !table ? 'empty' : age.length > 0 || table.isPartial ? 'stale' : 'done'
  const study: StepMark = isFixed ? 'done' : included > 0 ? 'underWay' : 'empty'
  const lessons: StepMark = lessonsDone === lessonNames.length ? 'done' : hasBegun ? 'underWay' : 'empty'
  const words = appWords()
  return (
    <nav className="rail" aria-label={words.steps}>
      <h2>{words.partImages}</h2>
      <Step screen="study" mark={study} count={included > 0 ? formatCount(included) : ''} />
      <Step screen="images" mark={images} count={count > 0 ? formatCount(count) : ''} />
      <Step screen="roi" mark={roi} count={voxelCount > 0 ? '1' : ''} />
      <Step screen="features" mark={features} count={counted === null ? '' : formatCount(counted)} />
      <h2>{words.partAnalysis}</h2>
      <AnalysisSteps />
      <h2>{words.partLearn}</h2>
      <Step screen="playground" mark="empty" count="" />
      <Step screen="lessons" mark={lessons} count={`${lessonsDone} / ${lessonNames.length}`} />
    </nav>
  )
}

/** Of the study, and not excluded. */
const countIncluded = (rows: readonly WorkListRow[]) =>
  rows.filter(({ patient: { label, exclusion } }) => !isNumbered(label) && exclusion === null).length
