import { useStore } from 'zustand'
import { analysisSteps, countOpen, countStep, markStep, whyNoStep } from '../../state/analysis/studySteps.ts'
import type { AnalysisScreen } from '../../state/screen.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { useSession } from '../shared/session.ts'
import { Step } from '../shared/Step.tsx'
import { appWords } from '../../messages/words/appWords.ts'

/** The steps of a study; through a table of scores nothing is learnt here, and there is one. */
export function AnalysisSteps() {
  const { scoresStore } = useSession()
  const { run, table, record, isChoosing, answers } = useStore(scoresStore)
  const others = analysisSteps.filter(({ screen }) => screen !== 'apply')
  if (!table && !record)
    return (
      <>
        {others.map(({ screen }) => (
          <AnalysisStep key={screen} screen={screen} />
        ))}
        <ApplyStep />
      </>
    )
  const mark = run.status !== 'idle' || !record ? 'underWay' : isChoosing ? 'stale' : 'done'
  const count = record ? formatCount(record.result.evaluation.models.length) : ''
  return (
    <>
      <Step screen="evaluate" mark={mark} count={count} />
      <Step screen="report" mark={mark === 'underWay' ? 'empty' : mark} count={record ? formatCount(countOpen(answers)) : ''} />
      <ApplyStep />
    </>
  )
}

/** A model from a file, which needs no study. */
function ApplyStep() {
  const { applyStore } = useSession()
  const { model, reading, scored, shown } = useStore(applyStore)
  const mark = reading !== null ? 'underWay' : scored || shown ? 'done' : model ? 'underWay' : 'empty'
  return <Step screen="apply" mark={mark} count={scored ? formatCount(scored.scores.length) : shown ? '1' : ''} />
}

/** A step of a study; one without data says why it cannot be opened. */
function AnalysisStep({ screen }: { screen: AnalysisScreen }) {
  const { studyStore } = useSession()
  const state = useStore(studyStore)
  const lack = whyNoStep(screen, state)
  if (lack === null) return <Step screen={screen} mark={markStep(screen, state)} count={countStep(screen, state)} />
  const words = appWords()
  const name = words.screens[screen]
  return (
    <div
      className="later"
      title={words.lacks[lack]}
      aria-disabled="true"
      role="note"
      aria-label={words.stepAndLack(name, words.lacks[lack])}
    >
      <span className="mark" />
      {name}
      <span className="count">{countStep(screen, state)}</span>
    </div>
  )
}
