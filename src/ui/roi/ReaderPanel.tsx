import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { Panel } from '../shared/Panel.tsx'
import { StatusPill } from '../shared/StatusPill.tsx'
import { Unlock } from './laterParts.ts'
import { useSession } from '../shared/session.ts'

/** Who draws, and how far the region is. Of the other reader's no more is told than how far it is. */
export function ReaderPanel() {
  const { readersStore, roiStore } = useSession()
  const { reader, study, names, other, rename } = useStore(readersStore)
  const { open, status, otherProgress, voxelCount, chooseReader, setProgress } = useStore(roiStore)
  if (!open) return null
  const progress = status?.progress ?? 'empty'
  const bothLocked = progress === 'locked' && otherProgress === 'locked'
  return (
    <Panel title="Reader" aside={<StatusPill status={status} />}>
      <SegmentedControl
        fullWidth
        aria-label="Who draws"
        value={reader}
        onChange={(value) => void chooseReader(value)}
        data={study.readers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        key={`${reader} ${names[reader]}`}
        aria-label="Name of this reader"
        size="xs"
        maxLength={40}
        defaultValue={names[reader]}
        onBlur={(event) => rename(reader, event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <p className="dim">
        {bothLocked
          ? 'Both readers have locked their ROIs: they can be compared, and neither can be unlocked any more.'
          : `What ${names[other(reader)]} draws is hidden until both have locked theirs.`}
      </p>
      <div className="row wide">
        {progress === 'locked' ? (
          <Unlock key={open.key} disabled={bothLocked} onUnlock={(reason) => void setProgress('complete', reason)} />
        ) : (
          <>
            <Button
              variant="default"
              disabled={voxelCount === 0}
              onClick={() => void setProgress(progress === 'complete' ? 'inProgress' : 'complete')}
            >
              {progress === 'complete' ? 'Not complete' : 'Complete'}
            </Button>
            <Button
              variant="default"
              leftSection={<IconLock size={15} />}
              disabled={voxelCount === 0}
              onClick={() => void setProgress('locked')}
            >
              Lock
            </Button>
          </>
        )}
      </div>
    </Panel>
  )
}
