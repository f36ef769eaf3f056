import { Button } from '@mantine/core'
import { useEffect, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import { undoMs, type DeletedMask } from '../../storage/deletedMasks.ts'
import { Notice } from '../shared/Notice.tsx'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** What was deleted a moment ago and can be brought back, and why something was not deleted; on every screen, over its foot. */
export function DeletionNotices() {
  const { deletionsStore } = useSession()
  const { deleted, refusal, dismissRefusal } = useStore(deletionsStore)
  const byKey = useRef(false)
  useEffect(() => {
    const note = ({ type }: Event) => void (byKey.current = type === 'keydown')
    for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, note, true)
    return () => {
      for (const type of ['keydown', 'pointerdown']) window.removeEventListener(type, note, true)
    }
  }, [])
  return (
    <div className="deletions" aria-live="polite">
      {refusal && (
        <Notice kind="error" onClose={dismissRefusal}>
          {say(refusal)}
        </Notice>
      )}
      {deleted.map((one) => (
        <Deleted key={one.key} gone={one} byKey={byKey} />
      ))}
    </div>
  )
}

function Deleted({ gone: { key, imageName, deleted }, byKey }: { gone: DeletedMask; byKey: RefObject<boolean> }) {
  const { deletionsStore } = useSession()
  const now = useNow(500)
  const undo = useRef<HTMLButtonElement>(null)
  // The button that deleted it goes: a hand on the keyboard stands at the one that takes it back.
  useEffect(() => {
    if (byKey.current && deletionsStore.getState().latest === key) undo.current?.focus()
  }, [byKey, deletionsStore, key])
  const secondsLeft = Math.max(0, Math.ceil((deleted.at + undoMs - now) / 1000))
  return (
    <Notice kind="info">
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <span style={{ flex: 1 }}>
          The ROI of <strong>{imageName}</strong> was deleted. For {undoMs / 1000} s it can be brought back.
        </span>
        {/* Read out once with its notice, not every second. */}
        <span className="dim number" role="timer" aria-live="off" aria-label={`${secondsLeft} s left`}>
          {secondsLeft} s
        </span>
        <Button ref={undo} size="compact-sm" variant="default" onClick={() => void deletionsStore.getState().undo(key)}>
          Undo
        </Button>
      </div>
    </Notice>
  )
}
