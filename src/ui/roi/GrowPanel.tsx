import { Button, SegmentedControl, Slider } from '@mantine/core'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { handStore } from '../../state/hand.ts'
import { growthStore } from '../../state/session.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatCount, formatNumber } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'

/** Shown while growing is in hand: how far it may go, and what it has found. */
export function GrowPanel() {
  const tool = useStore(handStore, (state) => state.settings?.tool)
  const { growth, problem, tolerance, boxMm, inSlice, set, accept, discard } = useStore(growthStore)
  // A proposal of a tool that was laid aside would be in the way.
  useEffect(() => {
    if (tool !== 'grow') growthStore.getState().discard()
  }, [tool])
  if (tool !== 'grow') return null
  return (
    <Panel title="Grow from a click">
      <div className="control">
        <span>Tolerance</span>
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Slider
            style={{ flex: 1 }}
            min={0}
            max={50}
            step={0.5}
            label={null}
            value={tolerance}
            thumbLabel="Tolerance, per cent of the window as opened"
            onChange={(value) => set({ tolerance: value })}
          />
          <span className="number" style={{ width: 58 }}>
            {formatNumber(tolerance, 3)} %
          </span>
        </div>
        <span>Box</span>
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Slider
            style={{ flex: 1 }}
            min={5}
            max={120}
            step={5}
            label={null}
            value={boxMm}
            thumbLabel="Side of the box round the click, in mm"
            onChange={(value) => set({ boxMm: value })}
          />
          <span className="number" style={{ width: 58 }}>
            {boxMm} mm
          </span>
        </div>
        <span>Grow in</span>
        <SegmentedControl
          aria-label="Grow in the slice or in 3D"
          value={inSlice ? 'slice' : 'volume'}
          onChange={(value) => set({ inSlice: value === 'slice' })}
          data={[
            { value: 'volume', label: '3D' },
            { value: 'slice', label: 'This slice' },
          ]}
        />
      </div>
      {problem !== null && <Notice kind="error">{problem}</Notice>}
      <div aria-live="polite">
        {growth ? (
          <Facts
            entries={[
              ['Found', `${formatCount(growth.voxelCount)} voxels`],
              ['Grey', `${formatNumber(growth.range.low, 4)} to ${formatNumber(growth.range.high, 4)}`],
            ]}
          />
        ) : (
          <p className="dim">Click into the tumour. Nothing changes before you accept.</p>
        )}
      </div>
      {growth && (
        <div className="row wide">
          <Button variant="default" onClick={() => discard()}>
            Discard
          </Button>
          <Button onClick={() => accept('add')}>Add to ROI</Button>
        </div>
      )}
      {growth && <p className="dim">Enter adds, Shift+Enter takes out of the ROI, Esc discards.</p>}
    </Panel>
  )
}
