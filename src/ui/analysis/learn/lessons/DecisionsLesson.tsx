import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { binormalAuc, ratesByRisk, type Binormal } from '../../../../core/evaluate/binormal.ts'
import { benefitAt } from '../../../../core/evaluate/netBenefit.ts'
import type { DrawnStudy } from '../../../../core/simulate/drawStudies.ts'
import { formatFixed } from '../../../shared/formatNumber.ts'
import { RangeRow } from '../RangeRow.tsx'
import { BenefitPlot } from '../play/TruthPlots.tsx'
import { treatAllLine } from '../play/truthLines.ts'
import { Plot } from '../plot/Plot.tsx'
import { pathOf, spread, type Scale } from '../plot/scale.ts'
import { ticksOf } from '../../../../core/numeric/ticks.ts'
import { quarters, unit } from '../plot/ticks.ts'
import type { Lesson, StageProps } from './lesson.ts'
import { lungExample } from './lungExample.ts'

const asItIs = { intercept: 0, slope: 1 }
const noStudies: readonly DrawnStudy[] = []
const percent = (share: number, decimals = 0) => `${formatFixed(100 * share, decimals)} %`

const thresholdLine = (at: number) => (scale: Scale) => (
  <line className="thresholdLine" x1={scale.x(at)} x2={scale.x(at)} y2={scale.height} />
)

function ThresholdRow({ value, onChange }: { value: number; onChange: (threshold: number) => void }) {
  return (
    <RangeRow
      label="Risk from which you treat"
      least={0.01}
      most={0.95}
      step={0.01}
      value={value}
      told={percent(value)}
      className="ofThreshold"
      onChange={onChange}
    />
  )
}

function ExchangeStage({ onMoved }: StageProps) {
  const [vain, setVain] = useState(1)
  const risk = 1 / (1 + vain)
  const choose = (count: number) => {
    setVain(count)
    if (count === 9)
      onMoved({
        answer: '10 %: one of ten.',
        sentence:
          'What you would do in vain to find one says from which risk on you treat: 9 for one is a threshold of 1 / (1 + 9).',
      })
  }
  return (
    <section className="card stageTable" aria-label="Exchange rate">
      <RangeRow
        label="Biopsies in vain that one tumour is worth"
        least={1}
        most={49}
        step={1}
        value={vain}
        told={`${vain} for one`}
        onChange={choose}
      />
      <div className="hundred" role="img" aria-label={`1 tumour and ${vain} in vain: a risk of ${percent(risk, 1)}`}>
        <i className="positive" />
        {Array.from({ length: vain }, (_, i) => (
          <i key={i} className="negative" />
        ))}
      </div>
      <p role="status">
        One of {vain + 1}: a risk of <b>{percent(risk, 1)}</b>
      </p>
    </section>
  )
}

const prevalence = 0.3
const allAndNone = treatAllLine(prevalence, -0.105)

function AllOrNoneStage({ onMoved }: StageProps) {
  const [threshold, setThreshold] = useState(0.6)
  const { treatAll } = benefitAt(1, 0, prevalence, threshold)
  const choose = (at: number) => {
    setThreshold(at)
    if (Math.abs(at - prevalence) < 0.005)
      onMoved({
        answer: 'Treat everybody: 10 % lies below 30 %.',
        sentence:
          'The lines cross where the threshold is the prevalence; below it treating everybody is better, above it nobody.',
      })
  }
  return (
    <div className="stageColumns wideLeft">
      <Plot
        title="Decision curve"
        aside="30 % ill"
        label="Net benefit of treating everybody and nobody"
        x={{ range: unit, title: 'threshold probability', ticks: quarters }}
        y={{ range: [-0.105, 0.33], title: 'net benefit', ticks: ticksOf([-0.105, 0.33], 4) }}
        draw={(scale) => (
          <>
            <line className="noneLine" x2={scale.width} y1={scale.y(0)} y2={scale.y(0)} />
            <path className="allLine" d={pathOf(allAndNone, scale)} />
            <text className="plotText halo" x={scale.width - 4} y={scale.y(0) - 7} textAnchor="end">
              treat nobody
            </text>
            <text className="plotText halo" x={scale.x(0.12)} y={scale.y(0.26)}>
              treat everybody
            </text>
            {thresholdLine(threshold)(scale)}
          </>
        )}
      />
      <section className="card stageSide" aria-label="Threshold">
        <ThresholdRow value={threshold} onChange={choose} />
        <dl className="facts">
          <dt>Treat everybody</dt>
          <dd>
            <b>{formatFixed(treatAll, 3)}</b>
          </dd>
          <dt>Treat nobody</dt>
          <dd>
            <b>{formatFixed(0, 3)}</b>
          </dd>
        </dl>
      </section>
    </div>
  )
}

