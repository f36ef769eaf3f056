import { useStore } from 'zustand'
import { countStep, markStep, whyNoStep } from '../../state/analysis/studySteps.ts'
import { analysisSteps, type AnalysisScreen } from '../../state/screen.ts'
import { useSession } from '../shared/session.ts'
import { Step } from './Step.tsx'

/** The steps of a study. */
export const AnalysisSteps = () =>
  analysisSteps.map(({ screen, name }) => <AnalysisStep key={screen} screen={screen} name={name} />)

/** A step of a study; one without data says why it cannot be opened. */
function AnalysisStep({ screen, name }: { screen: AnalysisScreen; name: string }) {
  const { studyStore } = useSession()
  const state = useStore(studyStore)
  const why = whyNoStep(screen, state)
  if (why === null) return <Step screen={screen} name={name} mark={markStep(screen, state)} count={countStep(screen, state)} />
  return (
    <div className="later" title={why} aria-disabled="true" role="note" aria-label={`${name}: ${why}`}>
      <span className="mark" />
      {name}
      <span className="count">{countStep(screen, state)}</span>
    </div>
  )
}
