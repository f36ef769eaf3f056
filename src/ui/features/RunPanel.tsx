import { Button, Progress } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { extractionStore, isOutOfDate, regionInHand, roiStore } from '../../state/session.ts'
import { formatSeconds } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useNow } from '../shared/useNow.ts'
import { describeRate } from './describeRate.ts'

/** Start, progress, cancel, and how the last run ended. */
export function RunPanel({ isEditing }: { isEditing: boolean }) {
  const { run, cancel } = useStore(extractionStore)
  const { voxelCount, open, revision } = useStore(roiStore)
  const now = useNow(250, run.status === 'running')
  if (run.status === 'running') {
    const { done, total, step } = run.progress
    return (
      <Panel title="Extracting" aside={<span className="dim number">{total > 0 ? `${done} of ${total}` : ''}</span>}>
        <Progress value={total > 0 ? (100 * done) / total : 3} animated={total === 0} aria-label="Progress" />
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <span className="ellipsis" style={{ flex: 1 }} aria-live="polite">
            {step}
          </span>
          <span className="dim number">
            {describeRate(run.progress, now - run.startedAt) || formatSeconds(Math.max(0, now - run.startedAt) / 1000)}
          </span>
        </div>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      </Panel>
    )
  }
  return (
    <Panel title="Extract">
      {run.status === 'failed' && <Notice kind="error">{run.reason}</Notice>}
      {run.status === 'done' && run.result.partial && (
        <Notice kind="warn">
          Cancelled: {run.result.features.length} features of the image types that were finished are kept and marked as partial.
        </Notice>
      )}
      {run.status === 'done' && !run.result.partial && (
        <Notice kind={isOutOfDate(run, open?.imageId, revision) || run.result.failures.length > 0 ? 'warn' : 'safe'}>
          {isOutOfDate(run, open?.imageId, revision)
            ? 'Out of date: the image or the ROI changed since.'
            : run.result.failures.length > 0
              ? `Done in ${formatSeconds(run.seconds)}, but not all image types could be measured.`
              : `Done in ${formatSeconds(run.seconds)}.`}
        </Notice>
      )}
      <Button
        size="sm"
        // While parameters are edited, taking them comes first.
        variant={isEditing ? 'default' : 'filled'}
        leftSection={<IconPlayerPlay size={16} />}
        disabled={voxelCount === 0}
        onClick={() => regionInHand()?.start()}
      >
        {run.status === 'done' ? 'Extract again' : 'Extract features'}
      </Button>
    </Panel>
  )
}
