import { useMemo } from 'react'
import { useStore } from 'zustand'
import { evaluatedOf, type Evaluated } from '../../../state/analysis/evaluated.ts'
import { useSession } from '../../shared/session.ts'

/** The scores that are shown; null where there are none. */
export function useEvaluated(): Evaluated | null {
  const { scoresStore, studyStore } = useSession()
  const record = useStore(scoresStore, (state) => state.record)
  const tableLook = useStore(scoresStore, (state) => state.firstLook)
  const scores = useStore(studyStore, (state) => state.scores)
  const door = useStore(studyStore, (state) => state.door)
  const firstLook = useStore(studyStore, (state) => state.firstLook)
  return useMemo(
    () => evaluatedOf({ record, firstLook: tableLook }, { scores, door, firstLook }),
    [record, tableLook, scores, door, firstLook],
  )
}
