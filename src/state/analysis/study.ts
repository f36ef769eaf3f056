import { createStore, type StoreApi } from 'zustand/vanilla'
import { programServer } from '../../io/programServer.ts'
import type { AnalysisStore } from '../../storage/analysisStore.ts'
import { nothingInHand, type StudyClaims, type StudyHost, type StudyState } from './studyState.ts'

/** What is kept of analyses, opened where there is need of it. */
export interface KeptBefore {
  isAny(): Promise<boolean>
  open(): Promise<AnalysisStore>
}

/**
 * The second way in: tables of features become a study, which is analysed by stages that are kept. What it does is loaded with the first
 * table; until then there is nothing to be done.
 */
export function createStudyStore(host: StudyHost, kept: KeptBefore, now: () => number, claims: StudyClaims) {
  const later = async () => {}
  const idle = () => {}
  const load = async (): Promise<StudyState> => {
    const { createStudyActions } = await programServer.load(() => import('./studyActions.ts'))
    store.setState(createStudyActions(store, host, await kept.open(), now, claims))
    return store.getState()
  }
  const store: StoreApi<StudyState> = createStore<StudyState>()(() => ({
    ...nothingInHand,
    async resume() {
      if (await kept.isAny()) await (await load()).resume()
    },
    open: async (file) => (await load()).open(file),
    openOwn: async (own) => (await load()).openOwn(own),
    ...{
      add: later,
      begin: later,
      replace: later,
      close: later,
      setProtocol: later,
      undo: later,
      redo: later,
      analyse: later,
      addTask: later,
      showTask: later,
    },
    ...{ setRole: idle, choose: idle, cancel: idle, goOn: idle, showColumns: idle, lookAtValidation: idle, answer: idle, dismissProblem: idle, keepStudy: idle, setAside: idle, removeTask: idle }, // prettier-ignore
  }))
  return store
}

export type StudyStore = ReturnType<typeof createStudyStore>
