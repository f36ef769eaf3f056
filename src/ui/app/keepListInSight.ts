import type { PopoverProps } from '@mantine/core'

/**
 * Where a list or menu stands, for every one of the page. Panels grow and scroll while a list is open: it then turns to the side that
 * has room, is as high as that room at most, and its field is brought back into sight, since a list hides with its field.
 */
export const listPlace = {
  // In a landmark, and beside the panels: within one, its scrolled frame would cut the list off.
  portalProps: { target: 'main' },
  // Locked to the side on which it opened, it would run out of the window when its field moves to the edge.
  preventPositionChangeWhenVisible: false,
  middlewares: {
    flip: { padding: 5 },
    shift: true,
    size: {
      padding: 5,
      apply({ availableHeight, elements: { reference, floating } }) {
        floating.style.setProperty('--list-room', `${Math.max(60, Math.floor(availableHeight))}px`)
        // A list that is closed stands ready too: what is looked at is not scrolled away for it.
        if (reference instanceof Element && reference.getAttribute('aria-expanded') === 'true') bringBack(reference)
      },
    },
  },
} satisfies Partial<PopoverProps>

/** Scrolls the panels around a field as little as is needed, if any of it is out of sight. */
function bringBack(field: Element): void {
  const { top, bottom } = field.getBoundingClientRect()
  for (let around = field.parentElement; around; around = around.parentElement) {
    if (!/auto|scroll/.test(getComputedStyle(around).overflowY)) continue
    const frame = around.getBoundingClientRect()
    if (top < frame.top || bottom > frame.bottom) {
      field.scrollIntoView({ block: 'nearest', behavior: 'instant' })
      return
    }
  }
}
