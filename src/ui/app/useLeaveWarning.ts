import { useEffect } from 'react'
import { wouldLose } from '../../state/wouldLose.ts'
import { useSession } from '../shared/session.ts'

/** Lets the browser ask before the page is left while something would be lost with it. */
export function useLeaveWarning(): void {
  const session = useSession()
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!session.isForgetting() && wouldLose(session)) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [session])
}
