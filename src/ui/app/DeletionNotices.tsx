import { Button } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { LesionId } from '../../core/study/study.ts'
import { wentWith } from '../../state/wentWith.ts'
import { undoMs, type DeletedMask } from '../../storage/deletedMasks.ts'
import { Notice } from '../shared/Notice.tsx'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'
import { appWords } from '../../messages/words/appWords.ts'
import { MarkedWords } from '../shared/MarkedWords.tsx'

/** What was deleted a moment ago and can be brought back, and why something was not deleted; on every screen, over its foot. */
export function DeletionNotices() {
  const { deletionsStore, lesionsStore } = useSession()
  const { deleted, refusal, dismissRefusal } = useStore(deletionsStore)
  const byPatient = useStore(lesionsStore, (state) => state.byPatient)
  const lesions = Object.entries(byPatient).flatMap(([label, all]) =>
    all.flatMap(({ id, deletedAt }) => (deletedAt === undefined ? [] : [{ label, id, deletedAt }])),
  )
  const goesAlone = (one: DeletedMask) => !lesions.some(({ label, id }) => wentWith(one, label, id))
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
      {lesions.map(({ label, id, deletedAt }) => (
        <DeletedLesion
          key={`${label} ${id}`}
          label={label}
          id={id}
          at={deletedAt}
          regionCount={deleted.filter((one) => wentWith(one, label, id)).length}
        />
      ))}
      {deleted.filter(goesAlone).map((one) => (
        <Deleted key={one.key} gone={one} byKey={byKey} />
      ))}
    </div>
  )
}

function Deleted({ gone: { key, imageName, deleted }, byKey }: { gone: DeletedMask; byKey: RefObject<boolean> }) {
  const { deletionsStore } = useSession()
  const undo = useRef<HTMLButtonElement>(null)
  // The button that deleted it goes: a hand on the keyboard stands at the one that takes it back.
  useEffect(() => {
    if (byKey.current && deletionsStore.getState().latest === key) undo.current?.focus()
  }, [byKey, deletionsStore, key])
  return (
    <BringBack at={deleted.at} undo={undo} onUndo={() => void deletionsStore.getState().undo(key)}>
      <MarkedWords words={appWords().roiDeleted(imageName)} />
    </BringBack>
  )
}

interface DeletedLesionProps {
  readonly label: string
  readonly id: LesionId
  readonly at: number
  readonly regionCount: number
}

/** A lesion, with the regions that went with it. */
function DeletedLesion({ label, id, at, regionCount }: DeletedLesionProps) {
  const { restoreLesion } = useSession()
  const until = at + undoMs
  const [isOver, setOver] = useState(() => until <= Date.now())
  useEffect(() => {
    if (isOver) return
    const timer = setTimeout(() => setOver(true), until - Date.now())
    return () => clearTimeout(timer)
  }, [isOver, until])
  if (isOver) return null
  return (
    <BringBack at={at} onUndo={() => void restoreLesion(label, id)}>
      <MarkedWords words={appWords().lesionDeleted(id, label, regionCount)} />
    </BringBack>
  )
}

interface BringBackProps {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly undo?: RefObject<HTMLButtonElement | null>
  readonly onUndo: () => void
  readonly children: ReactNode
}

function BringBack({ at, undo, onUndo, children }: BringBackProps) {
  const now = useNow(500)
  const words = appWords()
  const secondsLeft = Math.max(0, Math.ceil((at + undoMs - now) / 1000))
  return (
    <Notice kind="info">
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <span style={{ flex: 1 }}>
          {children}
          {words.bringBack(undoMs / 1000)}
        </span>
        {/* Read out once with its notice, not every second. */}
        <span className="dim number" role="timer" aria-live="off" aria-label={words.secondsLeft(secondsLeft)}>
          {secondsLeft} s
        </span>
        <Button ref={undo} size="compact-sm" variant="default" onClick={onUndo}>
          {words.undo}
        </Button>
      </div>
    </Notice>
  )
}
