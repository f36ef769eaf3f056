import { createContext, useContext } from 'react'
import type { Session } from '../../state/session.ts'

/** Given by `main.tsx` to all that is on the page. */
export const SessionContext = createContext<Session | null>(null)

/** The page's stores and what a person does with them. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nothing of the page is drawn without a session: put it into SessionContext.')
  return session
}
