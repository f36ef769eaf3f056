import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { findWarnings } from '../../../core/analysis/warnings.ts'
import type { CohortEvaluation } from '../../../core/evaluate/evaluateScores.ts'
import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import type { ScoresFrom } from '../../../core/evaluate/scoresFrom.ts'
import { say } from '../../../messages/say.ts'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import type { Evaluated } from '../../../state/analysis/evaluated.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatCount } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { StudyWarnings } from '../charts/StudyWarnings.tsx'
import { CalibrationCard, CriterionCard, DecisionCard, PrecisionCard, RocCard, WaterfallCard } from './ChartCards.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { CutoffTable, ModelTable, ThresholdTable } from './ResultTables.tsx'
import { CompareModels } from './CompareModels.tsx'
import { ThresholdPanel } from './ThresholdPanel.tsx'
import { tellGuard } from '../study/tellGuard.ts'
import { askOf } from './askOf.ts'
import { FirstLookQuestion } from './FirstLookQuestion.tsx'
import { unseenCohorts } from './unseenCohorts.ts'
import { useEvaluated } from './useEvaluated.ts'
import { useThresholdKeys } from './useThresholdKeys.ts'
import { useSession } from '../../shared/session.ts'
import { TypeCounts } from '../TypeCounts.tsx'
import { useThreshold } from './useThreshold.ts'

/** Does it hold? The figures of one cohort, and one threshold through all of them. */
export function EvaluateView() {
  const { scoresStore, studyStore } = useSession()
  const thresholdStore = useThreshold()
  const record = useEvaluated()!
  const { firstLook, from } = record
  const analysis = useStore(studyStore, (state) => state.analysis)
  const cohorts = useStore(studyStore, ({ door }) => door?.choice.cohorts ?? null)
  const plan = useStore(studyStore, ({ door }) => door?.choice.own?.plan)
  const freeze = from === 'study' ? analysis?.protocol.cohort.freeze : undefined
  const shown = useStore(thresholdStore, (state) => state.shown)
  useThresholdKeys()
  const { evaluation, trainCohort } = record.result
  const unseen = unseenCohorts(record)
  const mustAsk = unseen.length > 0
  useEffect(() => {
    // Until somebody has said so, nothing of those patients is seen.
    if (mustAsk) thresholdStore.getState().show(record.result, beforeLook(record.result))
  }, [mustAsk, record.result, thresholdStore])
  const seen = evaluation.cohorts.filter(({ role, unusable }) => unusable === null && (!mustAsk || role === 'training'))
  const cohort = shown?.cohort
  const warnings = useMemo(() => (analysis ? findWarnings(analysis).filter(({ message: { values } }) => !('cohort' in values) || values.cohort === cohort?.cohort) : []), [analysis, cohort]) // prettier-ignore
  return (
    <div className="main evaluate">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {from === 'study' ? askOf(trainCohort, cohorts, plan) : askOf(trainCohort, null)}
          </h1>
          <p className="dim">
            {cohort
              ? `${formatCount(cohort.patients)} patients${cohort.rows > cohort.patients ? ` with ${formatCount(cohort.rows)} rows` : ''}${evaluation.cohorts.length > 1 ? ` of ${cohort.cohort}` : ''}, ${formatCount(cohort.positives)} positive. A higher score speaks for positive.`
              : 'No cohort of the table can be judged.'}
          </p>
        </div>
        {seen.length > 1 && (
          <SegmentedControl
            aria-label="Cohort"
            data={seen.map(({ cohort, role, scoresFrom }) => ({
              value: cohort,
              label: nameSource(cohort, role, scoresFrom, from),
            }))}
            value={cohort?.cohort ?? ''}
            onChange={(name) => thresholdStore.getState().show(record.result, name)}
          />
        )}
        {from === 'table' && <Button onClick={() => scoresStore.getState().showColumns(true)}>Columns</Button>}
        <TypeCounts />
        <ExportMenu record={record.result} shown={shown} fileName={record.fileName} freeze={freeze} />
      </header>
      {mustAsk && <FirstLookQuestion cohorts={unseen} onLook={() => thresholdStore.getState().show(record.result, unseen[0])} />}
      {evaluation.cohorts.map(
        ({ cohort, unusable }) =>
          unusable && (
            <Notice key={cohort} kind="warn">
              {say(unusable)}
            </Notice>
          ),
      )}
      {cohort && <Warnings cohort={cohort} />}
      {shown && (
        <div className="evaluateGrid">
          <div className="evaluateMain">
            <div className="chartRow">
              <FailureBoundary>
                <RocCard shown={shown} />
                <DecisionCard shown={shown} />
                <CalibrationCard shown={shown} />
              </FailureBoundary>
            </div>
            <ModelTable shown={shown} />
            <CompareModels shown={shown} />
            {from === 'study' && <StudyWarnings warnings={warnings} step="evaluate" />}
            <CutoffTable shown={shown} />
            <div className="chartRow">
              <FailureBoundary>
                <PrecisionCard shown={shown} />
                <CriterionCard shown={shown} />
                <WaterfallCard shown={shown} />
              </FailureBoundary>
            </div>
            <ThresholdTable shown={shown} />
          </div>
          <FailureBoundary>
            <ThresholdPanel shown={shown} />
          </FailureBoundary>
        </div>
      )}
      <footer className="guard">
        <span>
          <strong>Leak guard</strong>{' '}
          {trainCohort === null
            ? 'No cohort was named that the models learnt from: cut-offs are chosen on the patients they are judged by.'
            : from === 'study' && analysis
              ? `${tellGuard(analysis)} Cut-offs are carried from there.`
              : `Cut-offs learnt from the ${formatCount(evaluation.learntFrom.length)} rows of ${trainCohort}. How the scores came about is not recorded: this table was made elsewhere.`}
          {firstLook &&
            ` Validation first looked at ${formatDateTime(firstLook.at)}; ${firstLook.changes === 0 ? 'nothing was changed since' : `evaluated ${firstLook.changes === 1 ? 'once' : `${firstLook.changes} times`} with other choices since`}.`}
        </span>
        <span className="dim keysHint">
          <Key>←</Key> <Key>→</Key> move the threshold <Key>Shift</Key> ×10 <Key>M</Key> next model
        </span>
      </footer>
    </div>
  )
}

