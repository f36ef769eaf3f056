import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import type { OwnOrigin } from '../../../io/tables/roles/studyChoice.ts'
import { say } from '../../../messages/say.ts'
import { changesSince, type OwnChange } from '../../../state/analysis/ownStudy.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { useOwnAct, useOwnStudy } from './useOwnStudy.ts'

const changes: Readonly<Record<OwnChange, string>> = {
  thawed: 'its cohorts were thawed',
  cohorts: 'its cohorts were fixed anew',
  rows: 'ROIs or features changed',
  clinical: 'the clinical values changed',
}

/** Of an analysis of the study's own table: whether the study is another one by now. */
export function OwnChanged({ made }: { made: OwnOrigin }) {
  const { ownStudyStore, screenStore } = useSession()
  const look = useStore(ownStudyStore, (state) => state.look)
  const problem = useStore(ownStudyStore, (state) => state.problem)
  const isLooking = useStore(ownStudyStore, (state) => state.isLooking)
  const act = useOwnAct()
  useOwnStudy()
  if (problem)
    return (
      <Notice kind="error" onClose={() => act(({ dismiss }) => dismiss())}>
        {say(problem)}
      </Notice>
    )
  const found = look ? changesSince(made, look.origin) : []
  if (!look || found.length === 0) return null
  const isUsable = look.origin !== null && look.patients > 0 && look.tasks > 0
  return (
    <Notice kind="warn">
      The study changed since its table was made: {found.map((change) => changes[change]).join(', ')}. What is shown is of the
      study as it was, cohorts {made.freeze.slice(0, 12)}.
      <div className="row">
        {isUsable ? (
          <Button size="compact-sm" disabled={isLooking} onClick={() => act(({ open }) => open())}>
            Take the study as it is now
          </Button>
        ) : (
          <Button size="compact-sm" onClick={() => screenStore.getState().show('study')}>
            To Study
          </Button>
        )}
      </div>
    </Notice>
  )
}
