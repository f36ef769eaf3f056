import { Button, Modal } from '@mantine/core'
import { useStore } from 'zustand'
import type { KeptRegion } from '../../storage/schema.ts'
import { SaveAllRois, SavedAllRois } from './SaveAllRois.tsx'
import { useSession } from '../shared/session.ts'

/** Asks once, with what will be lost. */
export function ForgetDialog({
  kept,
  opened,
  onClose,
}: {
  /** Of both readers. */
  kept: readonly KeptRegion[]
  opened: boolean
  onClose: () => void
}) {
  const { forgetEverythingHere, imagesStore, tablesStore } = useSession()
  const imageCount = useStore(imagesStore, ({ volumes }) => volumes.filter(({ kind }) => kind === 'image').length)
  const tableCount = useStore(tablesStore, ({ tables }) => tables.length)
  const lockedCount = kept.filter(({ progress }) => progress === 'locked').length
  const lost = [
    count(kept.length, 'ROI') + (lockedCount > 0 ? ` (${lockedCount} locked)` : ''),
    count(tableCount, 'feature table'),
    count(imageCount, 'open image'),
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Forget everything on this computer?"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <p>
        All that Texel keeps in this browser is removed: {lost.join(', ')}, undo, and all settings. It cannot be brought back.
        Your own files and folders are not touched. Other tabs of Texel are closed to work.
      </p>
      <SavedAllRois />
      <div className="row" style={{ marginTop: 16, justifyContent: 'space-between' }}>
        <SaveAllRois label="Save all ROIs first" disabled={kept.length === 0} />
        <div className="row">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="light"
            color="red"
            onClick={() => {
              onClose()
              void forgetEverythingHere()
            }}
          >
            Forget everything
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const count = (number: number, one: string) => `${number === 0 ? 'no' : number} ${one}${number === 1 ? '' : 's'}`
