import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { binormalAuc, ratesByRisk, type Belief, type Binormal } from '../../../../core/evaluate/binormal.ts'
import { benefitAt } from '../../../../core/evaluate/netBenefit.ts'
import type { DrawnStudy } from '../../../../core/simulate/drawStudies.ts'
import type { ApparentSlope, Trials } from '../../../../core/simulate/teachingTrials.ts'
import { logit } from '../../../../core/statistics/fitGlm.ts'
import { formatFixed } from '../../../shared/formatNumber.ts'
import { RangeRow } from '../RangeRow.tsx'
import { CalibrationPlot, RocPlot } from '../play/TruthPlots.tsx'
import type { Lesson, StageProps } from './lesson.ts'
import { TaughtProgress, useTaught } from './useTaught.tsx'

const truth: Binormal = { positive: { mean: 1.2, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.3 }
const noStudies: readonly DrawnStudy[] = []

function OverconfidenceRow({ value, onChange }: { value: number; onChange: (slope: number) => void }) {
  return (
    <RangeRow
      label="Overconfidence"
      least={0.4}
      most={3}
      step={0.1}
      value={value}
      told={`× ${formatFixed(value, 1)}`}
      onChange={(given) => onChange(Math.round(10 * given) / 10)}
    />
  )
}

function BoastingStage({ onMoved }: StageProps) {
  const [slope, setSlope] = useState(2)
  const choose = (value: number) => {
    setSlope(value)
    if (value === 1)
      onMoved({
        answer: 'It boasts.',
        sentence: 'A calibration slope below 1 is a model that boasts: its high risks are too high and its low ones too low.',
      })
  }
  return (
    <div className="stageColumns wideLeft">
      <CalibrationPlot truth={truth} studies={noStudies} belief={{ intercept: 0, slope }} aside="30 % ill" />
      <section className="card stageSide" aria-label="The model">
        <OverconfidenceRow value={slope} onChange={choose} />
        <p className="dim">How far the model draws its risks to 0 and 1; × 1 is as they are.</p>
      </section>
    </div>
  )
}

const learntAt = 0.3

/** A model that was learnt in another ward tells every risk with that ward's odds. */
const beliefIn = (prevalence: number): Belief => ({ intercept: logit(learntAt) - logit(prevalence), slope: 1 })

function OtherWardStage({ onMoved }: StageProps) {
  const [prevalence, setPrevalence] = useState(learntAt)
  const belief = useMemo(() => beliefIn(prevalence), [prevalence])
  const ward = useMemo(() => ({ ...truth, prevalence }), [prevalence])
  const choose = (given: number) => {
    const value = Math.round(100 * given) / 100
    setPrevalence(value)
    if (value === 0.1)
      onMoved({
        answer: 'All risks by the same step: the intercept.',
        sentence: `Every logit is off by that of 10 % less that of 30 %, ${formatFixed(logit(0.1) - logit(0.3), 2)}; the slope stays 1.`,
      })
  }
  return (
    <div className="stageColumns wideLeft">
      <CalibrationPlot truth={ward} studies={noStudies} belief={belief} aside="learnt where 30 % are ill" />
      <section className="card stageSide" aria-label="The other ward">
        <RangeRow
          label="Ill in the new ward"
          least={0.02}
          most={0.6}
          step={0.01}
          value={prevalence}
          told={`${formatFixed(100 * prevalence, 0)} %`}
          onChange={choose}
        />
      </section>
    </div>
  )
}

/** What is wrong with the model of the card, to be undone by two numbers. */
const wrong: Belief = { intercept: 0.8, slope: 2 }

function TwoNumbersStage({ onMoved }: StageProps) {
  const [raise, setRaise] = useState(0)
  const [stretch, setStretch] = useState(1)
  // The logit that is told, mended: stretch x logit + raise.
  const belief = useMemo(() => ({ intercept: stretch * wrong.intercept + raise, slope: stretch * wrong.slope }), [raise, stretch])
  const tell = (slope: number, intercept: number) => {
    if (Math.abs(slope - 0.5) < 0.01 && Math.abs(intercept + 0.4) < 0.01)
      onMoved({
        answer: 'Two: a slope and an intercept.',
        sentence: 'Two numbers, learnt on new patients, mend a model that ranks well; its features need not be learnt again.',
      })
  }
  const round = (value: number) => Math.round(10 * value) / 10
  return (
    <div className="stageColumns wideLeft">
      <CalibrationPlot truth={truth} studies={noStudies} belief={belief} aside="after the two numbers" />
      <section className="card stageSide" aria-label="Two numbers">
        <RangeRow
          label="Slope: multiply each logit by"
          least={0.1}
          most={2}
          step={0.1}
          value={stretch}
          told={formatFixed(stretch, 1)}
          onChange={(given) => {
            setStretch(round(given))
            tell(round(given), raise)
          }}
        />
        <RangeRow
          label="Intercept: then add"
          least={-2}
          most={2}
          step={0.1}
          value={raise}
          told={formatFixed(raise, 1)}
          onChange={(given) => {
            setRaise(round(given))
            tell(stretch, round(given))
          }}
        />
        <p className="dim">First the slope until the line is as steep as the diagonal, then the intercept.</p>
      </section>
    </div>
  )
}

function SameAreaStage({ onMoved }: StageProps) {
  const [slope, setSlope] = useState(1)
  const benefitOf = (belief: Belief) => {
    const { sensitivity, specificity } = ratesByRisk(truth, belief, 0.1)
    return benefitAt(sensitivity, specificity, truth.prevalence, 0.1).netBenefit
  }
  const area = formatFixed(binormalAuc(truth), 2)
  const choose = (value: number) => {
    setSlope(value)
    if (value === 3)
      onMoved({
        answer: `It stays ${area}.`,
        sentence: `The order of patients is the same, so the AUC cannot know; the net benefit of treating from 10 % on fell from ${formatFixed(benefitOf({ intercept: 0, slope: 1 }), 3)} to ${formatFixed(benefitOf({ intercept: 0, slope: 3 }), 3)}.`,
      })
  }
  return (
    <div className="stageColumns three">
      <RocPlot truth={truth} studies={noStudies} />
      <CalibrationPlot truth={truth} studies={noStudies} belief={{ intercept: 0, slope }} />
      <section className="card stageSide" aria-label="The model">
        <OverconfidenceRow value={slope} onChange={choose} />
        <dl className="facts">
          <dt>AUC</dt>
          <dd>
            <b>{area}</b>
          </dd>
          <dt>Net benefit from 10 % on</dt>
          <dd>
            <b>{formatFixed(benefitOf({ intercept: 0, slope }), 3)}</b>
          </dd>
        </dl>
      </section>
    </div>
  )
}

const fits = 10

function ApparentStage({ seed, onMoved }: StageProps) {
  const { taught, run } = useTaught<Trials<ApparentSlope>>()
  const show = ({ mean }: Trials<ApparentSlope>) =>
    onMoved({
      answer: `${formatFixed(mean.apparent, 2)} in each of ${fits}, by construction.`,
      sentence: `Maximum likelihood makes it so; in new patients the slope was ${formatFixed(mean.newPatients, 2)} on average. Calibration is judged on others.`,
    })
  const fit = () => void run((teacher, signal) => teacher.fitApparentSlopes({ patients: 60, seed, models: fits }, signal), show)
  return (
    <section className="card stageTable tableCard" aria-label="Ten models">
      <div className="row stageAct">
        <Button disabled={taught.isRunning} onClick={fit}>
          Fit {fits} models
        </Button>
        <span className="dim">Logistic regression on six features, two of which tell something; 60 patients each</span>
      </div>
      <TaughtProgress taught={taught} />
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" className="number">
              Slope in the patients it learnt from
            </th>
            <th scope="col" className="number">
              Slope in 2,000 new patients
            </th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: fits }, (_, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td className="number">{taught.result ? formatFixed(taught.result.trials[i].apparent, 2) : '–'}</td>
              <td className="number">{taught.result ? formatFixed(taught.result.trials[i].newPatients, 2) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export const calibrationLesson: Lesson = {
  name: 'calibration',
  title: 'Calibration',
  about: 'Does 80 % mean eight of ten?',
  minutes: 5,
  cards: [
    {
      id: 'boasting',
      question: 'Of patients told 90 % three in four are ill, of those told 10 % one in four. The model …',
      guess: { kind: 'choice', options: ['is too modest', 'boasts', 'is right'] },
      move: 'Change its overconfidence until it lies on the diagonal.',
      Stage: BoastingStage,
    },
    {
      id: 'otherWard',
      question: 'A model learnt where 30 % are ill comes to a ward where 10 % are. What is wrong with its risks there?',
      guess: { kind: 'choice', options: ['All are off by the same step', 'Their spread', 'Both'] },
      move: 'Set the new ward to 10 %.',
      Stage: OtherWardStage,
    },
    {
      id: 'twoNumbers',
      question: 'A model boasts, and all its risks are too high. How many numbers must be learnt to mend it?',
      guess: { kind: 'choice', options: ['One', 'Two', 'One a feature'] },
      move: 'Set slope and intercept until it lies on the diagonal.',
      Stage: TwoNumbersStage,
    },
    {
      id: 'sameArea',
      question: 'A model becomes three times as overconfident. What does its AUC do?',
      guess: { kind: 'choice', options: ['It falls', 'It stays', 'It rises'] },
      move: 'Set its overconfidence to 3.',
      Stage: SameAreaStage,
    },
    {
      id: 'apparent',
      question: 'A logistic regression is judged on the patients it was fitted on. What is its calibration slope?',
      guess: { kind: 'number', label: 'Slope', least: 0, most: 2, step: 0.1 },
      move: 'Fit ten models, each on 60 patients.',
      Stage: ApparentStage,
    },
  ],
}
