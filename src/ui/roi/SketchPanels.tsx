import { SegmentedControl } from '@mantine/core'
import { useStore } from 'zustand'
import { handStore } from '../../state/hand.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatFixed } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'

/** Shown while the polygon is in hand: what is drawn, and what the hand can do next. */
export function PolygonPanel() {
  const { settings, preset } = useStore(handStore)
  if (settings?.tool !== 'polygon') return null
  const { outline, canPaste } = settings
  return (
    <Panel title="Polygon">
      <div aria-live="polite">
        {outline ? (
          <Facts
            entries={[
              [
                'Outline',
                `${outline.pointCount} ${outline.pointCount === 1 ? 'point' : 'points'}, ${outline.plane} ${outline.slice + 1}`,
              ],
              ['Enter', outline.erases ? 'takes it out of the ROI' : 'adds it to the ROI'],
            ]}
          />
        ) : (
          <p className="dim">Click points, or drag a line, round the tumour.</p>
        )}
      </div>
      <p className="dim">
        {outline
          ? 'Drag a point to move it. Shift+Enter takes the inside out of the ROI, ⌫ removes the last point, Esc all.'
          : preset === 'itk-snap'
            ? 'Begun with the right button, the outline erases.'
            : 'Shift+Enter takes the inside out of the ROI.'}
        {!outline && canPaste && ' Ctrl+V lays the last outline on the next slice.'}
      </p>
    </Panel>
  )
}

export function ScissorsPanel() {
  const { viewer, settings } = useStore(handStore)
  if (!viewer || settings?.tool !== 'scissors') return null
  const { shape, erase, slices } = settings.scissors
  return (
    <Panel title="Scissors">
      <div className="control">
        <span>Shape</span>
        <SegmentedControl
          aria-label="Shape of the cut"
          value={shape}
          onChange={(value) => viewer.setScissors({ shape: value as typeof shape })}
          data={[
            { value: 'rectangle', label: 'Rectangle' },
            { value: 'lasso', label: 'Lasso' },
          ]}
        />
        <span>Erase</span>
        <SegmentedControl
          aria-label="Which side is erased"
          value={erase}
          onChange={(value) => viewer.setScissors({ erase: value as typeof erase })}
          data={[
            { value: 'inside', label: 'Inside' },
            { value: 'outside', label: 'Outside' },
          ]}
        />
        <span>Slices</span>
        <SegmentedControl
          aria-label="Slices that are cut"
          value={slices}
          onChange={(value) => viewer.setScissors({ slices: value as typeof slices })}
          data={[
            { value: 'one', label: 'This one' },
            { value: 'all', label: 'All' },
          ]}
        />
      </div>
      <p className="dim">Drag over the ROI; it is cut when the hand lets go. Esc before that cancels.</p>
    </Panel>
  )
}

export function RulerPanel() {
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
