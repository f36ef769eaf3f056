import { useStore } from 'zustand'
import { say } from '../../messages/say.ts'
import '../../messages/sayImages.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'

const shownProblems = 20

/** Which files cannot be used, and why. */
export function FileProblems() {
  const { imagesStore } = useSession()
  const problems = useStore(imagesStore, (state) => state.problems)
  const { dismissProblems } = imagesStore.getState()
  return (
    <Notice kind="error" onClose={dismissProblems}>
      <strong>
        {problems.length === 1
          ? 'One file cannot be used; the rest is unharmed.'
          : `${problems.length} files cannot be used; the rest is unharmed.`}
      </strong>
      <ul>
        {problems.slice(0, shownProblems).map(({ path, reason }, i) => (
          <li key={`${path} ${i}`}>
            <span className="dim">{path}:</span> {say(reason)}
          </li>
        ))}
        {problems.length > shownProblems && <li className="dim">and {problems.length - shownProblems} more</li>}
      </ul>
    </Notice>
  )
}
