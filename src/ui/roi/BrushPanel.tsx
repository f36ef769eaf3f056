import { SegmentedControl, Slider } from '@mantine/core'
import { useStore } from 'zustand'
import { isPainting, toolRow } from '../../viewer/index.ts'
import { formatFixed } from '../shared/formatNumber.ts'
import { Panel } from '../shared/Panel.tsx'
import { ThresholdControls } from './ThresholdControls.tsx'
import { useSession } from '../shared/session.ts'

/** Slider steps from 0.5 to 50 mm, finer where brushes are small. */
const smallestMm = 0.5
const largestMm = 50
const steps = 100
const radiusAt = (step: number) => smallestMm * (largestMm / smallestMm) ** (step / steps)
const stepOf = (radiusMm: number) =>
  (steps * Math.log(Math.max(smallestMm, radiusMm) / smallestMm)) / Math.log(largestMm / smallestMm)

/** Shown only while a brush is in hand. */
export function BrushPanel() {
  const { handStore } = useSession()
  const { viewer, settings } = useStore(handStore)
  if (!viewer || !settings || !isPainting(settings.tool)) return null
  const { radiusMm, shape } = settings.brush
  const { label, name = label } = toolRow(settings.tool)
  return (
    <Panel title={name}>
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
          onChange={(value) => viewer.setBrush({ shape: value })}
          data={[
            { value: 'disc', label: 'Disc' },
            { value: 'sphere', label: 'Sphere' },
          ]}
        />
      </div>
      {settings.tool === 'thresholdBrush' && <ThresholdControls viewer={viewer} threshold={settings.threshold} />}
      <p className="dim">
        {shape === 'disc' ? 'Paints in the slice under the hand.' : 'Paints a ball, in neighbouring slices too.'}
      </p>
    </Panel>
  )
}
