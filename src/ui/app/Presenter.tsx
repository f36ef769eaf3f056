import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import { commandForKey, keysOf, keyTable, nameKey, writeKey } from '../commands/keys.ts'
import { textInputs } from '../commands/useProgramKeys.ts'
import { isListInFront } from '../commands/runCommand.ts'
import { Key } from '../shared/Key.tsx'
import { useSession } from '../shared/session.ts'

/** So long a key stays to be read, in milliseconds. */
const shownMs = 2000
const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta'])

interface Pressed {
  readonly turn: number
  readonly key: string
  /** What it does, '' where the program gives it no meaning. */
  readonly does: string
}

/** Before an audience: the last key that was pressed and what it does, and one act that begins again. */
export function Presenter({ onStartOver }: { onStartOver: () => void }) {
  const session = useSession()
  const preset = useStore(session.handStore, (state) => state.preset)
  const [pressed, setPressed] = useState<Pressed | null>(null)
  useEffect(() => {
    let turn = 0
    const press = (event: KeyboardEvent) => {
      if (modifiers.has(event.key) || (event.target instanceof Element && event.target.closest(textInputs))) return
      const command = commandForKey(event, preset, isListInFront(session) ? 'list' : 'views')
      const does = keyTable.find(({ id }) => id === command)?.label ?? ''
      setPressed({ turn: ++turn, key: writeKey(nameKey(event)), does })
    }
    // Before anybody else, who may keep it.
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [preset, session])
  useEffect(() => {
    if (!pressed) return
    const timer = setTimeout(() => setPressed(null), shownMs)
    return () => clearTimeout(timer)
  }, [pressed])
  return (
    <>
      <Button
        size="compact-sm"
        title={`Everything of this presentation goes, and the sample is there as at the start (${writeKey(keysOf('program.startOver', preset)[0])})`}
        onClick={onStartOver}
      >
        Start over
      </Button>
      {pressed &&
        createPortal(
          <div className="pressedKey" aria-hidden>
            <Key>{pressed.key}</Key>
            {pressed.does}
          </div>,
          document.body,
        )}
    </>
  )
}
