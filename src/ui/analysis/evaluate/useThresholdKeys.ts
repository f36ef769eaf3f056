import { useEffect } from 'react'
import { useSession } from '../../shared/session.ts'
import { useThreshold } from './useThreshold.ts'

const typing = 'textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=range])'
const chosenByArrows = 'input[type=radio], [role=radio], [role=tab]'

/** Arrows move the threshold by a vertex, with Shift by ten; M the next model, Y Youden's, 0 the one that is carried. */
export function useThresholdKeys(): void {
  const { screenStore } = useSession()
  const thresholdStore = useThreshold()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || screenStore.getState().keysShown) return
      const target = event.target instanceof Element ? event.target : undefined
      if (target?.closest(typing)) return
      if (event.key.startsWith('Arrow') && target?.closest(chosenByArrows)) return
      const { step, move, chooseRule, nextModel, shown } = thresholdStore.getState()
      const by = event.shiftKey ? 10 : 1
      const acts: Readonly<Record<string, () => void>> = {
        ArrowLeft: () => step(-by),
        ArrowRight: () => step(by),
        Home: () => move(0),
        End: () => move(shown?.model.roc.thresholds.length ?? 0),
        m: nextModel,
        y: () => chooseRule('youden', true),
        0: () => chooseRule('youden'),
      }
      const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [screenStore, thresholdStore])
}
