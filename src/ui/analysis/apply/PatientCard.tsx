import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { axisRanges, contributionsOf, placeValue, type Zone } from '../../../core/apply/placePatient.ts'
import { readTenth } from '../../../core/apply/scoreTenths.ts'
import type { FeatureSummary } from '../../../core/apply/trainingSummary.ts'
import type { ModelFile } from '../../../io/records/modelFile.ts'
import type { ShownPatient } from '../../../state/analysis/apply.ts'
import { formatCount, formatFixed, formatNumber } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { nameFeatures } from '../featureNames.ts'
import { NomogramCard } from '../train/NomogramCard.tsx'
import { nameRule } from './ModelCard.tsx'
import { QuantileStrip } from './QuantileStrip.tsx'
import { useApplyAct } from './useApply.ts'

const zoneWords: Readonly<Record<Zone, string>> = {
  usual: '',
  rare: 'beyond 1–99 %',
  outside: 'outside training',
}

/** What the model says of one patient, and why. */
export function PatientCard({ content, patient }: { content: ModelFile; patient: ShownPatient }) {
  const act = useApplyAct()
  const { model, training, cutoffs, outcome, name } = content
  const nameOf = useMemo(() => nameFeatures(model.columns), [model])
  const contributions = useMemo(() => contributionsOf(model, patient.table, training), [model, patient, training])
  const ranges = useMemo(() => training && axisRanges(training), [training])
  const values = useMemo(() => new Map(model.columns.map((column, j) => [column, patient.table.values[j]])), [model, patient])
  const cutoff = cutoffs.find(({ threshold }) => !Number.isNaN(threshold))
  const order = model.columns.map((_, j) => j)
  const most = contributions ? Math.max(...contributions.values.map((value) => Math.abs(value) || 0)) : 0
  if (contributions) order.sort((a, b) => (Math.abs(contributions.values[b]) || 0) - (Math.abs(contributions.values[a]) || 0))
  return (
    <section className="card applyCard" aria-label={`Patient ${patient.id}`}>
      <header>
        <h2>{patient.id}</h2>
        <span className="dim">{patient.from === 'images' ? 'measured on her images here' : 'a row of the table'}</span>
        <span className="grow" />
        <ActionIcon size={22} aria-label="Close the patient" onClick={() => act(({ hidePatient }) => hidePatient())}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <p className="patientScore">
        {name} <b data-testid="patient-score">{formatNumber(patient.score, 4, { zeros: true })}</b>
        {cutoff && (
          <>
            {' '}
            <span className="verdict">{patient.score >= cutoff.threshold ? outcome.positive : `not ${outcome.positive}`}</span>
            <span className="dim">
              {' '}
              cut-off {formatNumber(cutoff.threshold, 4)} ({nameRule(cutoff)}, chosen on{' '}
              {formatCount(cutoff.learntFrom.length || content.learntFrom.patients)} training patients)
            </span>
          </>
        )}
      </p>
      <TenthSentence content={content} score={patient.score} />
      {patient.isAsMeasured && (
        <Notice kind="warn">
          NOT HARMONISED: her values are as the scanner gave them; the model learnt from harmonised ones.
        </Notice>
      )}
      {patient.isMet && <Notice kind="warn">{name} was learnt from this patient: her score is no validation.</Notice>}
      {model.columns.length === 0 && <p className="dim">The model looks at no feature and says the same of everybody.</p>}
      {model.columns.length > 0 && (
        <>
          {training && (
            <ul className="stripLegend">
              <li>
                <span className="classSwatch positive" /> {outcome.positive}, {formatCount(training.positives)} training patients
              </li>
              <li>
                <span className="classSwatch negative" /> not {outcome.positive},{' '}
                {formatCount(training.patients - training.positives)}
              </li>
              <li className="dim">thin 1–99 %, thick 25–75 %, notch the median; triangle: this patient</li>
            </ul>
          )}
          <div className="applyScroll" tabIndex={0} role="region" aria-label="Her features">
            <table className="applyTable patientFeatures">
              <thead>
                <tr>
                  <th scope="col">Feature</th>
                  {training && <th scope="col">Among the training patients</th>}
                  <th scope="col" className="number">
                    value
                  </th>
                  {training && (
                    <th scope="col" className="number">
                      percentile
                    </th>
                  )}
                  {contributions && (
                    <th
                      scope="col"
                      title={
                        contributions.scale === 'log odds'
                          ? 'Coefficient times the distance from the training mean, in log odds'
                          : 'How much the score changes when the feature is set to the training median'
                      }
                    >
                      {contributions.scale === 'log odds' ? 'moves log odds by' : 'moves score by'}
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {order.map((j) => {
                  const column = model.columns[j]
                  const summary = training?.features[j]
                  return (
                    <FeatureRow
                      key={column}
                      column={column}
                      label={nameOf(column)}
                      value={patient.table.values[j]}
                      summary={summary}
                      {...(contributions && { share: { value: contributions.values[j], most } })}
                    />
                  )
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
      {model.kind === 'logistic' && ranges && model.columns.length > 0 && (
        <NomogramCard name={name} model={model} ranges={ranges} nameOf={nameOf} begin={values} />
      )}
    </section>
  )
}

/** What became of training patients with a score like hers. */
function TenthSentence({ content, score }: { content: ModelFile; score: number }) {
  const { training, outcome } = content
  if (!training) return <p className="dim">There is no training distribution in this file: it is of version 1.</p>
  if (!training.tenths)
    return (
      <p className="dim">
        What became of training patients with such a score is not in the file: it has no out-of-fold scores. texel analyse writes
        them.
      </p>
    )
  const { patients, positives, from, to, interval, isBeyond } = readTenth(training.tenths.groups, score)
  return (
    <p data-testid="tenth">
      Of {formatCount(patients)} training patients with such a score ({formatNumber(from, 3)} to {formatNumber(to, 3)},{' '}
      {training.tenths.scoresFrom === 'out-of-fold' ? 'out of fold' : 'out of bag'}) {formatCount(positives)}{' '}
      {positives === 1 ? 'was' : 'were'} positive ({outcome.positive}), 95 % CI {formatFixed(interval.lower, 2)} to{' '}
      {formatFixed(interval.upper, 2)}.
      {isBeyond && <span className="warnText"> Her score lies beyond all of theirs; these are the nearest.</span>}
    </p>
  )
}

interface FeatureRowProps {
  readonly column: string
  readonly label: string
  readonly value: number
  readonly summary: FeatureSummary | undefined
  /** What it did to the score, and the most that any did. */
  readonly share?: { readonly value: number; readonly most: number }
}

function FeatureRow({ column, label, value, summary, share }: FeatureRowProps) {
  const placed = summary && placeValue(value, summary.all)
  return (
    <tr className={placed && placed.zone !== 'usual' ? placed.zone : undefined}>
      <th scope="row" title={column}>
        {label}
      </th>
      {summary && (
        <td className="strip">
          <QuantileStrip summary={summary} value={value} zone={placed!.zone} />
        </td>
      )}
      <td className="number" title={String(value)}>
        {formatNumber(value, 4)}
      </td>
      {placed && (
        <td className="number">
          {formatFixed(100 * placed.percentile, 0)}
          {placed.zone !== 'usual' && <span className="zone"> {zoneWords[placed.zone]}</span>}
        </td>
      )}
      {share && (
        <td>
          {Number.isFinite(share.value) ? (
            <span className="contribution">
              <span className="bar" aria-hidden>
                <span
                  className={share.value >= 0 ? 'for' : 'against'}
                  style={{ width: `${share.most > 0 ? (50 * Math.abs(share.value)) / share.most : 0}%` }}
                />
              </span>
              <span className="number">
                {share.value > 0 ? '+' : ''}
                {formatNumber(share.value, 3)}
              </span>
            </span>
          ) : (
            <span className="dim">no coefficient</span>
          )}
        </td>
      )}
    </tr>
  )
}
