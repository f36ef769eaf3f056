import { useEffect } from 'react'
import { analysisSteps, whyNoStep } from '../../../state/analysis/studySteps.ts'
import { useSession } from '../../shared/session.ts'

const typing = 'textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=range])'

/** Ctrl+Enter runs what is out of date, Esc asks whether to stop, Ctrl+Z takes a change of the protocol back; T takes the next task, digits choose the step. */
export function useStudyKeys(): void {
  const { screenStore, studyStore } = useSession()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || screenStore.getState().keysShown) return
      const state = studyStore.getState()
      const isCtrl = event.ctrlKey || event.metaKey
      const isTyping = event.target instanceof Element && event.target.closest(typing) !== null
      const act = (): (() => unknown) | undefined => {
        if (isCtrl && event.key === 'Enter') return state.study && !state.isChoosing ? state.analyse : undefined
        if (event.key === 'Escape') return state.run.status === 'running' ? state.cancel : undefined
        if (isTyping || event.altKey) return undefined
        if (isCtrl && event.key.toLowerCase() === 'z') return event.shiftKey ? state.redo : state.undo
        if (isCtrl && event.key.toLowerCase() === 'y') return state.redo
        if (!isCtrl && event.key.toLowerCase() === 't' && state.tasks.length > 1) {
          const at = state.tasks.findIndex(({ id }) => id === state.task)
          return () => state.showTask(state.tasks[(at + 1) % state.tasks.length].id)
        }
        const step = isCtrl ? undefined : analysisSteps.find(({ key }) => key === event.key)
        return step && whyNoStep(step.screen, state) === null ? () => screenStore.getState().show(step.screen) : undefined
      }
      const wanted = act()
      if (!wanted) return
      event.preventDefault()
      void wanted()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [screenStore, studyStore])
}
