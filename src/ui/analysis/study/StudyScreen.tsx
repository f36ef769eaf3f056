import { useEffect } from 'react'
import { useStore } from 'zustand'
import '../../../messages/sayAnalysis.ts'
import type { Screen } from '../../../state/screen.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { useSession } from '../../shared/session.ts'
import '../analysis.css'
import { CohortsView } from '../cohorts/CohortsView.tsx'
import { GuardBar } from './GuardBar.tsx'
import { RunCard } from './RunCard.tsx'
import './study.css'
import { StudyColumns } from './StudyColumns.tsx'
import { StudyDoorView } from './StudyDoorView.tsx'
import { useStudyKeys } from './useStudyKeys.ts'

/** A step of the analysis that a table of features begins; before there is a study, the way in. */
export function StudyScreen({ screen }: { screen: Screen }) {
  const { studyStore } = useSession()
  const study = useStore(studyStore, (state) => state.study)
  const door = useStore(studyStore, (state) => state.door)
  const isChoosing = useStore(studyStore, (state) => state.isChoosing)
  useStudyKeys()
  useEffect(() => {
    document.querySelector('.stage .screen')?.scrollTo({ top: 0 })
  }, [screen])
  return (
    <div className="screen analysis">
      <div className="analysisNotices">
        <RunCard />
      </div>
      {!door ? (
        <StudyDoorView />
      ) : isChoosing || !study ? (
        <StudyColumns door={door} />
      ) : (
        <>
          <FailureBoundary key={screen}>{screen === 'cohorts' && <CohortsView study={study} />}</FailureBoundary>
          <GuardBar />
        </>
      )}
    </div>
  )
}
