import { Button, Modal, SegmentedControl } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { keyTable, writeKey, type KeyGroup } from './keys.ts'
import { mouseHints, type Preset } from '../../viewer/index.ts'
import { Key } from '../shared/Key.tsx'
import { useSession } from '../shared/session.ts'
import { presenterAddress } from '../../state/presenter.ts'
import './commands.css'

/** All keys of the preset in use, made from the table that also makes them work. */
export function KeysHelp() {
  const { handStore, screenStore, startOver } = useSession()
  const { keysShown, showKeys } = useStore(screenStore)
  const { preset, setPreset } = useStore(handStore)
  const groups = [...new Set(keyTable.map(({ group }) => group))]
  return (
    <Modal
      opened={keysShown}
      onClose={() => showKeys(false)}
      title="Keys and mouse"
      className="keysDialog"
      size={860}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      // Its head is that of the dialog, not of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className="row keysActs">
        <PresetSwitch preset={preset} onChange={setPreset} />
        <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
          Print
        </Button>
        {!startOver && (
          <a className="link" href={presenterAddress} target="_blank" rel="noopener">
            Present: large type, keys shown, a sample of its own
          </a>
        )}
      </div>
      <div className="keysColumns">
        {groups.map((group) => (
          <KeyGroupTable key={group} group={group} preset={preset} />
        ))}
        <section>
          <h3>Mouse</h3>
          <table className="keysTable">
            <tbody>
              {mouseHints(preset).map(({ gesture, effect }) => (
                <tr key={gesture}>
                  <td>{gesture}</td>
                  <td className="dim">{effect}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </Modal>
  )
}

export function PresetSwitch({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
  return (
    <SegmentedControl
      aria-label="Hand habits"
      value={preset}
      onChange={(value) => onChange(value)}
      data={[
        { value: 'itk-snap', label: 'ITK-SNAP hands' },
        { value: 'pacs', label: 'PACS hands' },
      ]}
    />
  )
}

function KeyGroupTable({ group, preset }: { group: KeyGroup; preset: Preset }) {
  return (
    <section>
      <h3>{group}</h3>
      <table className="keysTable">
        <tbody>
          {keyTable
            .filter((entry) => entry.group === group)
            .map(({ id, label, keys }) => (
              <tr key={id}>
                <td>{label}</td>
                <td>
                  {keys[preset].map((key) => (
                    <Key key={key}>{writeKey(key)}</Key>
                  ))}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
