import { Button } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'

/** Offers a newer build that waits; nothing changes until it is taken up. */
export function UpdateNotice() {
  const { offlineStore } = useSession()
  const update = useStore(offlineStore, (state) => state.update)
  const [isClosed, setIsClosed] = useState(false)
  if (update === 'none' || isClosed) return null
  return (
    <Notice kind="info" onClose={() => setIsClosed(true)}>
      {update === 'blocked'
        ? 'The new version waits: something still runs or is not kept yet, here or in another tab of Texel. Update when that is done.'
        : 'A new version of Texel is ready. All tabs of Texel are loaded again with it; what you drew is kept.'}
      <div className="row">
        <Button loading={update === 'asking' || update === 'taking'} onClick={() => void offlineStore.getState().takeUpdate()}>
          Update now
        </Button>
      </div>
    </Notice>
  )
}