const gainOf = (truth: Binormal, threshold: number) => {
  const { sensitivity, specificity } = ratesByRisk(truth, asItIs, threshold)
  const { netBenefit, treatAll } = benefitAt(sensitivity, specificity, truth.prevalence, threshold)
  return { netBenefit, treatAll, gain: netBenefit - Math.max(0, treatAll) }
}

const model: Binormal = { positive: { mean: 1.2, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence }
/** Less than this, one in two hundred patients, is called nothing. */
const worthwhile = 0.005

function ModelStage({ onMoved }: StageProps) {
  const [threshold, setThreshold] = useState(0.7)
  const { netBenefit, treatAll, gain } = gainOf(model, threshold)
  const thresholds = useMemo(() => spread([0.01, 0.95], 95), [])
  const useful = useMemo(() => thresholds.filter((at) => gainOf(model, at).gain > worthwhile), [thresholds])
  const best = useMemo(() => thresholds.reduce((a, b) => (gainOf(model, b).gain > gainOf(model, a).gain ? b : a)), [thresholds])
  const set = () =>
    onMoved({
      answer: `Only in between: from ${percent(useful[0])} to ${percent(useful.at(-1)!)}, most at ${percent(best)}; yours adds ${formatFixed(gain, 3)}.`,
      sentence:
        'A model is of use where it changes somebody’s treatment: outside that range everybody, or nobody, is treated anyway.',
    })
  return (
    <div className="stageColumns wideLeft">
      <BenefitPlot truth={model} belief={asItIs} studies={noStudies} aside="AUC 0.80, 30 % ill" over={thresholdLine(threshold)} />
      <section className="card stageSide" aria-label="Threshold">
        <ThresholdRow value={threshold} onChange={setThreshold} />
        <dl className="facts">
          <dt>By the model</dt>
          <dd>
            <b>{formatFixed(netBenefit, 3)}</b>
          </dd>
          <dt>Treat everybody</dt>
          <dd>{formatFixed(treatAll, 3)}</dd>
          <dt>Treat nobody</dt>
          <dd>{formatFixed(0, 3)}</dd>
        </dl>
        <Button onClick={set}>Here it adds most</Button>
      </section>
    </div>
  )
}

const rare: Binormal = { positive: { mean: 1.81, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.02 }

function BeyondStage({ onMoved }: StageProps) {
  const [threshold, setThreshold] = useState(0.02)
  const { netBenefit } = gainOf(rare, threshold)
  const perThousand = formatFixed(1000 * netBenefit, 1)
  const choose = (at: number) => {
    setThreshold(at)
    if (Math.abs(at - 0.5) < 0.005)
      onMoved({
        answer: `${formatFixed(1000 * gainOf(rare, 0.5).netBenefit, 1)} of the 20 who are ill.`,
        sentence: `An AUC of ${formatFixed(binormalAuc(rare), 2)} is of no use beyond the risks that patients have: hardly anybody’s reaches 50 %.`,
      })
  }
  return (
    <div className="stageColumns wideLeft">
      <BenefitPlot truth={rare} belief={asItIs} studies={noStudies} aside="AUC 0.90, 2 % ill" over={thresholdLine(threshold)} />
      <section className="card stageSide" aria-label="Threshold">
        <ThresholdRow value={threshold} onChange={choose} />
        <p>
          Net benefit: <b>{perThousand}</b> ill patients found of 1,000 people, false alarms taken off
        </p>
      </section>
    </div>
  )
}

function LungStage({ onMoved }: StageProps) {
  const [isWeighed, setIsWeighed] = useState(false)
  const { truePositives, falsePositives, falseNegatives, trueNegatives, cutoff } = lungExample
  const patients = truePositives + falsePositives + falseNegatives + trueNegatives
  const odds = cutoff / (1 - cutoff)
  const benefit = (truePositives - falsePositives * odds) / patients
  const weigh = () => {
    setIsWeighed(true)
    onMoved({
      answer: `Worse: ${formatFixed(benefit, 2)}, and treating nobody is 0.`,
      sentence:
        'Youden’s cut-off was read as a risk of 52 %, at which each false alarm weighs more than a patient found, and there were nearly twice as many.',
    })
  }
  return (
    <section className="card stageTable tableCard" aria-label="Four counts">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">
              Died
            </th>
            <th scope="col" className="number">
              Alive
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Called at risk</th>
            <td className="number">{truePositives}</td>
            <td className="number">{falsePositives}</td>
          </tr>
          <tr>
            <th scope="row">Not called</th>
            <td className="number">{falseNegatives}</td>
            <td className="number">{trueNegatives}</td>
          </tr>
        </tbody>
      </table>
      <p className="dim">
        Logistic regression on CT features of lung tumours, learnt at one centre with Youden’s cut-off of {formatFixed(cutoff, 3)}
        , judged on {patients} patients of another (radMLBench, after Hosny et al. 2018).
      </p>
      <Button disabled={isWeighed} onClick={weigh}>
        Weigh the false alarms
      </Button>
      {isWeighed && (
        <p>
          ({truePositives} − {falsePositives} × {formatFixed(cutoff, 3)} / {formatFixed(1 - cutoff, 3)}) / {patients} ={' '}
          <b>{formatFixed(benefit, 2)}</b>
        </p>
      )}
    </section>
  )
}

export const decisionsLesson: Lesson = {
  name: 'decisions',
  title: 'Decision curves',
  about: 'What you would risk, and whether a model helps there.',
  minutes: 5,
  cards: [
    {
      id: 'exchange',
      question: 'You would do nine biopsies in vain to find one tumour. From which risk on do you do one?',
      guess: { kind: 'choice', options: ['1 %', '10 %', '50 %', '90 %'] },
      move: 'Set nine in vain for one found.',
      Stage: ExchangeStage,
    },
    {
      id: 'allOrNone',
      question: '30 % are ill, and you treat from a risk of 10 % on. Without a model, what is better?',
      guess: { kind: 'choice', options: ['Treat everybody', 'Treat nobody', 'Both the same'] },
      move: 'Move the threshold to where both are worth the same.',
      Stage: AllOrNoneStage,
    },
    {
      id: 'model',
      question: 'A model has an AUC of 0.80. At which thresholds is it better than both?',
      guess: { kind: 'choice', options: ['At all', 'Only in between', 'At none'] },
      move: 'Move the threshold to where the model adds most to the better of both.',
      Stage: ModelStage,
    },
    {
      id: 'beyond',
      question: 'AUC 0.90, and 20 of 1,000 are ill. Treating from a risk of 50 % on, how many does the model gain?',
      guess: { kind: 'number', label: 'Of the 20 who are ill', least: 0, most: 20, step: 0.5 },
      move: 'Move the threshold to 50 %.',
      Stage: BeyondStage,
    },
    {
      id: 'lung',
      question:
        'A lung model with Youden’s cut-off at another centre: 45 found, 80 alarmed in vain. Against treating nobody it is …',
      guess: { kind: 'choice', options: ['Better', 'The same', 'Worse'] },
      move: 'Weigh the false alarms by the cut-off.',
      Stage: LungStage,
    },
  ],
}
