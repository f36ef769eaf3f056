import { Button } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** Offers a newer build that waits; nothing changes until it is taken up. */
export function UpdateNotice() {
  const { offlineStore } = useSession()
  const update = useStore(offlineStore, (state) => state.update)
  const [isClosed, setIsClosed] = useState(false)
  if (update === 'none' || isClosed) return null
  return (
    <Notice kind="info" onClose={() => setIsClosed(true)}>
      {update === 'blocked' ? appWords().updateBlocked : appWords().updateReady}
      <div className="row">
        <Button loading={update === 'asking' || update === 'taking'} onClick={() => void offlineStore.getState().takeUpdate()}>
          {appWords().updateNow}
        </Button>
      </div>
    </Notice>
  )
}
