import { useCallback } from 'react'
import { messageOf } from '../../../core/messages/message.ts'
import type { ApplyActions } from '../../../state/analysis/applyActions.ts'
import { useSession } from '../../shared/session.ts'

/** Does something with the model in hand; what goes wrong is told on its screen. */
export function useApplyAct(): (act: (actions: ApplyActions) => unknown) => void {
  const { applyActions, applyStore } = useSession()
  return useCallback(
    (act) => {
      applyActions()
        .then(act)
        .catch((error: unknown) => applyStore.setState({ problem: messageOf(error) }))
    },
    [applyActions, applyStore],
  )
}
