import { openSession } from './state/openSession.ts'
import { App } from './ui/app/App.tsx'

/** The page with its session, in one part: the page that forgets has neither. */
export const openPage = async () => {
  const session = await openSession()
  // Type is larger before an audience, see app.css.
  if (session.startOver) document.documentElement.dataset.presenting = 'true'
  return <App session={session} />
}
