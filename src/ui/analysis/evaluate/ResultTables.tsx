import { useState } from 'react'
import { useStore } from 'zustand'
import { formatP } from '../../../core/numeric/formatP.ts'
import { againstChance } from '../../../core/evaluate/againstChance.ts'
import { benefitAt } from '../../../core/evaluate/netBenefit.ts'
import { readThreshold, vertexAt } from '../../../core/evaluate/readThreshold.ts'
import { cutoffOf, isCarried, ruleOf, shareOf, type RuleName, type ShownModel } from '../../../state/analysis/threshold.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { LongTable } from '../charts/LongTable.tsx'
import { useFollow } from '../follow/useFollow.ts'
import { placeOf } from './figures.ts'
import { ModelMark } from './ModelMark.tsx'
import { formatInterval, formatRate, formatThreshold } from './readout.ts'
import { useThreshold } from './useThreshold.ts'

/** Every model in every cohort that is seen, and what tells them from the one in hand. */
export function ModelTable({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const { begin } = useFollow()
  const { record, cohort, model: inHand } = shown
  const followAuc = (cohort: string, model: string, value: number) => (
    <button
      type="button"
      className="followed"
      title="Whose scores it is of, the highest first"
      onClick={() => begin({ kind: 'auc', cohort, model })}
    >
      {formatRate(value)}
    </button>
  )
  const { evaluation, trainCohort } = record
  const training = evaluation.cohorts.find(({ cohort }) => cohort === trainCohort)
  const isTraining = cohort.cohort === trainCohort
  const level = `${formatFixed(100 * evaluation.options.level, 0)} %`
  return (
    <section className="card tableCard" aria-label="Models">
      <header>
        <h2>Models</h2>
        <span className="dim">
          AUC, {cohort.rows > cohort.patients ? 'Obuchowski' : 'DeLong'} {level} CI; difference and P against {inHand.model},
          paired
        </span>
      </header>
      <div className="analysisScroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Model</th>
              {training && !isTraining && (
                <th scope="col" className="number">
                  {training.cohort}
                </th>
              )}
              <th scope="col" className="number">
                {isTraining ? `${cohort.cohort} (learnt from)` : cohort.cohort}
              </th>
              <th
                scope="col"
                className="number"
                title="Two-sided, by DeLong’s standard error: whether the score tells the classes apart at all"
              >
                P (0.5)
              </th>
              <th scope="col" className="number">
                Difference
              </th>
              <th scope="col" className="number">
                P
              </th>
              <th scope="col" className="number">
                Brier
              </th>
              <th scope="col" className="number">
                Slope
              </th>
            </tr>
          </thead>
          <tbody>
            {cohort.models.map(({ model, auc, calibration }) => {
              const isInHand = model === inHand.model
              const pair = cohort.comparisons.find(({ models }) => models.includes(model) && models.includes(inHand.model))
              const sign = pair?.models[0] === model ? 1 : -1
              const before = training?.models.find((one) => one.model === model)
              const ends = pair && [sign * pair.interval.lower, sign * pair.interval.upper].sort((a, b) => a - b)
              return (
                <tr key={model} aria-selected={isInHand}>
                  <th scope="row">
                    <button type="button" onClick={() => thresholdStore.getState().show(record, cohort.cohort, model)}>
                      <ModelMark at={placeOf(shown, model)} /> {model}
                    </button>
                  </th>
                  {training && !isTraining && (
                    <td className="number">{before ? followAuc(training.cohort, model, before.auc.auc) : '–'}</td>
                  )}
                  <td className="number">
                    <b>{followAuc(cohort.cohort, model, auc.auc)}</b>{' '}
                    <span
                      className="dim"
                      title={auc.degenerate ? 'DeLong’s variance is 0 here: Newcombe’s interval, if there is one' : undefined}
                    >
                      {formatInterval(auc.degenerate ? auc.newcombe : auc.interval)}
                      {auc.degenerate && !Number.isNaN(auc.newcombe.lower) && ' Newcombe'}
                      {auc.degenerate && Number.isNaN(auc.newcombe.lower) && 'the prevalence for everybody: no interval'}
                    </span>
                  </td>
                  <td className="number">{formatP(againstChance(auc).p) || '–'}</td>
                  <td className="number">
                    {isInHand || !pair || !ends ? (
                      '–'
                    ) : (
                      <>
                        {formatFixed(sign * pair.difference, 3)}{' '}
                        <span className="dim">
                          {ends.map((end) => (Number.isFinite(end) ? formatFixed(end, 3) : '–')).join(' to ')}
                        </span>
                      </>
                    )}
                  </td>
                  <td className="number">{isInHand || !pair ? '–' : formatP(pair.p) || '–'}</td>
                  <td className="number">{calibration ? formatRate(calibration.brier) : '–'}</td>
                  <td className="number">{calibration ? formatFixed(calibration.slope.estimate, 2) : '–'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const ruleNames: Readonly<Record<RuleName, string>> = {
  youden: 'Youden',
  sensitivity: 'Sensitivity 0.90',
  specificity: 'Specificity 0.90',
  cost: 'Cost of a miss',
}

/** What each rule gives, carried from the patients that were learnt from and chosen anew. */
export function CutoffTable({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const rule = useStore(thresholdStore, (state) => state.rule)
  const isOwn = useStore(thresholdStore, (state) => state.isOwn)
  const prevalence = useStore(thresholdStore, (state) => state.prevalence)
  const costOfMiss = useStore(thresholdStore, (state) => state.costOfMiss)
  const carried = isCarried(shown)
  const names = Object.keys(ruleNames) as RuleName[]
  const rows = names.flatMap((name) =>
    (carried ? [false, true] : [true]).map((own) => ({
      name,
      own,
      cutoff: cutoffOf(shown, ruleOf(name, { shown, prevalence, costOfMiss }), own),
    })),
  )
  const isProbability = shown.model.decisionCurve !== null && shown.model.recalibration === null
  return (
    <section className="card tableCard" aria-label="Cut-offs">
      <header>
        <h2>Cut-offs</h2>
        <span className="dim">of {shown.model.model}; a row is taken by a click</span>
      </header>
      <div className="analysisScroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Chosen by</th>
              <th scope="col">on</th>
              {['Threshold', 'SEN', 'SPE', 'PPV', 'NPV', 'Net benefit'].map((name) => (
                <th scope="col" key={name} className="number">
                  {name}
                </th>
              ))}
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, own, cutoff }) => {
              const isChosen = rule === name && (isOwn || !carried) === own
              const figures =
                cutoff && cutoff.problem === null
                  ? readThreshold(shown.model.roc, vertexAt(shown.distinct, cutoff.threshold), 0.95)
                  : null
              const benefit = figures && isProbability ? benefitAt(figures.sensitivity.estimate, figures.specificity.estimate, prevalence ?? shareOf(shown), cutoff!.threshold) : null // prettier-ignore
              return (
                <tr key={`${name} ${own}`} aria-selected={isChosen}>
                  <th scope="row">
                    <button type="button" onClick={() => thresholdStore.getState().chooseRule(name, own)}>
                      {ruleNames[name]}
                    </button>
                  </th>
                  <td>{own ? shown.cohort.cohort : shown.record.trainCohort}</td>
                  <td className="number">{figures ? formatThreshold(cutoff!.threshold) : '–'}</td>
                  {(['sensitivity', 'specificity', 'ppv', 'npv'] as const).map((figure) => (
                    <td key={figure} className="number">
                      {figures ? formatRate(figures[figure].estimate) : '–'}
                    </td>
                  ))}
                  <td className="number">
                    {benefit && Number.isFinite(benefit.netBenefit) ? formatFixed(benefit.netBenefit, 3) : '–'}
                  </td>
                  <td className={own ? 'warnText' : ''}>{!figures ? 'no useful cut-off' : own ? 'cut-off not validated' : ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const headings = ['Threshold', 'TP', 'FP', 'FN', 'TN', 'SEN', '95 % CI', 'SPE', '95 % CI', 'PPV', 'NPV', 'LR+', 'LR−', 'Youden']

/** Every cut-off that changes anybody. */
export function ThresholdTable({ shown }: { shown: ShownModel }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section className="card tableCard" aria-label="All thresholds">
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <h2>All thresholds</h2>{' '}
          <span className="dim">
            {formatCount(shown.model.roc.thresholds.length)} of {shown.model.model}
          </span>
        </summary>
        {isOpen && <ThresholdRows shown={shown} />}
      </details>
    </section>
  )
}

function ThresholdRows({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const { roc } = shown.model
  const ratio = (value: number) => (Number.isFinite(value) ? formatFixed(value, 2) : '–')
  return (
    <LongTable
      label="Thresholds"
      head={headings.map((name, at) => (
        <th key={at} scope="col" className="number">
          {name}
        </th>
      ))}
      count={roc.thresholds.length}
      row={(index) => {
        const { threshold, counts, sensitivity, specificity, ppv, npv, positiveRatio, negativeRatio, youden } = readThreshold(
          roc,
          index,
          0.95,
        )
        const cells = [
          formatThreshold(threshold),
          ...[counts.truePositives, counts.falsePositives, counts.falseNegatives, counts.trueNegatives].map(String),
          formatRate(sensitivity.estimate),
          formatInterval(sensitivity.interval),
          formatRate(specificity.estimate),
          formatInterval(specificity.interval),
          formatRate(ppv.estimate),
          formatRate(npv.estimate),
          ratio(positiveRatio.estimate),
          ratio(negativeRatio.estimate),
          formatFixed(youden, 3),
        ]
        return cells.map((cell, at) => (
          <td key={at} className="number">
            {cell}
          </td>
        ))
      }}
      onRow={(index) => thresholdStore.getState().move(index)}
    />
  )
}
