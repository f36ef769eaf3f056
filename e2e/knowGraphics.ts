import type { Page } from '@playwright/test'

declare global {
  interface Window {
    graphics: WebGL2RenderingContext[]
  }
}

/** From the next load on the page's drawing contexts are known, for a test to lose them. */
export const knowGraphics = (page: Page) =>
  page.addInitScript(() => {
    window.graphics = []
    const getContext = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: Parameters<typeof getContext>) {
      const context = getContext.apply(this, given)
      if (context instanceof WebGL2RenderingContext && !window.graphics.includes(context)) window.graphics.push(context)
      return context
    } as typeof getContext
  })
