import { Button, TextInput } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'

/** A locked ROI is opened again for a reason, which the study keeps. */
export function Unlock({ disabled, onUnlock }: { disabled: boolean; onUnlock: (reason: string) => void }) {
  const [reason, setReason] = useState<string | null>(null)
  if (reason === null) {
    return (
      <Button variant="default" leftSection={<IconLockOpen size={15} />} disabled={disabled} onClick={() => setReason('')}>
        Unlock …
      </Button>
    )
  }
  return (
    <form
      className="unlock"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') onUnlock(reason)
      }}
    >
      <TextInput
        autoFocus
        label="Why is it unlocked?"
        description="The reason is kept with the study."
        size="xs"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="row wide">
        <Button variant="default" onClick={() => setReason(null)}>
          Stay locked
        </Button>
        <Button type="submit" variant="default" leftSection={<IconLockOpen size={15} />} disabled={reason.trim() === ''}>
          Unlock
        </Button>
      </div>
    </form>
  )
}
