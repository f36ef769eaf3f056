import { useStore } from 'zustand'
import type { StepMark } from '../../state/analysis/studySteps.ts'
import { useShownTable } from '../features/useShownTable.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { AnalysisSteps } from './laterParts.ts'
import { Step } from './Step.tsx'
import { useSession } from '../shared/session.ts'

/** The data's way. */
export function Rail() {
  const { extractionStore, imagesStore, roiStore, scoresStore } = useSession()
  const count = useStore(imagesStore, ({ volumes }) => volumes.length)
  const isReading = useStore(imagesStore, ({ reading }) => reading.status === 'running')
  const { open, voxelCount } = useStore(roiStore)
  const isExtracting = useStore(extractionStore, ({ run }) => run.status === 'running')
  const { table, age } = useShownTable()
  const images: StepMark = isReading ? 'underWay' : count > 0 ? 'done' : 'empty'
  const roi: StepMark = voxelCount > 0 ? 'done' : open ? 'underWay' : 'empty'
  const features: StepMark = isExtracting ? 'underWay' : !table ? 'empty' : age.length > 0 || table.isPartial ? 'stale' : 'done'
  const { run, table: scores, record, isChoosing } = useStore(scoresStore)
  // Through a table of scores nothing is learnt here.
  const isScores = scores !== null || record !== null
  const evaluate: StepMark =
    run.status !== 'idle' ? 'underWay' : record ? (isChoosing ? 'stale' : 'done') : scores ? 'underWay' : 'empty'
  return (
    <nav className="rail" aria-label="Steps">
      <h2>Images</h2>
      <Step screen="images" name="Images" mark={images} count={count > 0 ? formatCount(count) : ''} />
      <Step screen="roi" name="ROI" mark={roi} count={voxelCount > 0 ? '1' : ''} />
      <Step screen="features" name="Features" mark={features} count={table ? formatCount(table.featureCount) : ''} />
      <h2>Analysis</h2>
      {isScores ? (
        <Step
          screen="evaluate"
          name="Evaluate"
          mark={evaluate}
          count={record ? formatCount(record.result.evaluation.models.length) : ''}
        />
      ) : (
        <AnalysisSteps />
      )}
    </nav>
  )
}
