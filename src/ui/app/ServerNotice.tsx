import { useState, useSyncExternalStore } from 'react'
import { programServer, serverIsGone } from '../../io/programServer.ts'
import { say } from '../../messages/say.ts'
import { Notice } from '../shared/Notice.tsx'

/** Says that the program's own server is gone, until it answers again. */
export function ServerNotice() {
  const isGone = useSyncExternalStore(programServer.subscribe, programServer.isGone)
  return isGone && <Gone />
}

function Gone() {
  const [isClosed, setIsClosed] = useState(false)
  if (isClosed) return null
  return (
    <Notice kind="error" onClose={() => setIsClosed(true)}>
      {say(serverIsGone)}
    </Notice>
  )
}