/** What is shown while validation is not looked at: scores of patients whom their model did not learn from, where there are some. */
const beforeLook = ({ evaluation, trainCohort }: ScoreRecord) =>
  evaluation.cohorts.find(({ scoresFrom }) => scoresFrom === 'out-of-fold')?.cohort ?? trainCohort ?? undefined

/** Where the scores of an analysis come from is said before whose they are. */
function nameSource(cohort: string, role: CohortEvaluation['role'], scoresFrom: ScoresFrom | null, from: Evaluated['from']) {
  if (role !== 'training') return cohort
  if (scoresFrom === 'out-of-fold') return 'Out of fold'
  if (scoresFrom === 'apparent') return 'Apparent'
  return from === 'study' ? `${cohort}, as carried on` : `${cohort} (learnt from)`
}

function Warnings({ cohort }: { cohort: CohortEvaluation }) {
  const { from } = useEvaluated()!
  const isAgainst = cohort.models.length > 0 && cohort.models.every(({ auc }) => auc.auc < 0.4)
  return (
    <>
      {isAgainst && from === 'table' && <DirectionQuestion />}
      {cohort.warnings.map((warning) => (
        <Notice key={say(warning)} kind="warn">
          {say(warning)}
        </Notice>
      ))}
    </>
  )
}

/** A direction is never guessed: where every score speaks against the class that is looked for, it is asked. */
function DirectionQuestion() {
  const { scoresStore } = useSession()
  const table = useStore(scoresStore, (state) => state.table)
  const counts = table?.check?.counts
  return (
    <Notice kind="warn">
      In this cohort a higher score speaks against <strong>{counts?.positive ?? 'positive'}</strong>. Is the positive value right?{' '}
      {counts && (
        <Button size="compact-xs" onClick={() => void scoresStore.getState().chooseAndEvaluate({ positive: counts.negative })}>
          Positive is {counts.negative}
        </Button>
      )}
    </Notice>
  )
}
