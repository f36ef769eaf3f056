import { Button, SegmentedControl } from '@mantine/core'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { CohortEvaluation } from '../../../core/evaluate/evaluateScores.ts'
import { say } from '../../../messages/say.ts'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatCount } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { CalibrationCard, DecisionCard, RocCard } from './ChartCards.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { CutoffTable, ModelTable, ThresholdTable } from './ResultTables.tsx'
import { ThresholdPanel } from './ThresholdPanel.tsx'
import { useThresholdKeys } from './useThresholdKeys.ts'
import { useSession } from '../../shared/session.ts'
import { useThreshold } from './useThreshold.ts'

/** Does it hold? The figures of one cohort, and one threshold through all of them. */
export function EvaluateView() {
  const { scoresStore } = useSession()
  const thresholdStore = useThreshold()
  const record = useStore(scoresStore, (state) => state.record)!
  const firstLook = useStore(scoresStore, (state) => state.firstLook)
  const shown = useStore(thresholdStore, (state) => state.shown)
  useThresholdKeys()
  const { evaluation, trainCohort } = record.result
  const validation = evaluation.cohorts.filter(({ role }) => role === 'validation')
  const mustAsk = trainCohort !== null && validation.length > 0 && firstLook === null
  useEffect(() => {
    // Until somebody has said so, nothing of those patients is seen.
    if (mustAsk) thresholdStore.getState().show(record.result, trainCohort)
  }, [mustAsk, record, trainCohort, thresholdStore])
  const seen = evaluation.cohorts.filter(({ role }) => !mustAsk || role === 'training')
  const cohort = shown?.cohort
  return (
    <div className="main evaluate">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {trainCohort === null ? 'How well do the scores tell them apart?' : 'Does it hold at the other centre?'}
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
            data={seen.map(({ cohort, role }) => ({
              value: cohort,
              label: role === 'training' ? `${cohort} (learnt from)` : cohort,
            }))}
            value={cohort?.cohort ?? ''}
            onChange={(name) => thresholdStore.getState().show(record.result, name)}
          />
        )}
        <Button onClick={() => scoresStore.getState().showColumns(true)}>Columns</Button>
        <ExportMenu record={record.result} shown={shown} fileName={record.fileName} />
      </header>
      {mustAsk && <FirstLookQuestion cohorts={validation.map(({ cohort }) => cohort)} />}
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
            <CutoffTable shown={shown} />
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

function Warnings({ cohort }: { cohort: CohortEvaluation }) {
  const isAgainst = cohort.models.length > 0 && cohort.models.every(({ auc }) => auc.auc < 0.4)
  return (
    <>
      {isAgainst && <DirectionQuestion />}
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

/** Asked once: what is changed after the first look is counted. */
function FirstLookQuestion({ cohorts }: { cohorts: readonly string[] }) {
  const { scoresStore } = useSession()
  const thresholdStore = useThreshold()
  const { lookAtValidation } = scoresStore.getState()
  return (
    <Notice kind="info">
      <p>
        <strong>{cohorts.join(', ')}</strong> {cohorts.length === 1 ? 'has' : 'have'} not been looked at. From the first look on,
        every change of this analysis is counted, and the count stays with it.
      </p>
      <Button
        variant="filled"
        mt={6}
        onClick={() => {
          lookAtValidation()
          thresholdStore.getState().show(scoresStore.getState().record!.result, cohorts[0])
        }}
      >
        Look at {cohorts.length === 1 ? cohorts[0] : 'validation'}
      </Button>
    </Notice>
  )
}
