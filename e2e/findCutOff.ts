import type { Page } from '@playwright/test'

/** Labels, heads and buttons whose text is wider than their box, or that stick out of the panel that they stand in. */
export const findCutOff = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const marks =
      'label, .control > span, .operation > span, .rail button, .rail .later, h1, h2, h3, dt, th, button, .pill, summary'
    for (const element of document.querySelectorAll<HTMLElement>(marks)) {
      if (element.closest('[inert]') || !element.checkVisibility({ visibilityProperty: true }) || !element.innerText.trim())
        continue
      if (getComputedStyle(element).position === 'absolute' && element.offsetWidth < 2) continue
      const frame = element.closest('.inspector, .tools, .rail')?.getBoundingClientRect()
      const box = element.getBoundingClientRect()
      // What holds no text, such as the knob of a switch, cuts none off.
      const parts = [element, ...element.querySelectorAll<HTMLElement>('span')].filter((part) => part.innerText.trim())
      const isCut = parts.some((part) => part.clientWidth > 2 && part.scrollWidth > part.clientWidth + 1)
      if (isCut || (frame && (box.right > frame.right + 1 || box.left < frame.left - 1))) found.push(element.innerText.trim())
    }
    return found
  })
