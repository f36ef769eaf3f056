import { Button, SegmentedControl } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createLivewire } from '../../core/mask/edit/livewire.ts'
import { gridPlanes } from '../../viewer/index.ts'
import type { Session } from '../../state/session.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatFixed } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'

const keptTexts = {
  nothing: 'not yet',
  keeping: 'not yet …',
  kept: 'in this browser',
  failed: 'no: the browser refused',
} as const

/** Shown while the polygon is in hand: what is drawn, and what the hand can do next. */
export function PolygonPanel() {
  const session = useSession()
  const { draftsStore, handStore, roiStore } = session
  const { settings, preset, viewer } = useStore(handStore)
  const keeping = useStore(draftsStore, (state) => state.keeping)
  const outlinePlane = settings?.outline?.plane
  const shownSlice = useSyncExternalStore(
    (listener) => viewer?.on('view', listener) ?? (() => undefined),
    () => (outlinePlane && viewer?.getState().views?.[outlinePlane].slice) ?? null,
  )
  // An open polygon is told whatever the hand holds, so that nobody leaves it behind.
  if (!viewer || !settings || (settings.tool !== 'polygon' && !settings.outline)) return null
  const { followEdges, outline, canEditClosed, canPaste, maximised } = settings
  const isElsewhere = outline !== null && (shownSlice !== outline.slice || (maximised !== null && maximised !== outline.plane))
  return (
    <Panel title="Polygon">
      <div className="control">
        <span>Lines</span>
        <SegmentedControl
          aria-label="How the outline goes from point to point"
          value={followEdges ? 'edges' : 'straight'}
          onChange={(value) => viewer.setSketching({ followEdges: value === 'edges' ? createLivewire : null })}
          data={[
            { value: 'straight', label: 'Straight' },
            { value: 'edges', label: 'Livewire' },
          ]}
        />
      </div>
      <div aria-live="polite">
        {outline ? (
          <Facts
            entries={[
              [
                'Outline',
                `${outline.pointCount} ${outline.pointCount === 1 ? 'point' : 'points'}, ${outline.plane} ${outline.slice + 1}`,
              ],
              ['Enter', outline.erases ? 'takes it out of the ROI' : 'adds it to the ROI'],
              ['Kept', keptTexts[keeping]],
            ]}
          />
        ) : (
          <p className="dim">
            {followEdges
              ? 'Click points on the border of the tumour: the line follows the border from one to the next.'
              : 'Click points, or drag a line, round the tumour.'}
          </p>
        )}
      </div>
      {isElsewhere && (
        <Notice kind="warn">
          The polygon is on {outline.plane} slice {outline.slice + 1}: go there, close it or discard it.
          <div className="row" style={{ marginTop: 6 }}>
            <Button size="compact-sm" variant="default" onClick={() => goToOutline(session)}>
              Go there
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={outline.pointCount < 3}
              onClick={() => !roiStore.getState().refuseLocked() && viewer.fillOutline()}
            >
              Close it
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => viewer.clearSketch()}>
              Discard it
            </Button>
          </div>
        </Notice>
      )}
      <p className="dim">
        {canEditClosed && 'Drag a point and the ROI follows; a click on an edge makes a new one, Delete removes it. '}
        {outline
          ? 'Drag a point to move it, click an edge to split it, Delete removes a point. Shift+Enter takes the inside out of the ROI, ⌫ removes the last point, Esc all.'
          : preset === 'itk-snap'
            ? 'Begun with the right button, the outline erases.'
            : 'Shift+Enter takes the inside out of the ROI.'}
        {!outline && canPaste && ' Ctrl+V lays the last outline on the next slice.'}
      </p>
    </Panel>
  )
}

/** Brings the slice of the open polygon to the front. */
function goToOutline({ handStore, roiStore }: Session): void {
  const { viewer } = handStore.getState()
  const { open } = roiStore.getState()
  const state = viewer?.getState()
  if (!viewer || !open || !state?.outline || !state.cursor) return
  const { plane, slice } = state.outline
  const { axis } = gridPlanes(open.image.direction)[plane].through
  if (state.maximised !== null && state.maximised !== plane) viewer.maximise(plane)
  viewer.moveCursor({ index: state.cursor.index.with(axis, slice) as unknown as typeof state.cursor.index })
  viewer.setTool('polygon')
}

export function ScissorsPanel() {
  const { handStore } = useSession()
  const { viewer, settings } = useStore(handStore)
  if (!viewer || settings?.tool !== 'scissors') return null
  const { scissors } = settings
  const set = (change: Partial<typeof scissors>) => viewer.setSketching({ scissors: { ...scissors, ...change } })
  const { shape, act, side, slices } = scissors
  return (
    <Panel title="Scissors">
      <div className="control">
        <span>Shape</span>
        <SegmentedControl
          aria-label="Shape of the cut"
          value={shape}
          onChange={(value) => set({ shape: value })}
          data={[
            { value: 'rectangle', label: 'Rectangle' },
            { value: 'lasso', label: 'Lasso' },
          ]}
        />
        <span>They</span>
        <SegmentedControl
          aria-label="Erase or fill"
          value={act}
          onChange={(value) => set({ act: value })}
          data={[
            { value: 'erase', label: 'Erase' },
            { value: 'fill', label: 'Fill' },
          ]}
        />
        <span>Side</span>
        <SegmentedControl
          aria-label={act === 'erase' ? 'Which side is erased' : 'Which side is filled'}
          value={side}
          onChange={(value) => set({ side: value })}
          data={[
            { value: 'inside', label: 'Inside' },
            { value: 'outside', label: 'Outside' },
          ]}
        />
        <span>Slices</span>
        <SegmentedControl
          aria-label="Slices that are changed"
          value={slices}
          onChange={(value) => set({ slices: value })}
          data={[
            { value: 'one', label: 'This one' },
            { value: 'all', label: 'All' },
          ]}
        />
      </div>
      <p className="dim">
        {act === 'erase'
          ? 'Drag over the ROI; it is cut when the hand lets go. Esc before that cancels.'
          : 'Drag round the tumour; it is filled when the hand lets go. Esc before that cancels.'}
      </p>
    </Panel>
  )
}

export function RulerPanel() {
  const { handStore } = useSession()
  const { settings } = useStore(handStore)
  if (settings?.tool !== 'ruler') return null
  const { ruler } = settings
  return (
    <Panel title="Ruler">
      <div aria-live="polite">
        {ruler?.lengthMm === undefined ? (
          <p className="dim">{ruler ? 'Click the other end.' : 'Click two ends, or drag from one to the other.'}</p>
        ) : (
          <Facts
            entries={[
              ['Length', `${formatFixed(ruler.lengthMm, 1)} mm`],
              ['In', `${ruler.plane} ${ruler.slice + 1}`],
            ]}
          />
        )}
      </div>
    </Panel>
  )
}
