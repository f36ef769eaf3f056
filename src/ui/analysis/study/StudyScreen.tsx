import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import '../../../messages/sayAnalysis.ts'
import { warnOfData } from '../../../core/analysis/dataWarnings.ts'
import { findWarnings } from '../../../core/analysis/warnings.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import { withSeenBatches, type StudyData } from '../../../core/analysis/studyData.ts'
import type { Screen } from '../../../state/screen.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { Key } from '../../shared/Key.tsx'
import { useSession } from '../../shared/session.ts'
import '../analysis.css'
import {
  AgreeScreen,
  CohortsView,
  HarmoniseScreen,
  SelectScreen,
  StepSettings,
  StudyColumns,
  TrainScreen,
} from '../laterParts.ts'
import { DoorQuestion } from '../DoorQuestion.tsx'
import { Follow } from '../follow/Follow.tsx'
import { GuardBar } from './GuardBar.tsx'
import { RunCard } from './RunCard.tsx'
import './study.css'
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
        <DoorQuestion />
        <RunCard />
      </div>
      {!door ? (
        <StudyDoorView />
      ) : isChoosing || !study ? (
        <StudyColumns door={door} />
      ) : (
        <>
          <FailureBoundary key={screen}>
            {screen === 'cohorts' ? <CohortsView study={study} /> : <StepView screen={screen} study={study} />}
          </FailureBoundary>
          <GuardBar />
          <Follow />
        </>
      )}
    </div>
  )
}

/** A step by its records; before there are any, what brings them. */
function StepView({ screen, study }: { screen: Screen; study: StudyData }) {
  const { studyStore } = useSession()
  const protocol = useStore(studyStore, (state) => state.protocol)!
  const analysis = useStore(studyStore, (state) => state.analysis)
  const withBatches = useMemo(() => withSeenBatches(study), [study])
  const warnings = useMemo(() => (analysis ? [...warnOfData(withBatches, analysis.protocol), ...findWarnings(analysis)] : []), [withBatches, analysis]) // prettier-ignore
  const onProtocol = (next: Protocol) => void studyStore.getState().setProtocol(next)
  if (!analysis)
    return (
      <div className="main">
        <div className="row settingsBefore">
          <StepSettings screen={screen} protocol={protocol} onProtocol={onProtocol} />
        </div>
        <p className="card noStep">
          Nothing is computed yet. <Key>Ctrl</Key> <Key>Enter</Key> runs the study as its protocol says.
        </p>
      </div>
    )
  const shown = { analysis, warnings, protocol, onProtocol }
  if (screen === 'harmonise') return <HarmoniseScreen {...shown} study={withBatches} />
  if (screen === 'agree') return <AgreeScreen {...shown} study={study} />
  if (screen === 'select') return <SelectScreen {...shown} />
  return <TrainScreen {...shown} study={study} />
}
