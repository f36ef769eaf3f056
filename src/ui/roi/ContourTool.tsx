import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Bubble } from '../../core/mask/grow/activeContour.ts'
import { defaultContourSettings } from '../../core/mask/grow/contourFromBubbles.ts'
import { handStore } from '../../state/hand.ts'
import { maskOperationStore, roiStore } from '../../state/session.ts'
import type { Joining } from '../../../workers/maskBridge.ts'
import { JoiningSwitch } from './JoiningSwitch.tsx'
import { LengthInput } from './LengthInput.tsx'

/** A contour that starts from bubbles and evolves over a speed image. */
export function ContourTool() {
  const open = useStore(roiStore, (state) => state.open)
  const isBusy = useStore(maskOperationStore, ({ run }) => run.status === 'running')
  const [radiusMm, setRadius] = useState(4)
  const [roomMm, setRoom] = useState(defaultContourSettings.roomMm)
  const [kind, setKind] = useState(defaultContourSettings.kind)
  const [joining, setJoining] = useState<Joining>('add')
  const [placed, setPlaced] = useState<{ readonly imageId: string; readonly bubbles: readonly Bubble[] } | null>(null)
  if (!open) return null
  const bubbles = placed?.imageId === open.imageId ? placed.bubbles : []
  const show = (chosen: readonly Bubble[]) => {
    setPlaced({ imageId: open.imageId, bubbles: chosen })
    if (chosen.length === 0) {
      maskOperationStore.getState().cancel()
      return
    }
    const settings = { ...defaultContourSettings, kind, roomMm }
    const job = { image: open.image, bubbles: chosen, settings, joining }
    // A bubble that was refused, or that no contour could be started from, is not counted.
    void maskOperationStore
      .getState()
      .startContour('Active contour', job)
      .then((isBegun) => isBegun || setPlaced((now) => (now?.bubbles === chosen ? placed : now)))
  }
  const addBubble = () => {
    const cursor = handStore.getState().viewer?.getState().cursor
    if (cursor) show([...bubbles, { centre: cursor.index, radiusMm }])
  }
  return (
    <>
      <p className="dim">Move the cursor into the tumour and put a bubble there; then let it evolve.</p>
      <div className="control">
        <span>Radius</span>
        <LengthInput label="Radius of the bubble" value={radiusMm} onChange={setRadius} />
        <span>Room around</span>
        <LengthInput label="Room around the bubbles" step={5} value={roomMm} onChange={setRoom} />
        <span>Stops at</span>
        <SegmentedControl
          aria-label="What stops the contour"
          size="xs"
          value={kind}
          onChange={(value) => setKind(value as typeof kind)}
          data={[
            { value: 'region', label: 'Grey levels' },
            { value: 'edges', label: 'Edges' },
          ]}
        />
        <JoiningSwitch value={joining} onChange={setJoining} />
      </div>
      {bubbles.length > 0 && (
        <p className="dim">
          {bubbles.length === 1 ? '1 bubble' : `${bubbles.length} bubbles`}
          {kind === 'region' && '; the grey levels in them say where it grows'}.
        </p>
      )}
      <div className="row wide">
        <Button size="compact-sm" disabled={isBusy} onClick={addBubble}>
          Bubble at cursor
        </Button>
      </div>
      <div className="row wide">
        <Button size="compact-sm" variant="default" disabled={bubbles.length === 0 || isBusy} onClick={() => show(bubbles)}>
          Start again
        </Button>
        <Button size="compact-sm" variant="default" disabled={bubbles.length === 0} onClick={() => show([])}>
          Clear
        </Button>
      </div>
    </>
  )
}
