import { Button } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { decisionCurveArea } from '../../../charts/decisionCurveFigure.ts'
import type { AxesBox } from '../../../charts/Chart.tsx'
import { criterionFigure } from '../../../charts/criterionFigure.ts'
import { styleOf, type ChartTheme } from '../../../charts/theme.ts'
import { areaOf } from '../../../charts/walkPoints.ts'
import { hasNoWidth } from '../../../core/evaluate/interval.ts'
import { readThreshold } from '../../../core/evaluate/readThreshold.ts'
import { say } from '../../../messages/say.ts'
import type { ShownModel } from '../../../state/analysis/threshold.ts'
import { formatFixed } from '../../shared/formatNumber.ts'
import { BenefitLegend } from '../charts/BenefitLegend.tsx'
import { useChartTheme } from '../charts/useChartTheme.ts'
import { FigureCard } from '../charts/FigureCard.tsx'
import {
  benefitsOf,
  drawBenefits,
  drawCalibration,
  drawPrecision,
  drawRoc,
  drawWaterfall,
  firstCutoff,
  placeOf,
  scoredPatients,
} from './figures.ts'
import { LineOverlay } from './LineOverlay.tsx'
import { ModelMark } from './ModelMark.tsx'
import { formatInterval, formatRate } from './readout.ts'
import { RocOverlay } from './RocOverlay.tsx'
import { useSession } from '../../shared/session.ts'

export function RocCard({ shown }: { shown: ShownModel }) {
  const draw = useCallback((theme: ChartTheme) => drawRoc(shown, theme), [shown])
  const { colour } = styleOf(useChartTheme(), placeOf(shown, shown.model.model))
  const { models } = shown.cohort
  const told = models.map(({ model, auc }) => `${model} ${formatRate(auc.auc)}`).join(', ')
  return (
    <FigureCard
      title="ROC"
      aside={`band of ${shown.model.model}, 95 %`}
      name="roc"
      ratio={1}
      draw={draw}
      label={`ROC curves; area under the curve: ${told}`}
      tabulate={() => ({
        columns: ['model', 'threshold', 'sensitivity', 'specificity', 'true positives', 'true negatives'],
        rows: models.flatMap(({ model, roc }) => roc.thresholds.map((threshold, i) => [model, threshold, roc.sensitivity[i], roc.specificity[i], roc.truePositives[i], roc.trueNegatives[i]])), // prettier-ignore
      })}
      over={(box) => <RocOverlay shown={shown} box={box} colour={colour} />}
    >
      <ModelLegend shown={shown} told={models.map(({ model, auc }) => [model, formatRate(auc.auc)])} />
    </FigureCard>
  )
}

/** Models by colour and dash, each with a figure. */
function ModelLegend({ shown, told }: { shown: ShownModel; told: readonly (readonly [model: string, figure: string])[] }) {
  return (
    <ul className="modelLegend">
      {told.map(([model, figure]) => (
        <li key={model}>
          <ModelMark at={placeOf(shown, model)} /> <span className="ellipsis">{model}</span> {figure && <b>{figure}</b>}
        </li>
      ))}
    </ul>
  )
}

export function DecisionCard({ shown }: { shown: ShownModel }) {
  const curves = useMemo(() => benefitsOf(shown), [shown])
  const draw = useCallback((theme: ChartTheme) => (benefitsOf(shown).length > 0 ? drawBenefits(shown, theme) : null), [shown])
  const area = useMemo(() => decisionCurveArea(curves, firstCutoff(shown)), [curves, shown])
  const isDrawn = curves.length > 0
  // A threshold of a score that was recalibrated is none of the probability.
  const hasLine = shown.model.decisionCurve !== null && shown.model.recalibration === null
  return (
    <FigureCard
      title="Decision curve"
      aside={isDrawn ? 'net benefit' : ''}
      name="decision-curve"
      ratio={1}
      draw={draw}
      label={`Decision curves of ${curves.map(({ name }) => name).join(', ')} with treating all and nobody`}
      tabulate={() => ({
        columns: ['model', 'threshold probability', 'net benefit', 'lower', 'upper', 'treat all', 'avoided per 100'],
        rows: curves.flatMap(({ name, curve: { thresholds, netBenefit, treatAll, netReduction } }) => thresholds.map((threshold, k) => [name, threshold, netBenefit.estimate[k], netBenefit.lower[k], netBenefit.upper[k], treatAll[k], netReduction.estimate[k]])), // prettier-ignore
      })}
      {...(hasLine && { over: (box: AxesBox) => <LineOverlay shown={shown} box={box} area={area} withHandle={false} /> })}
      empty={<NoProbability shown={shown} />}
    >
      <ModelLegend shown={shown} told={curves.map(({ name }) => [name, ''])} />
      <BenefitLegend />
    </FigureCard>
  )
}

