import { useEffect } from 'react'
import { handStore } from '../../state/hand.ts'
import { screenStore } from '../../state/screen.ts'
import { commandForKey } from '../../viewer/keys.ts'
import { runCommand } from './runCommand.ts'

const textInputs = 'textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=range], [type=file])'
const ownKeys = 'button, a, summary, [role=slider], input[type=radio], input[type=checkbox]'
/** Keys with which buttons, sliders and choices are worked; Enter works buttons, and what unfolds, alone. */
const controlKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', ' '])

/** Makes the keys of the key table work wherever the focus is, except where somebody types. */
export function useProgramKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || screenStore.getState().keysShown) return
      const target = event.target instanceof Element ? event.target : undefined
      if (target?.closest(textInputs)) return
      if (event.key === 'Enter' ? target?.closest('button, a, summary') : controlKeys.has(event.key) && target?.closest(ownKeys))
        return
      const command = commandForKey(event, handStore.getState().preset)
      if (command && runCommand(command)) event.preventDefault()
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
  }, [])
}
