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
  const others = analysisSteps.filter(({ screen }) => screen !== 'apply')
  if (!table && !record)
    return (
      <>
        {others.map(({ screen, name }) => (
          <AnalysisStep key={screen} screen={screen} name={name} />
        ))}
        <ApplyStep />
      </>
    )
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
      <ApplyStep />
    </>
  )
}

/** A model from a file, which needs no study. */
function ApplyStep() {
  const { applyStore } = useSession()
  const { model, reading, scored, shown } = useStore(applyStore)
  const mark = reading !== null ? 'underWay' : scored || shown ? 'done' : model ? 'underWay' : 'empty'
  return <Step screen="apply" name="Apply" mark={mark} count={scored ? formatCount(scored.scores.length) : shown ? '1' : ''} />
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