export function CalibrationCard({ shown }: { shown: ShownModel }) {
  const draw = useCallback((theme: ChartTheme) => drawCalibration(shown, theme), [shown])
  const { calibration, model, recalibration } = shown.model
  return (
    <FigureCard
      title="Calibration"
      aside={calibration ? `${model}${recalibration ? ', recalibrated' : ''}` : ''}
      name="calibration"
      ratio={1}
      draw={draw}
      label={calibration ? `Calibration of ${model}: slope ${formatRate(calibration.slope.estimate)}, Brier score ${formatRate(calibration.brier)}` : ''} // prettier-ignore
      tabulate={() => ({
        columns: ['mean predicted', 'observed', 'lower', 'upper', 'patients', 'events'],
        rows: calibration!.deciles.map(({ meanPredicted, observed, interval, patients, events }) => [meanPredicted, observed, interval.lower, interval.upper, patients, events]), // prettier-ignore
      })}
      empty={<NoProbability shown={shown} />}
    >
      {calibration && (
        <ul className="modelLegend">
          <li title="Slope of glm(outcome ~ logit p), rms's Slope: 1 is ideal">
            slope <b>{formatRate(calibration.slope.estimate)}</b>{' '}
            <span className="dim">{formatInterval(calibration.slope.interval)}</span>
          </li>
          <li title="Calibration in the large: intercept of glm(outcome ~ offset(logit p)), 0 is ideal">
            in the large <b>{formatRate(calibration.inTheLarge.estimate)}</b>
          </li>
          <li>
            Brier <b>{formatRate(calibration.brier)}</b>
          </li>
        </ul>
      )}
    </FigureCard>
  )
}

/** Precision by recall, with the interval of the average precision. */
export function PrecisionCard({ shown }: { shown: ShownModel }) {
  const { models } = shown.cohort
  const draw = useCallback((theme: ChartTheme) => drawPrecision(shown, theme), [shown])
  const { averagePrecisionInterval, precisionRecall, model } = shown.model
  return (
    <FigureCard
      title="Precision and recall"
      aside={`${model}: average precision ${formatRate(precisionRecall.averagePrecision)}, ${hasNoWidth(averagePrecisionInterval) ? 'the same in every resample' : `${formatInterval(averagePrecisionInterval)} (bootstrap)`}`}
      name="precision-recall"
      height={250}
      draw={draw}
      label={`Precision by recall; average precision: ${models.map((found) => `${found.model} ${formatRate(found.precisionRecall.averagePrecision)}`).join(', ')}; prevalence ${formatRate(precisionRecall.prevalence)}`}
      tabulate={() => ({
        columns: ['model', 'threshold', 'recall', 'precision'],
        rows: models.flatMap(({ model, precisionRecall: curve }) => curve.thresholds.map((threshold, i) => [model, threshold, curve.recall[i], curve.precision[i]])), // prettier-ignore
      })}
    >
      <ModelLegend
        shown={shown}
        told={models.map((found) => [found.model, formatRate(found.precisionRecall.averagePrecision)])}
      />
    </FigureCard>
  )
}

