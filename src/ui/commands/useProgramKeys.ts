import { useEffect } from 'react'
import { commandForKey } from './keys.ts'
import { isListInFront, runCommand } from './runCommand.ts'
import { useSession } from '../shared/session.ts'

/** Where somebody types: keys are letters there. */
export const textInputs =
  'textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=range], [type=file])'
/** What Enter and Space work. */
const pressed = 'button, a, summary'
const pressKeys = new Set(['Enter', ' '])
/** What these keys move or choose. */
const moved = '[role=slider], input[type=radio], input[type=checkbox]'
const moveKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', ' '])

/** Makes the keys of the key table work wherever the focus is, except where somebody types. */
export function useProgramKeys(): void {
  const session = useSession()
  const { handStore, screenStore, workListStore } = session
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || screenStore.getState().keysShown || workListStore.getState().asked) return
      const target = event.target instanceof Element ? event.target : undefined
      if (target?.closest(textInputs)) return
      if (pressKeys.has(event.key) && target?.closest(pressed)) return
      if (moveKeys.has(event.key) && target?.closest(moved)) return
      const command = commandForKey(event, handStore.getState().preset, isListInFront(session) ? 'list' : 'views')
      if (command && runCommand(session, command)) event.preventDefault()
    }
    // The key that holds the tool down on the cursor; a window that is left hears no key let go.
    const lift = () => handStore.getState().viewer?.liftTool()
    const release = ({ key }: KeyboardEvent) => {
      if (key === ' ') lift()
    }
    window.addEventListener('keydown', press)
    window.addEventListener('keyup', release)
    window.addEventListener('blur', lift)
    return () => {
      window.removeEventListener('keydown', press)
      window.removeEventListener('keyup', release)
      window.removeEventListener('blur', lift)
    }
  }, [handStore, screenStore, session, workListStore])
}
