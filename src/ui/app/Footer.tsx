import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { describeRate } from '../features/describeRate.ts'
import { formatFixed, formatNumber } from '../shared/formatNumber.ts'
import { RunningAnalysis } from './laterParts.ts'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** Where the cursor stands, what runs, and which version this is. */
export function Footer() {
  const { handStore, roiStore, studyStore } = useSession()
  const isAnalysing = useStore(studyStore, ({ run }) => run.status === 'running')
  const probe = useStore(handStore, (state) => state.probe)
  const { open, undoCount, redoCount } = useStore(roiStore)
  const words = appWords()
  return (
    <footer className="footer">
      {probe && open ? (
        <>
          <span title={words.positionHint}>
            L {formatFixed(probe.positionMm[0], 1)}&ensp;P {formatFixed(probe.positionMm[1], 1)}&ensp;S{' '}
            {formatFixed(probe.positionMm[2], 1)} mm
          </span>
          <span title={words.voxelHint}>{words.voxel(probe.index.join(', '))}</span>
          <span>{words.grey(formatNumber(probe.value))}</span>
        </>
      ) : (
        <span>{words.nothingLeaves}</span>
      )}
      <span className="grow" />
      <RunningWork />
      <RunningBatch />
      {isAnalysing && <RunningAnalysis />}
      {open && <span>{words.undoCounts(undoCount, redoCount)}</span>}
      <OfflineStatus />
      <span>Texel {__TEXEL_VERSION__}</span>
    </footer>
  )
}

function OfflineStatus() {
  const { offlineStore } = useSession()
  const [text, help] = appWords().offline[useStore(offlineStore, ({ status }) => status)]
  return text !== '' && <span title={help}>{text}</span>
}

function RunningWork() {
  const { countWorkers, extractionStore } = useSession()
  const { run, cancel } = useStore(extractionStore)
  const now = useNow(500, run.status === 'running')
  if (run.status !== 'running') return null
  const { done, total } = run.progress
  const words = appWords()
  return (
    <span className="run" data-testid="footer-run">
      {words.extracting(done, total)}
      <Progress w={120} size="sm" value={total > 0 ? (100 * done) / total : 3} aria-label={words.extractionProgress} />
      <span className="dim">
        {[describeRate(run.progress, now - run.startedAt), words.workers(countWorkers())].filter(Boolean).join(', ')}
      </span>
      <Button size="compact-xs" variant="default" onClick={cancel}>
        {words.cancel}
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
      {appWords().computingRois(run.status === 'paused', done, of)}
      <Progress w={120} size="sm" value={(100 * done) / of} aria-label={appWords().roisComputed} />
    </span>
  )
}