/** What a criterion does, over all of them. */
export function CriterionCard({ shown }: { shown: ShownModel }) {
  const rows = useMemo(() => shown.model.roc.thresholds.map((_, i) => readThreshold(shown.model.roc, i, 0.95)), [shown])
  const draw = useCallback((theme: ChartTheme) => criterionFigure(rows, theme), [rows])
  const theme = useChartTheme()
  const figure = useMemo(() => criterionFigure(rows, theme), [rows, theme])
  return (
    <FigureCard
      title="Criterion"
      aside={`${shown.model.model}; 95 % CI, Clopper-Pearson`}
      name="criterion"
      height={250}
      draw={draw}
      label={`Sensitivity and specificity of ${shown.model.model} by threshold`}
      tabulate={() => ({
        columns: ['threshold', 'sensitivity', 'lower', 'upper', 'specificity', 'lower of specificity', 'upper of specificity'],
        rows: rows.map(({ threshold, sensitivity, specificity }) => [threshold, ...[sensitivity, specificity].flatMap(({ estimate, interval }) => [estimate, interval.lower, interval.upper])]), // prettier-ignore
      })}
      over={(box) => <LineOverlay shown={shown} box={box} area={areaOf(figure)} withHandle={false} />}
    >
      <ul className="modelLegend">
        <li>
          <i className="classSwatch positive" /> sensitivity
        </li>
        <li>
          <i className="classSwatch negative" /> specificity (dashed)
        </li>
      </ul>
    </FigureCard>
  )
}

/** Patients one by one. */
export function WaterfallCard({ shown }: { shown: ShownModel }) {
  const draw = useCallback((theme: ChartTheme) => drawWaterfall(shown, theme), [shown])
  const cutoff = firstCutoff(shown)
  return (
    <FigureCard
      title="Waterfall"
      aside={`${shown.model.model}; from the cut-off ${Number.isFinite(cutoff) ? formatFixed(cutoff, 3) : 'that is none'}`}
      name="waterfall"
      height={250}
      draw={draw}
      label={`Scores of ${shown.scores.length} patients in ascending order, over and under the cut-off, by outcome`}
      tabulate={() => ({ columns: ['patient', 'score', 'outcome'], rows: scoredPatients(shown).map(({ id, score, isPositive }) => [id, score, isPositive ? 1 : 0]) })} // prettier-ignore
    >
      <ul className="modelLegend">
        <li>
          <i className="classSwatch positive" /> positive
        </li>
        <li>
          <i className="classSwatch negative" /> negative
        </li>
      </ul>
    </FigureCard>
  )
}

/** What is not a probability has neither curve: why, and what can be done. */
function NoProbability({ shown }: { shown: ShownModel }) {
  const { scoresStore } = useSession()
  const isBusy = useStore(scoresStore, ({ run }) => run.status !== 'idle')
  const choice = useStore(scoresStore, ({ table }) => table?.choice)
  const { model, noProbability } = shown.model
  const declare = (change: 'probabilities' | 'recalibrate') => {
    if (choice) void scoresStore.getState().chooseAndEvaluate({ [change]: [...choice[change], model] })
  }
  const { roc } = shown.model
  const inRange = shown.distinct[0] >= 0 && shown.distinct.at(-1)! <= 1
  return (
    <div className="noProbability">
      <p>
        {choice?.recalibrate.includes(model) && noProbability
          ? say(noProbability)
          : `Nobody has said that ${model} is a probability.`}
      </p>
      {choice && (
        <>
          <Button
            disabled={isBusy || !inRange}
            title={
              inRange
                ? undefined
                : `Its scores go from ${formatFixed(shown.distinct[0], 3)} to ${formatFixed(shown.distinct.at(-1)!, 3)}: probabilities lie between 0 and 1`
            }
            onClick={() => declare('probabilities')}
          >
            It is a probability
          </Button>
          <Button
            disabled={isBusy || shown.record.trainCohort === null || roc.positives === 0}
            title={
              shown.record.trainCohort === null ? 'Needs a cohort that the models learnt from: say it under Columns' : undefined
            }
            onClick={() => declare('recalibrate')}
          >
            Recalibrate on {shown.record.trainCohort ?? 'training'}
          </Button>
        </>
      )}
    </div>
  )
}
