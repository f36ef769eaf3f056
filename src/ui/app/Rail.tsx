import { useStore } from 'zustand'
import type { Screen } from '../../state/screen.ts'
import { useShownTable } from '../features/useShownTable.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { useSession } from '../shared/session.ts'

type Mark = 'empty' | 'underWay' | 'done' | 'stale'

const markWords: Record<Mark, string> = { empty: 'empty', underWay: 'under way', done: 'done', stale: 'out of date' }
const laterAnalysis = ['Harmonise', 'Agree', 'Select', 'Train', 'Report']

/** The data's way. Steps of later versions are named, so that the way is seen, but are no buttons. */
export function Rail() {
  const { extractionStore, imagesStore, roiStore, scoresStore } = useSession()
  const count = useStore(imagesStore, ({ volumes }) => volumes.length)
  const isReading = useStore(imagesStore, ({ reading }) => reading.status === 'running')
  const { open, voxelCount } = useStore(roiStore)
  const isExtracting = useStore(extractionStore, ({ run }) => run.status === 'running')
  const { table, age } = useShownTable()
  const images: Mark = isReading ? 'underWay' : count > 0 ? 'done' : 'empty'
  const roi: Mark = voxelCount > 0 ? 'done' : open ? 'underWay' : 'empty'
  const features: Mark = isExtracting ? 'underWay' : !table ? 'empty' : age.length > 0 || table.isPartial ? 'stale' : 'done'
  const { run, table: scores, record, isChoosing } = useStore(scoresStore)
  const evaluate: Mark =
    run.status !== 'idle' ? 'underWay' : record ? (isChoosing ? 'stale' : 'done') : scores ? 'underWay' : 'empty'
  return (
    <nav className="rail" aria-label="Steps">
      <h2>Images</h2>
      <Step screen="images" name="Images" mark={images} count={count > 0 ? formatCount(count) : ''} />
      <Step screen="roi" name="ROI" mark={roi} count={voxelCount > 0 ? '1' : ''} />
      <Step screen="features" name="Features" mark={features} count={table ? formatCount(table.featureCount) : ''} />
      <h2>Analysis</h2>
      <Step
        screen="evaluate"
        name="Evaluate"
        mark={evaluate}
        count={record ? formatCount(record.result.evaluation.models.length) : ''}
      />
      <p className="soon">Not in this version yet</p>
      {laterAnalysis.map((name) => (
        <div key={name} className="later">
          <span className="mark" />
          {name}
        </div>
      ))}
    </nav>
  )
}

function Step({ screen, name, mark, count }: { screen: Screen; name: string; mark: Mark; count: string }) {
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
