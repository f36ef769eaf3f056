import { useEffect } from 'react'
import type { ThresholdState } from '../../../state/analysis/threshold.ts'
import { useThreshold } from './useThreshold.ts'

/**
 * Writes what moves with the threshold, at most once a frame and without React: a hand on a ring moves faster than a page is rendered.
 * @param write is called at once, too; it keeps its identity as long as what it writes to is the same
 */
export function useFrame(write: (state: ThresholdState) => void): void {
  const thresholdStore = useThreshold()
  useEffect(() => {
    let asked = 0
    const now = () => {
      asked = 0
      const state = thresholdStore.getState()
      if (state.shown) write(state)
    }
    const ask = () => {
      if (asked === 0) asked = requestAnimationFrame(now)
    }
    now()
    const forget = thresholdStore.subscribe(ask)
    return () => {
      forget()
      cancelAnimationFrame(asked)
    }
  }, [write, thresholdStore])
}
