import { Button, SegmentedControl, Slider, Switch } from '@mantine/core'
import { useStore } from 'zustand'
import { handStore } from '../../state/hand.ts'
import { PresetSwitch } from '../app/KeysHelp.tsx'
import { GreyInput } from '../shared/GreyInput.tsx'
import { Panel } from '../shared/Panel.tsx'

/** How image and region look, and whose habits the hand follows. */
export function DisplayPanel() {
  const { viewer, settings, preset, setPreset, maskStyle, setMaskStyle } = useStore(handStore)
  if (!viewer || !settings?.window) return null
  const { window, opacity, maskVisible, interpolation } = settings
  const setWindow = (change: Partial<typeof window>) => viewer.setWindow({ ...window, ...change })
  return (
    <>
      <Panel title="Display">
        <div className="control">
          <span>ROI</span>
          <div className="row" style={{ flexWrap: 'nowrap' }}>
            <Slider
              style={{ flex: 1 }}
              min={5}
              max={100}
              label={null}
              value={Math.round(opacity * 100)}
              thumbLabel="ROI opacity"
              onChange={(percent) => viewer.setOpacity(percent / 100)}
            />
            <span className="number" style={{ width: 42 }}>
              {Math.round(opacity * 100)} %
            </span>
            <Switch
              aria-label="Show the ROI"
              checked={maskVisible}
              onChange={(event) => viewer.setMaskVisible(event.currentTarget.checked)}
            />
          </div>
          <span>Drawn as</span>
          <SegmentedControl
            aria-label="How the ROI is drawn"
            value={maskStyle}
            onChange={(value) => setMaskStyle(value as typeof maskStyle)}
            data={[
              { value: 'fill', label: 'Fill' },
              { value: 'outline', label: 'Outline' },
            ]}
          />
          <span>Window</span>
          <div className="row wide" style={{ flexWrap: 'nowrap' }}>
            <GreyInput
              label="Window width"
              prefix="W "
              value={window.width}
              onChange={(width) => width > 0 && setWindow({ width })}
            />
            <GreyInput label="Window level" prefix="L " value={window.centre} onChange={(centre) => setWindow({ centre })} />
          </div>
          <span />
          <div className="row wide">
            <Button size="compact-xs" variant="default" onClick={() => viewer.autoWindow()}>
              From image
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => viewer.resetWindow()}>
              As opened
            </Button>
          </div>
          <span>Voxels</span>
          <SegmentedControl
            aria-label="How voxels are drawn"
            value={interpolation}
            onChange={(value) => viewer.setInterpolation(value as typeof interpolation)}
            data={[
              { value: 'linear', label: 'Smooth' },
              { value: 'nearest', label: 'As they are' },
            ]}
          />
        </div>
      </Panel>
      <Panel title="Hands">
        <PresetSwitch preset={preset} onChange={setPreset} />
        <p className="dim">
          {preset === 'itk-snap'
            ? 'Left drag moves the cursor, right drag erases while painting.'
            : 'Left drag changes the window, right drag zooms.'}{' '}
          Press ? for all keys.
        </p>
      </Panel>
    </>
  )
}
