import { openSession } from './state/openSession.ts'
import { App } from './ui/app/App.tsx'

/** The page with its session, in one part: the page that forgets has neither. */
export const openPage = async () => <App session={await openSession()} />
