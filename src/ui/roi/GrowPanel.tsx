import { Button, SegmentedControl, Slider } from '@mantine/core'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { Facts } from '../shared/Facts.tsx'
import { formatNumber, formatVoxels } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { usePrimary } from './usePrimary.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

const hints = {
  greyLevels: 'Click into the tumour, or drag over it. Nothing changes before you accept.',
  region: 'Click into a hole to fill it, or on a part of the ROI to take it out. Nothing changes before you accept.',
}

/** Shown while growing is in hand: how far it may go, and what it has found. */
export function GrowPanel() {
  const { growthStore, handStore } = useSession()
  const tool = useStore(handStore, (state) => state.settings?.tool)
  const isBlind = useStore(handStore, (state) => state.settings?.isBlind ?? false)
  const { growth, isGrowing, problem, through, tolerance, boxMm, inSlice, set, accept, discard } = useStore(growthStore)
  const primary = usePrimary('addGrown')
  const foundNothing = growth?.voxelCount === 0
  // A proposal of a tool that was laid aside would be in the way.
  useEffect(() => {
    if (tool !== 'grow') growthStore.getState().discard()
  }, [growthStore, tool])
  if (tool !== 'grow') return null
  return (
    <Panel title="Grow from a click">
      <div className="control">
        <span>Through</span>
        <SegmentedControl
          aria-label="What it grows through"
          value={through}
          onChange={(value) => set({ through: value })}
          data={[
            { value: 'greyLevels', label: 'Grey levels' },
            { value: 'region', label: 'The ROI' },
          ]}
        />
        {through === 'greyLevels' && (
          <>
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
          </>
        )}
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
      {problem !== null && <Notice kind="error">{say(problem)}</Notice>}
      <div aria-live="polite">
        {growth ? (
          <Facts
            entries={[
              ['Found', formatVoxels(growth.voxelCount)],
              growth.range
                ? ['Grey', `${formatNumber(growth.range.low, 4)} to ${formatNumber(growth.range.high, 4)}`]
                : ['Click met', growth.isInRegion ? 'the ROI' : 'what is not in the ROI'],
              ...(growth.heldBack > 0 ? [['Left as it is', formatVoxels(growth.heldBack)] as const] : []),
            ]}
          />
        ) : (
          <p className="dim">{isGrowing ? 'Growing …' : hints[through]}</p>
        )}
        {foundNothing && growth.heldBack === 0 && (
          <p className="dim">
            The voxel clicked has another grey level than those around it. Click beside it, or raise the tolerance.
          </p>
        )}
      </div>
      {(growth ?? isGrowing) && (
        <>
          <div className="row wide">
            <Button variant="default" onClick={() => discard()} rightSection={<kbd aria-hidden>Esc</kbd>}>
              {growth ? 'Discard' : 'Cancel'}
            </Button>
            <Button
              variant={primary}
              disabled={isBlind || !growth || foundNothing}
              onClick={() => accept('add')}
              rightSection={<kbd aria-hidden>⏎</kbd>}
            >
              Add to ROI
            </Button>
          </div>
          <div className="row wide">
            <Button
              variant="default"
              disabled={isBlind || !growth || foundNothing}
              onClick={() => accept('takeOut')}
              rightSection={<kbd aria-hidden>⇧⏎</kbd>}
            >
              Take out of the ROI
            </Button>
          </div>
        </>
      )}
    </Panel>
  )
}
