import { Button } from '@mantine/core'
import '../../../messages/sayAnalysis.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { useSession } from '../../shared/session.ts'
import '../analysis.css'
import { FirstLookQuestion } from '../evaluate/FirstLookQuestion.tsx'
import { unseenCohorts } from '../evaluate/unseenCohorts.ts'
import { useEvaluated } from '../evaluate/useEvaluated.ts'
import { Follow } from '../follow/Follow.tsx'
import { RunCard } from '../study/RunCard.tsx'
import '../study/study.css'
import { useStudyKeys } from '../study/useStudyKeys.ts'
import { ReportView } from './ReportView.tsx'

/** What goes into the paper. */
export function ReportScreen() {
  const evaluated = useEvaluated()
  const unseen = evaluated ? unseenCohorts(evaluated) : []
  useStudyKeys()
  return (
    <div className="screen analysis">
      <div className="analysisNotices">
        <RunCard />
      </div>
      {!evaluated ? (
        <NothingToReport />
      ) : unseen.length > 0 ? (
        <div className="main">
          <Head>The report prints how the models do in patients that nobody has looked at yet.</Head>
          <FirstLookQuestion cohorts={unseen} />
        </div>
      ) : (
        <FailureBoundary>
          <ReportView />
        </FailureBoundary>
      )}
      <Follow />
    </div>
  )
}

function Head({ children }: { children: string }) {
  return (
    <header className="screenHead">
      <div>
        <h1 tabIndex={-1} data-focus-home>
          What goes into the paper?
        </h1>
        <p className="dim">{children}</p>
      </div>
    </header>
  )
}

function NothingToReport() {
  const { screenStore } = useSession()
  return (
    <div className="main">
      <Head>Nothing was evaluated yet, so there is nothing to report.</Head>
      <div className="emptyState">
        <p className="lead">The report is written from what was computed.</p>
        <p className="dim">
          It holds the methods in sentences, Tables 1 to 3, what was not done, what a reviewer will ask, and the questions that
          only you can answer.
        </p>
        <div className="row">
          <Button onClick={() => screenStore.getState().show('cohorts')}>Features: to Cohorts</Button>
          <Button onClick={() => screenStore.getState().show('evaluate')}>Scores: to Evaluate</Button>
        </div>
      </div>
    </div>
  )
}
