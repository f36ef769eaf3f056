import { Button } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { decisionCurveArea } from '../../../charts/decisionCurveFigure.ts'
import { rocArea } from '../../../charts/rocFigure.ts'
import { darkTheme, styleOf } from '../../../charts/theme.ts'
import { say } from '../../../messages/say.ts'
import type { ShownModel } from '../../../state/analysis/threshold.ts'
import { formatFixed } from '../../shared/formatNumber.ts'
import { Chart } from './laterParts.ts'
import { benefitsOf, drawBenefits, drawCalibration, drawRoc, firstCutoff, placeOf } from './figures.ts'
import { LineOverlay } from './LineOverlay.tsx'
import { ModelMark } from './ModelMark.tsx'
import { formatInterval, formatRate } from './readout.ts'
import { RocOverlay } from './RocOverlay.tsx'
import { useSession } from '../../shared/session.ts'

function ChartCard({ title, aside, children }: { title: string; aside: string; children: ReactNode }) {
  return (
    <section className="card chartCard" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="dim ellipsis">{aside}</span>
      </header>
      {children}
    </section>
  )
}

export function RocCard({ shown }: { shown: ShownModel }) {
  const figure = useMemo(() => drawRoc(shown, darkTheme), [shown])
  const { colour } = styleOf(darkTheme, placeOf(shown, shown.model.model))
  const { models } = shown.cohort
  const told = models.map(({ model, auc }) => `${model} ${formatRate(auc.auc)}`).join(', ')
  return (
    <ChartCard title="ROC" aside={`band of ${shown.model.model}, 95 %`}>
      <Chart
        figure={figure}
        label={`ROC curves; area under the curve: ${told}`}
        over={{ area: rocArea, draw: (box) => <RocOverlay shown={shown} box={box} colour={colour} /> }}
      />
      <ul className="modelLegend">
        {models.map(({ model, auc }) => (
          <li key={model}>
            <ModelMark at={placeOf(shown, model)} /> <span className="ellipsis">{model}</span> <b>{formatRate(auc.auc)}</b>
          </li>
        ))}
      </ul>
    </ChartCard>
  )
}

export function DecisionCard({ shown }: { shown: ShownModel }) {
  const curves = useMemo(() => benefitsOf(shown), [shown])
  const figure = useMemo(() => drawBenefits(shown, darkTheme), [shown])
  const area = useMemo(() => decisionCurveArea(curves, firstCutoff(shown)), [curves, shown])
  const isDrawn = curves.length > 0
  // A threshold of a score that was recalibrated is none of the probability.
  const hasLine = shown.model.decisionCurve !== null && shown.model.recalibration === null
  return (
    <ChartCard title="Decision curve" aside={isDrawn ? 'net benefit' : ''}>
      {isDrawn ? (
        <>
          <Chart
            figure={figure}
            label={`Decision curves of ${curves.map(({ name }) => name).join(', ')} with treating all and nobody`}
            {...(hasLine && {
              over: { area, draw: (box) => <LineOverlay shown={shown} box={box} area={area} withHandle={false} /> },
            })}
          />
          <ul className="modelLegend">
            <li>
              <i className="dash" /> treat all
            </li>
            <li>
              <i className="dash solid" /> treat none
            </li>
          </ul>
        </>
      ) : (
        <NoProbability shown={shown} />
      )}
    </ChartCard>
  )
}

export function CalibrationCard({ shown }: { shown: ShownModel }) {
  const figure = useMemo(() => drawCalibration(shown, darkTheme), [shown])
  const { calibration, model, recalibration } = shown.model
  return (
    <ChartCard title="Calibration" aside={calibration ? `${model}${recalibration ? ', recalibrated' : ''}` : ''}>
      {figure && calibration ? (
        <>
          <Chart
            figure={figure}
            label={`Calibration of ${model}: slope ${formatRate(calibration.slope.estimate)}, Brier score ${formatRate(calibration.brier)}`}
          />
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
        </>
      ) : (
        <NoProbability shown={shown} />
      )}
    </ChartCard>
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
