import { useStore } from 'zustand'
import type { StepMark } from '../../state/analysis/studySteps.ts'
import { useShownTable } from '../features/useShownTable.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { AnalysisSteps } from './laterParts.ts'
import { Step } from '../shared/Step.tsx'
import { useSession } from '../shared/session.ts'

/** The data's way. */
export function Rail() {
  const { extractionStore, imagesStore, roiStore } = useSession()
  const count = useStore(imagesStore, ({ volumes }) => volumes.length)
  const isReading = useStore(imagesStore, ({ reading }) => reading.status === 'running')
  const { open, voxelCount } = useStore(roiStore)
  const isExtracting = useStore(extractionStore, ({ run }) => run.status === 'running')
  const { table, age } = useShownTable()
  const images: StepMark = isReading ? 'underWay' : count > 0 ? 'done' : 'empty'
  const roi: StepMark = voxelCount > 0 ? 'done' : open ? 'underWay' : 'empty'
  const features: StepMark = isExtracting ? 'underWay' : !table ? 'empty' : age.length > 0 || table.isPartial ? 'stale' : 'done'
  return (
    <nav className="rail" aria-label="Steps">
      <h2>Images</h2>
      <Step screen="images" name="Images" mark={images} count={count > 0 ? formatCount(count) : ''} />
      <Step screen="roi" name="ROI" mark={roi} count={voxelCount > 0 ? '1' : ''} />
      <Step screen="features" name="Features" mark={features} count={table ? formatCount(table.featureCount) : ''} />
      <h2>Analysis</h2>
      <AnalysisSteps />
    </nav>
  )
}
