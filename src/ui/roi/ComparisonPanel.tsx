import { Button, SegmentedControl } from '@mantine/core'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { findWorstPlace, isOfCompared } from '../../state/comparison.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatFixed, formatVolume } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** Both readers' regions side by side in numbers, once both are locked. */
export function ComparisonPanel() {
  const { compareReaders, comparisonStore, handStore, readersStore, roiStore } = useSession()
  const { open, status, otherProgress } = useStore(roiStore)
  const { run, overlay, show } = useStore(comparisonStore)
  const names = useStore(readersStore, (state) => state.names)
  const bothLocked = status?.progress === 'locked' && otherProgress === 'locked'
  const { imageId, lesion } = open ?? {}
  useEffect(() => {
    if (bothLocked) void compareReaders()
  }, [bothLocked, compareReaders, imageId, lesion])
  if (!open || !bothLocked || run.status === 'idle' || !isOfCompared(run, open)) return null
  if (run.status === 'running') return <Panel title="Readers compared">Comparing …</Panel>
  if (run.status === 'failed') {
    return (
      <Panel title="Readers compared">
        <Notice kind="error">{say(run.reason)}</Notice>
      </Panel>
    )
  }
  const { result } = run
  const worst = findWorstPlace(result, open.image.size)
  const percent = 100 * result.relativeVolumeDifference
  return (
    <Panel title="Readers compared">
      <Facts
        entries={[
          ['Dice', formatFixed(result.dice, 3)],
          ['Jaccard', formatFixed(result.jaccard, 3)],
          ['Hausdorff 95 %', `${formatFixed(result.hausdorff95Mm, 2)} mm`],
          ['Mean surface distance', `${formatFixed(result.meanSurfaceDistanceMm, 2)} mm`],
          ['Volume difference', `${signOf(percent)}${formatVolume(Math.abs(result.volumeDifferenceMm3) / 1000)}`],
          ['Relative volume difference', `${signOf(percent)}${formatFixed(Math.abs(percent), 1)} %`],
        ]}
      />
      <p className="dim">
        {names[2]} against {names[1]}; distances between surface voxels’ centres.
      </p>
      <SegmentedControl
        fullWidth
        aria-label="Show on the image"
        value={overlay}
        onChange={(value) => show(value)}
        data={[
          { value: 'own', label: 'Mine' },
          { value: 'differ', label: 'Differ' },
          { value: 'only1', label: 'Only 1' },
          { value: 'only2', label: 'Only 2' },
        ]}
      />
      {overlay !== 'own' && (
        <ul className="legend">
          {overlay !== 'only2' && (
            <li>
              <span className="swatch" aria-hidden /> Only {names[1]}
            </li>
          )}
          {overlay !== 'only1' && (
            <li>
              <span className="swatch outside" aria-hidden /> Only {names[2]}
            </li>
          )}
        </ul>
      )}
      <Button
        variant="default"
        disabled={!worst}
        onClick={() => {
          show('differ')
          if (worst) handStore.getState().viewer?.moveCursor({ index: worst })
        }}
      >
        {worst ? `Go to slice ${worst[2] + 1}, where most differs` : 'Nothing differs'}
      </Button>
    </Panel>
  )
}

function signOf(difference: number): string {
  return difference < 0 ? '−' : '+'
}
