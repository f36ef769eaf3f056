import { useStore } from 'zustand'
import { analysisSteps, countOpen, countStep, markStep, whyNoStep, type StepLack } from '../../state/analysis/studySteps.ts'
import type { AnalysisScreen } from '../../state/screen.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { useSession } from '../shared/session.ts'
import { Step } from '../shared/Step.tsx'

const lackWords: Readonly<Record<StepLack, string>> = {
  noFeatures: 'Needs a table of features',
  noBatches: 'No column of the tables is a batch',
  oneReader: 'No second reader',
}

/** The steps of a study; through a table of scores nothing is learnt here, and there is one. */
export function AnalysisSteps() {
  const { scoresStore } = useSession()
  const { run, table, record, isChoosing, answers } = useStore(scoresStore)
  if (!table && !record) return analysisSteps.map(({ screen, name }) => <AnalysisStep key={screen} screen={screen} name={name} />)
  const mark = run.status !== 'idle' || !record ? 'underWay' : isChoosing ? 'stale' : 'done'
  const count = record ? formatCount(record.result.evaluation.models.length) : ''
  return (
    <>
      <Step screen="evaluate" name="Evaluate" mark={mark} count={count} />
      <Step
        screen="report"
        name="Report"
        mark={mark === 'underWay' ? 'empty' : mark}
        count={record ? formatCount(countOpen(answers)) : ''}
      />
    </>
  )
}

/** A step of a study; one without data says why it cannot be opened. */
function AnalysisStep({ screen, name }: { screen: AnalysisScreen; name: string }) {
  const { studyStore } = useSession()
  const state = useStore(studyStore)
  const lack = whyNoStep(screen, state)
  if (lack === null) return <Step screen={screen} name={name} mark={markStep(screen, state)} count={countStep(screen, state)} />
  return (
    <div className="later" title={lackWords[lack]} aria-disabled="true" role="note" aria-label={`${name}: ${lackWords[lack]}`}>
      <span className="mark" />
      {name}
      <span className="count">{countStep(screen, state)}</span>
    </div>
  )
}
