import { useEffect, useState } from 'react'
import type { Classification } from '../../../core/evaluate/classification.ts'
import type { ThresholdState } from '../../../state/analysis/threshold.ts'
import { useSession } from '../../shared/session.ts'
import { useThreshold } from './useThreshold.ts'

const restMs = 150

export interface Drawn {
  readonly classification: Classification
  /** For which threshold it was drawn. */
  readonly of: Pick<ThresholdState, 'shown' | 'index' | 'prevalence'>
}

export const isOf = ({ of }: Drawn, { shown, index, prevalence }: ThresholdState) =>
  of.shown === shown && of.index === index && of.prevalence === prevalence

/** The bootstrap of the threshold, drawn in a worker once the hand rests; null while it moves. */
export function useBootstrap(): { readonly drawn: Drawn | null; readonly problem: unknown } {
  const { classifyScores } = useSession()
  const thresholdStore = useThreshold()
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let control = new AbortController()
    const rest = () => {
      const { shown, index, prevalence } = thresholdStore.getState()
      if (!shown) return
      const { scores, outcome, clusters, model, record } = shown
      const { seed, level, resamples } = record.evaluation.options
      const { signal } = control
      const options = { seed, level, resamples, prevalence, ...(clusters && { clusters }) }
      classifyScores(scores, outcome, model.roc.thresholds[index], options, signal).then(
        (classification) => !signal.aborted && setDrawn({ classification, of: { shown, index, prevalence } }),
        (error: unknown) => !signal.aborted && setProblem(error),
      )
    }
    const moved = (state: ThresholdState, before?: ThresholdState) => {
      if (before && state.shown === before.shown && state.index === before.index && state.prevalence === before.prevalence) return
      clearTimeout(timer)
      control.abort()
      control = new AbortController()
      setDrawn(null)
      timer = setTimeout(rest, restMs)
    }
    moved(thresholdStore.getState())
    const forget = thresholdStore.subscribe(moved)
    return () => {
      forget()
      clearTimeout(timer)
      control.abort()
    }
  }, [classifyScores, thresholdStore])
  return { drawn, problem }
}
