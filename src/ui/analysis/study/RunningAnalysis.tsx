import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'
import { useSession } from '../../shared/session.ts'

/** The analysis that runs, on every screen. */
export function RunningAnalysis() {
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
