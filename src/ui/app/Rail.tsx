import { useStore } from 'zustand'
import { countStep, markStep, whyNoStep, type StepMark } from '../../state/analysis/studySteps.ts'
import { analysisSteps, type AnalysisScreen, type Screen } from '../../state/screen.ts'
import { useShownTable } from '../features/useShownTable.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { useSession } from '../shared/session.ts'

const markWords: Record<StepMark, string> = {
  empty: 'empty',
  underWay: 'under way',
  done: 'done',
  stale: 'out of date',
  failed: 'failed',
}

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
        analysisSteps.map(({ screen, name }) => <AnalysisStep key={screen} screen={screen} name={name} />)
      )}
    </nav>
  )
}

/** A step of a study; one without data says why it cannot be opened. */
function AnalysisStep({ screen, name }: { screen: AnalysisScreen; name: string }) {
  const { studyStore } = useSession()
  const state = useStore(studyStore)
  const why = whyNoStep(screen, state)
  if (why === null) return <Step screen={screen} name={name} mark={markStep(screen, state)} count={countStep(screen, state)} />
  return (
    <div className="later" title={why} aria-disabled="true" role="note" aria-label={`${name}: ${why}`}>
      <span className="mark" />
      {name}
    </div>
  )
}

function Step({ screen, name, mark, count }: { screen: Screen; name: string; mark: StepMark; count: string }) {
  const { screenStore } = useSession()
  const isCurrent = useStore(screenStore, (state) => state.screen === screen)
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={`${name}, ${markWords[mark]}`}
      onClick={() => screenStore.getState().show(screen)}
    >
      <span className={`mark ${mark}`} title={markWords[mark]} />
      {name}
      <span className="count">{count}</span>
    </button>
  )
}
