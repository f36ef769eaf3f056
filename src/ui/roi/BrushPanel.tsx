import { SegmentedControl, Slider } from '@mantine/core'
import { useStore } from 'zustand'
import { handStore } from '../../state/hand.ts'
import { formatFixed } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'

/** Slider steps from 0.5 to 50 mm, finer where brushes are small. */
const smallestMm = 0.5
const largestMm = 50
const steps = 100
const radiusAt = (step: number) => smallestMm * (largestMm / smallestMm) ** (step / steps)
const stepOf = (radiusMm: number) =>
  (steps * Math.log(Math.max(smallestMm, radiusMm) / smallestMm)) / Math.log(largestMm / smallestMm)

/** Shown only while a brush is in hand. */
export function BrushPanel() {
  const { viewer, settings } = useStore(handStore)
  if (!viewer || !settings || (settings.tool !== 'brush' && settings.tool !== 'eraser')) return null
  const { radiusMm, shape } = settings.brush
  return (
    <Panel title={settings.tool === 'brush' ? 'Brush' : 'Eraser'}>
      <div className="control">
        <span>Radius</span>
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Slider
            style={{ flex: 1 }}
            min={0}
            max={steps}
            step={0.5}
            label={null}
            value={stepOf(radiusMm)}
            thumbLabel="Brush radius"
            onChange={(step) => viewer.setBrush({ radiusMm: radiusAt(step) })}
          />
          <span className="number" style={{ width: 58 }}>
            {formatFixed(radiusMm, 1)} mm
          </span>
        </div>
        <span>Shape</span>
        <SegmentedControl
          aria-label="Brush shape"
          value={shape}
          onChange={(value) => viewer.setBrush({ shape: value as typeof shape })}
          data={[
            { value: 'disc', label: 'Disc' },
            { value: 'sphere', label: 'Sphere' },
          ]}
        />
      </div>
      <p className="dim">
        {shape === 'disc' ? 'Paints in the slice under the hand.' : 'Paints a ball, in neighbouring slices too.'}
      </p>
    </Panel>
  )
}
