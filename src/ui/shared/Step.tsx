import { useStore } from 'zustand'
import type { StepMark } from '../../state/analysis/studySteps.ts'
import type { Screen } from '../../state/screen.ts'
import { useSession } from './session.ts'

const markWords: Record<StepMark, string> = {
  empty: 'empty',
  underWay: 'under way',
  done: 'done',
  stale: 'out of date',
  failed: 'failed',
}

/** A step of the rail that can be opened, and how it stands. */
export function Step({ screen, name, mark, count }: { screen: Screen; name: string; mark: StepMark; count: string }) {
  const { screenStore } = useSession()
  const isCurrent = useStore(screenStore, (state) => state.screen === screen)
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={`${name}, ${markWords[mark]}`}
      onClick={() => screenStore.getState().show(screen)}
    >
      <span className={`mark ${mark}`} title={markWords[mark]} />
      {name}
      <span className="count">{count}</span>
    </button>
  )
}
