import { useCallback, useEffect } from 'react'
import { useStore } from 'zustand'
import { messageOf } from '../../../core/messages/message.ts'
import type { Batch } from '../../../state/batch/createBatch.ts'
import type { BatchRow } from '../../../core/study/batchRows.ts'
import { isBatchRunning, ownRows } from '../../../state/batch/batchState.ts'
import { useSession } from '../../shared/session.ts'

/** Does something with the rows of the study; what goes wrong is told where they are. */
export function useBatchAct(): (act: (batch: Batch) => unknown) => void {
  const { batchStore, openBatch } = useSession()
  return useCallback(
    (act) => {
      openBatch()
        .then(act)
        .catch((error: unknown) => batchStore.setState({ problem: messageOf(error) }))
    },
    [batchStore, openBatch],
  )
}

/** Looks at the rows again whenever something changed that they are made of. */
export function useBatchChecks(): void {
  const { batchStore, extractionStore, foldersStore, imagesStore, readersStore, roiStore, workListStore } = useSession()
  const records = useStore(workListStore, (state) => state.records)
  const kept = useStore(roiStore, (state) => state.kept)
  const reader = useStore(readersStore, (state) => state.reader)
  const parameters = useStore(extractionStore, (state) => state.parameters)
  const atHand = useStore(imagesStore, ({ volumes, asleep }) => volumes.length + asleep.length)
  const folders = useStore(foldersStore, (state) => state.folders)
  const isRunning = useStore(batchStore, isBatchRunning)
  const act = useBatchAct()
  useEffect(() => {
    if (!isRunning) act(({ check }) => check())
  }, [act, records, kept, reader, parameters, atHand, folders, isRunning])
}

/** See `ownRows`. */
export function useOwnRows(): readonly BatchRow[] {
  const { batchStore, readersStore } = useSession()
  const inHand = useStore(readersStore, (state) => state.reader)
  return useStore(batchStore, (state) => ownRows(state, inHand))
}
