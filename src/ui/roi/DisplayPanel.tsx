import { Button, SegmentedControl, Slider, Switch } from '@mantine/core'
import { useStore } from 'zustand'
import { runCommand } from '../commands/runCommand.ts'
import { PresetSwitch } from '../commands/KeysHelp.tsx'
import { ctWindows, type CtTissue } from '../../viewer/index.ts'
import { keysOf, writeKey } from '../commands/keys.ts'
import { GreyInput } from '../shared/GreyInput.tsx'
import { Key } from '../shared/Key.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'

const ctButtons = [
  ['softTissue', 'Soft tissue'],
  ['lung', 'Lung'],
  ['liver', 'Liver'],
  ['bone', 'Bone'],
  ['brain', 'Brain'],
] as const satisfies readonly (readonly [CtTissue, string])[]

/** How image and region look, and whose habits the hand follows. */
export function DisplayPanel() {
  const session = useSession()
  const { handStore } = session
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
            onChange={setMaskStyle}
            data={[
              { value: 'fill', label: 'Fill' },
              { value: 'outline', label: 'Outline' },
            ]}
          />
          <span>Window</span>
          <div className="row wide" style={{ flexWrap: 'nowrap' }}>
            <GreyInput
              label="Window width"
              prefix="W"
              value={window.width}
              onChange={(width) => width > 0 && setWindow({ width })}
            />
            <GreyInput label="Window level" prefix="L" value={window.centre} onChange={(centre) => setWindow({ centre })} />
          </div>
          {settings.isHounsfield && (
            <>
              <span>CT window</span>
              <div className="row" role="group" aria-label="Windows of a CT">
                {ctButtons.map(([tissue, label]) => {
                  const { centre, width } = ctWindows[tissue]
                  const isOn = window.centre === centre && window.width === width
                  return (
                    <Button
                      key={tissue}
                      size="compact-xs"
                      variant={isOn ? 'light' : 'default'}
                      aria-pressed={isOn}
                      title={`W ${width}  L ${String(centre).replace('-', '−')} HU`}
                      rightSection={<Key>{writeKey(keysOf(`window.${tissue}`, preset)[0])}</Key>}
                      onClick={() => runCommand(session, `window.${tissue}`)}
                    >
                      {label}
                    </Button>
                  )
                })}
              </div>
            </>
          )}
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
            onChange={(value) => viewer.setInterpolation(value)}
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
