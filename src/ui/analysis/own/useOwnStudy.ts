import { useCallback, useEffect } from 'react'
import { useStore } from 'zustand'
import { messageOf } from '../../../core/messages/message.ts'
import type { OwnStudyActions } from '../../../state/analysis/ownStudyActions.ts'
import { useSession } from '../../shared/session.ts'

/** Does something with the study's own table; what goes wrong is told where it stands. */
export function useOwnAct(): (act: (own: OwnStudyActions) => unknown) => void {
  const { ownStudyStore, ownStudyActions } = useSession()
  return useCallback(
    (act) => {
      ownStudyActions()
        .then(act)
        .catch((error: unknown) => ownStudyStore.setState({ problem: messageOf(error) }))
    },
    [ownStudyStore, ownStudyActions],
  )
}

/** Looks at the study again whenever something changed that its table is made of; without a study at nothing. */
export function useOwnStudy(): void {
  const { extractionStore, roiStore, tablesStore, workListStore } = useSession()
  const records = useStore(workListStore, (state) => state.records)
  const isAny = useStore(workListStore, ({ importedLabels }) => importedLabels.size > 0)
  const kept = useStore(roiStore, (state) => state.kept)
  const tables = useStore(tablesStore, (state) => state.tables)
  const parameters = useStore(extractionStore, (state) => state.parameters)
  const act = useOwnAct()
  useEffect(() => {
    if (isAny) act(({ look }) => look())
  }, [act, isAny, records, kept, tables, parameters])
}
