import { Button, SegmentedControl } from '@mantine/core'
import { useStore } from 'zustand'
import type { Session } from '../../state/session.ts'
import { usePrimary } from './usePrimary.ts'
import { useSession } from '../shared/session.ts'

const action = 'Grow from strokes'

/** Strokes inside are the ROI as it is drawn; strokes outside have a colour of their own. */
export function SeedsTool() {
  const session = useSession()
  const { handStore, maskOperationStore, seedsStore } = session
  const isBusy = useStore(maskOperationStore, ({ run }) => run.status === 'running' || run.status === 'preview')
  const viewer = useStore(handStore, (state) => state.viewer)
  const { isDrawing, strokeCount, draw, clear } = useStore(seedsStore)
  const primary = usePrimary('findRegion')
  return (
    <>
      <p className="dim">Paint a few strokes in the tumour and a few around it, in two planes if you can.</p>
      <SegmentedControl
        fullWidth
        aria-label="What the brush draws"
        disabled={isBusy}
        value={isDrawing ? 'outside' : 'inside'}
        onChange={(value) => draw(value === 'outside')}
        // The one that is chosen already takes the brush too.
        onClick={() => !isBusy && viewer?.setTool('brush')}
        data={[
          { value: 'inside', label: 'Inside (ROI)' },
          { value: 'outside', label: 'Outside' },
        ]}
      />
      <p className="dim">
        <span className="swatch outside" aria-hidden />{' '}
        {strokeCount === 0 ? 'No stroke outside yet.' : `${strokeCount} ${strokeCount === 1 ? 'stroke' : 'strokes'} outside.`}
      </p>
      <div className="row wide">
        <Button size="compact-sm" variant="default" disabled={isBusy || strokeCount === 0} onClick={clear}>
          Clear outside
        </Button>
        <Button size="compact-sm" variant={primary} disabled={isBusy} onClick={() => grow(session)}>
          Grow
        </Button>
      </div>
    </>
  )
}

function grow({ roiStore, seedsStore, maskOperationStore }: Session): void {
  const { open, voxelCount } = roiStore.getState()
  const { outside, draw } = seedsStore.getState()
  const { start, tell } = maskOperationStore.getState()
  if (!open) return
  if (voxelCount === 0) tell(action, 'No stroke inside: choose Inside and paint a stroke in the tumour.')
  else if (!outside?.voxels.includes(1)) tell(action, 'No stroke outside: choose Outside and paint one around the tumour.')
  else {
    draw(false)
    void start(action, { kind: 'grow', image: open.image, outside: outside.voxels })
  }
}
