import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { downloadFile } from '../../state/actions/downloadFile.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'
import '../../messages/sayImages.ts'

/** One zip of everything that was drawn. */
export function SaveAllRois({ label, disabled }: { label: string; disabled: boolean }) {
  const { saveAllStore } = useSession()
  const saving = useStore(saveAllStore, (state) => state.saving)
  const isRunning = saving.status === 'running'
  return (
    <Button
      variant="default"
      leftSection={<IconDeviceFloppy size={15} />}
      loading={isRunning}
      disabled={disabled}
      onClick={() => void saveAllStore.getState().start((name, zip) => downloadFile(name, zip, zip.type))}
    >
      {label}
    </Button>
  )
}

/** How far it is, and what came of it. */
export function SavedAllRois() {
  const { saveAllStore } = useSession()
  const { saving, cancel, dismiss } = useStore(saveAllStore)
  switch (saving.status) {
    case 'idle':
      return null
    case 'running':
      return (
        <div className="row" role="status">
          <span className="dim">Saving {saving.total > 0 ? `${saving.done} of ${saving.total} ROIs` : 'all ROIs'} …</span>
          <Button size="compact-xs" variant="default" onClick={cancel}>
            Cancel
          </Button>
        </div>
      )
    case 'failed':
      return (
        <Notice kind="error" onClose={dismiss}>
          The ROIs were not saved: {say(saving.reason)}
        </Notice>
      )
    case 'done':
      return (
        <Notice kind={saving.left > 0 ? 'warn' : 'safe'} onClose={dismiss}>
          {saving.saved === 1 ? '1 ROI is' : `${saving.saved} ROIs are`} in the zip, each on the grid of its image, with a list of
          them.
          {saving.readerCount > 1 &&
            ' Those of both readers are in it: whoever is to draw without having seen the other’s should not open those.'}
          {saving.left > 0 &&
            ` ${saving.left === 1 ? '1 is' : `${saving.left} are`} on the list alone, which says why: of ROIs of earlier versions the image has to be opened once.`}
        </Notice>
      )
  }
}
