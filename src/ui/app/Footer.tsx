import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { describeRate } from '../features/describeRate.ts'
import { formatFixed, formatNumber } from '../shared/formatNumber.ts'
import { RunningAnalysis } from './laterParts.ts'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'

/** Where the cursor stands, what runs, and which version this is. */
export function Footer() {
  const { handStore, roiStore, studyStore } = useSession()
  const isAnalysing = useStore(studyStore, ({ run }) => run.status === 'running')
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
      <RunningBatch />
      {isAnalysing && <RunningAnalysis />}
      {open && (
        <span>
          Undo {undoCount}
          {redoCount > 0 && `, redo ${redoCount}`}
        </span>
      )}
      <OfflineStatus />
      <span>Texel {__TEXEL_VERSION__}</span>
    </footer>
  )
}

const offlineTexts = {
  none: ['', ''],
  getting: ['Getting ready to work offline …', 'The rest of the program is taken into this browser.'],
  ready: ['Ready to work offline', 'All of the program is in this browser: it starts and works without its server.'],
  failed: [
    'Works with its server only',
    'Not all of the program could be taken into this browser. Reload the page to try again.',
  ],
} as const

function OfflineStatus() {
  const { offlineStore } = useSession()
  const [text, help] = offlineTexts[useStore(offlineStore, ({ status }) => status)]
  return text !== '' && <span title={help}>{text}</span>
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

/** Rows of the study, on every screen: where they are computed they are paused and cancelled. */
function RunningBatch() {
  const { batchStore } = useSession()
  const run = useStore(batchStore, (state) => state.run)
  if (run.status !== 'running' && run.status !== 'paused') return null
  const { done, of } = run.progress
  return (
    <span className="run" data-testid="footer-batch">
      {run.status === 'paused' ? 'Paused' : 'Computing'} {done} of {of} ROIs
      <Progress w={120} size="sm" value={(100 * done) / of} aria-label="ROIs that are computed" />
    </span>
  )
}
