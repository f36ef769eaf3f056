import { useStore } from 'zustand'
import type { StepMark } from '../../state/analysis/studySteps.ts'
import type { Screen } from '../../state/screen.ts'
import { useSession } from './session.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** A step of the rail that can be opened, and how it stands. */
export function Step({ screen, mark, count }: { screen: Screen; mark: StepMark; count: string }) {
  const { screenStore } = useSession()
  const isCurrent = useStore(screenStore, (state) => state.screen === screen)
  const words = appWords()
  const name = words.screens[screen]
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={words.stepAndMark(name, words.marks[mark])}
      onClick={() => screenStore.getState().show(screen)}
    >
      <span className={`mark ${mark}`} title={words.marks[mark]} />
      {name}
      <span className="count">{count}</span>
    </button>
  )
}
