import { useEffect, useState } from 'react'

/** So long after it has come the page is at rest even where the browser does not say so. */
const restMs = 1000

/** Whether the first screen is there and the browser had nothing to do since: time for what may be wanted next. */
export function useRest(): boolean {
  const [isAtRest, setIsAtRest] = useState(false)
  useEffect(() => {
    const rest = () => setIsAtRest(true)
    // Safari has no requestIdleCallback.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(rest, restMs)
      return () => clearTimeout(timer)
    }
    const request = window.requestIdleCallback(rest, { timeout: restMs })
    return () => window.cancelIdleCallback(request)
  }, [])
  return isAtRest
}
