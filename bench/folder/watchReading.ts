/** Milliseconds of the page's own clock. */
export interface Reading {
  droppedAt: number
  /** Every header is read. */
  listedAt: number
  /** There is an image that can be opened. */
  firstAt: number
  doneAt: number
  /** An image is in its three planes. */
  shownAt: number
  readonly longTasks: number[]
}

declare global {
  interface Window {
    reading: Reading
  }
}

/** Runs in the page before it starts: notes how far reading is, at each change of the page. */
export function watchReading(): void {
  const reading: Reading = { droppedAt: NaN, listedAt: NaN, firstAt: NaN, doneAt: NaN, shownAt: NaN, longTasks: [] }
  window.reading = reading
  addEventListener('drop', () => (reading.droppedAt = performance.now()), { capture: true })
  const look = () => {
    const now = performance.now()
    const bar = document.querySelector('[role=status] [aria-label="Reading progress"]')?.closest('[role=status]')
    if (Number.isNaN(reading.listedAt) && /^Reading /.test(bar?.textContent ?? '')) reading.listedAt = now
    const isOpenable = [...document.querySelectorAll('.volumes button')].some(({ textContent }) => textContent === 'Open')
    if (Number.isNaN(reading.firstAt) && isOpenable) reading.firstAt = now
    if (Number.isNaN(reading.shownAt) && document.querySelector('[data-testid=views][data-shown]')) reading.shownAt = now
    // Nothing is read any more; on other screens that does not show.
    const isListShown = document.querySelector('.volumes')?.checkVisibility() ?? false
    if (Number.isNaN(reading.doneAt) && !bar && isListShown && !Number.isNaN(reading.listedAt)) reading.doneAt = now
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) if (startTime >= reading.droppedAt) reading.longTasks.push(duration)
  }).observe({ type: 'longtask' })
}
