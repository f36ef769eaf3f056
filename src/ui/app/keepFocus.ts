/** What a list or a row of questions is made of: the focus goes from one to the next. */
const places = '.question, .volumes tbody tr:not(.head)'
const firstControl = 'button:not(:disabled)'

/**
 * A control that goes away with what it did would leave the focus nowhere. It goes on to the next question or row, else the one
 * before, else to the place of the screen that says `data-focus-home`, which does nothing when a key is pressed once more.
 * @returns how to end it
 */
export function keepFocus(root: HTMLElement): () => void {
  let held: { readonly control: Element; readonly others: readonly Element[] } | undefined

  const follow = ({ target }: Event) => {
    if (!(target instanceof Element)) return
    const all = [...root.querySelectorAll(places)]
    const own = target.closest(places)
    const at = own ? all.indexOf(own) : -1
    held = { control: target, others: own ? [...all.slice(at + 1), ...all.slice(0, at).reverse()] : [] }
  }
  // A click beside all controls takes the focus away on purpose.
  const letGo = () => (held = undefined)
  const goOn = () => {
    if (!held || held.control.isConnected || document.activeElement !== document.body) return
    const next = held.others.filter((place) => place.isConnected).map((place) => place.querySelector<HTMLElement>(firstControl))
    const home = [...root.querySelectorAll<HTMLElement>('[data-focus-home]')].find((one) => !one.closest('[inert]'))
    // Where neither is there yet, e.g. as another screen is on its way, the next change is waited for.
    ;(next.find((control) => control !== null) ?? home)?.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(goOn)
  observer.observe(root, { childList: true, subtree: true })
  root.addEventListener('focusin', follow)
  document.addEventListener('pointerdown', letGo, true)
  return () => {
    observer.disconnect()
    root.removeEventListener('focusin', follow)
    document.removeEventListener('pointerdown', letGo, true)
  }
}
