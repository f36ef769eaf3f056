import { useEffect, useRef } from 'react'

const typing = 'textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=range])'

/** What arrows move itself. */
const moved = `${typing}, input, [role=slider], [role=listbox], [role=menu], [role=radiogroup]`

/** A key of the screen, wherever the focus is but in a field that is typed into. */
export function useKey(key: string, act: () => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== key || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(key.startsWith('Arrow') ? moved : typing)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [key])
}
