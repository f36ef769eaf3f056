import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { say } from '../../messages/say.ts'
import { describeRate } from '../features/describeRate.ts'
import { formatFixed, formatNumber } from '../shared/formatNumber.ts'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'

/** Where the cursor stands, what runs, and which version this is. */
export function Footer() {
  const { handStore, roiStore } = useSession()
  const probe = useStore(handStore, (state) => state.probe)
  const { open, undoCount, redoCount } = useStore(roiStore)
  return (
    <footer className="footer">
      {probe && open ? (
        <>
          <span title="LPS position of the cursor: left, posterior and superior are positive">
            L {formatFixed(probe.positionMm[0], 1)}&ensp;P {formatFixed(probe.positionMm[1], 1)}&ensp;S{' '}
            {formatFixed(probe.positionMm[2], 1)} mm
          </span>
          <span title="Voxel index of the cursor, counted from 0">voxel {probe.index.join(', ')}</span>
          <span>grey {formatNumber(probe.value)}</span>
        </>
      ) : (
        <span>Nothing you open leaves this computer</span>
      )}
      <span className="grow" />
      <RunningWork />
      <RunningAnalysis />
      {open && (
        <span>
          Undo {undoCount}
          {redoCount > 0 && `, redo ${redoCount}`}
        </span>
      )}
      <span>Texel {__TEXEL_VERSION__}</span>
    </footer>
  )
}

function RunningAnalysis() {
  const { studyStore } = useSession()
  const run = useStore(studyStore, (state) => state.run)
  if (run.status !== 'running') return null
  const { progress } = run
  return (
    <span className="run" data-testid="footer-analysis">
      {progress ? say(progress.step) : 'Analysis'} {progress && progress.total > 1 && `${progress.done} of ${progress.total}`}
      <Progress
        w={120}
        size="sm"
        value={progress ? (100 * progress.done) / Math.max(1, progress.total) : 3}
        aria-label="Analysis progress"
      />
      <Button size="compact-xs" variant="default" onClick={studyStore.getState().cancel}>
        {run.isAsked ? 'Cancel the run' : 'Cancel'}
      </Button>
    </span>
  )
}

function RunningWork() {
  const { countWorkers, extractionStore } = useSession()
  const { run, cancel } = useStore(extractionStore)
  const now = useNow(500, run.status === 'running')
  if (run.status !== 'running') return null
  const { done, total } = run.progress
  return (
    <span className="run" data-testid="footer-run">
      Extracting {total > 0 && `${done} of ${total}`}
      <Progress w={120} size="sm" value={total > 0 ? (100 * done) / total : 3} aria-label="Extraction progress" />
      <span className="dim">
        {[describeRate(run.progress, now - run.startedAt), countWorkers() === 1 ? '1 worker' : `${countWorkers()} workers`]
          .filter(Boolean)
          .join(', ')}
      </span>
      <Button size="compact-xs" variant="default" onClick={cancel}>
        Cancel
      </Button>
    </span>
  )
}
