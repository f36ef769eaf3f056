import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { binormalRates, type Binormal } from '../../../../core/evaluate/binormal.ts'
import { naturalFrequencies } from '../../../../core/evaluate/naturalFrequencies.ts'
import { costAt } from '../../../../core/evaluate/netBenefit.ts'
import { predictiveValues } from '../../../../core/evaluate/readThreshold.ts'
import type { RechosenCutoff, Trials } from '../../../../core/simulate/teachingTrials.ts'
import { formatCount, formatFixed } from '../../../shared/formatNumber.ts'
import { RangeRow } from '../RangeRow.tsx'
import { ScoresPlot, ThresholdLine } from '../play/ScoresPlot.tsx'
import { scoreRange } from '../play/truthLines.ts'
import { spread } from '../plot/scale.ts'
import type { Lesson, StageProps } from './lesson.ts'
import { TaughtProgress, useTaught } from './useTaught.tsx'

const classes = { positive: { mean: 1.2, sd: 1 }, negative: { mean: 0, sd: 1 } }

/** Halfway between two classes of equal spread. */
const youden = 0.6

const people = 1000

/** Of a thousand people, in false alarms. */
function costsOf(truth: Binormal, threshold: number, costOfMiss: number) {
  const { sensitivity, specificity } = binormalRates(truth, threshold)
  const ill = people * truth.prevalence
  return {
    missed: ill * (1 - sensitivity),
    alarms: (people - ill) * (1 - specificity),
    cost: people * costAt(sensitivity, specificity, truth.prevalence, costOfMiss),
  }
}

function cheapest(truth: Binormal, costOfMiss: number): number {
  const [from, to] = scoreRange(truth)
  const all = spread([from, to], Math.round(100 * (to - from)) + 1)
  const costs = all.map((threshold) => costsOf(truth, threshold, costOfMiss).cost)
  return all[costs.reduce((best, cost, i) => (cost < costs[best] ? i : best), 0)]
}

interface Case {
  readonly truth: Binormal
  readonly costOfMiss: number
  readonly miss: string
  readonly sentence: string
}

function CaseStage({ of: { truth, costOfMiss, miss, sentence }, onMoved }: { of: Case } & StageProps) {
  const [threshold, setThreshold] = useState(youden)
  const [isSet, setIsSet] = useState(false)
  const range = scoreRange(truth)
  const best = useMemo(() => cheapest(truth, costOfMiss), [truth, costOfMiss])
  const own = costsOf(truth, threshold, costOfMiss)
  const set = () => {
    setIsSet(true)
    const [least, atYouden] = [best, youden].map((at) => formatCount(costsOf(truth, at, costOfMiss).cost))
    onMoved({
      answer: `${best < youden ? 'Lower' : 'Higher'}: cheapest is ${formatFixed(best, 2)}, at ${least} false alarms a 1,000 people; yours costs ${formatCount(own.cost)}, Youden’s ${atYouden}.`,
      sentence,
    })
  }
  return (
    <div className="stageColumns wideLeft">
      <ScoresPlot
        truth={truth}
        first={null}
        aside={`${formatFixed(100 * truth.prevalence, 0)} % ill`}
        threshold={(scale) => (
          <>
            <line className="youdenLine" x1={scale.x(youden)} x2={scale.x(youden)} y2={scale.height} />
            <text className="plotText halo" x={scale.x(youden) + 8} y={12}>
              Youden 0.60
            </text>
            {isSet && (
              <text className="plotText halo strong" x={scale.x(best)} y={scale.y(0) + 34} textAnchor="middle">
                ▲ cheapest
              </text>
            )}
            <ThresholdLine at={threshold} scale={scale} range={range} onMove={setThreshold} />
          </>
        )}
      />
      <section className="card stageSide" aria-label="What it costs">
        <RangeRow
          label="Cut-off"
          least={range[0]}
          most={range[1]}
          step={0.02}
          value={threshold}
          told={formatFixed(threshold, 2)}
          className="ofThreshold"
          onChange={setThreshold}
        />
        <p className="dim">{miss}</p>
        <dl className="facts">
          <dt>Ill and missed, of 1,000 people</dt>
          <dd>{formatFixed(own.missed, 1)}</dd>
          <dt>Alarmed in vain</dt>
          <dd>{formatCount(own.alarms)}</dd>
          <dt>Cost in false alarms</dt>
          <dd>
            <b>{formatCount(own.cost)}</b>
          </dd>
        </dl>
        <Button onClick={set}>This is my cut-off</Button>
      </section>
    </div>
  )
}

const screening: Case = {
  truth: { ...classes, prevalence: 0.02 },
  costOfMiss: 100,
  miss: 'A missed tumour is as bad as 100 false alarms.',
  sentence: 'Where a miss is dear, the cut-off goes down, though next to everybody who is alarmed is well.',
}

const surgery: Case = {
  truth: { ...classes, prevalence: 0.3 },
  costOfMiss: 0.5,
  miss: 'An operation for nothing is as bad as two misses, which the next control will find.',
  sentence: 'The same test and the same curve: it is the costs that choose the point on it.',
}

const ScreeningStage = (props: StageProps) => <CaseStage of={screening} {...props} />
const SurgeryStage = (props: StageProps) => <CaseStage of={surgery} {...props} />

/** From a miss that costs 5 false alarms to a false alarm that costs 5 misses. */
const costs = [5, 4, 3, 2, 1.5, 1, 0.67, 0.5, 0.33, 0.25, 0.2]

const half: Binormal = { ...classes, prevalence: 0.5 }

function YoudenStage({ onMoved }: StageProps) {
  const [at, setAt] = useState(0)
  const cost = costs[at]
  const best = useMemo(() => cheapest(half, cost), [cost])
  const choose = (place: number) => {
    setAt(place)
    if (costs[place] === 1)
      onMoved({
        answer: 'Equal costs, where half of all are ill.',
        sentence:
          'Youden’s cut-off is the cheapest of a ward in which every second patient is ill and a miss is as bad as a false alarm.',
      })
  }
  return (
    <div className="stageColumns wideLeft">
      <ScoresPlot
        truth={half}
        first={null}
        aside="50 % ill"
        threshold={(scale) => (
          <>
            <line className="youdenLine" x1={scale.x(youden)} x2={scale.x(youden)} y2={scale.height} />
            <line className="thresholdLine" x1={scale.x(best)} x2={scale.x(best)} y2={scale.height} />
            <text className="plotText halo" x={scale.x(Math.max(best, youden)) + 8} y={12}>
              {best < youden ? 'Youden' : 'cheapest'}
            </text>
            <text className="plotText halo" x={scale.x(Math.min(best, youden)) - 8} y={12} textAnchor="end">
              {best < youden ? 'cheapest' : 'Youden'}
            </text>
          </>
        )}
      />
      <section className="card stageSide" aria-label="What it costs">
        <RangeRow
          label="A miss costs"
          least={0}
          most={costs.length - 1}
          step={1}
          value={at}
          told={`${cost} false alarm${cost === 1 ? '' : 's'}`}
          onChange={choose}
        />
        <p>
          Cheapest cut-off <b>{formatFixed(best, 2)}</b>, Youden’s <b>0.60</b>
        </p>
      </section>
    </div>
  )
}

const rechosenTruth: Binormal = { ...classes, positive: { mean: 0.74, sd: 1 }, prevalence: 0.4 }
const trials = 10

function RechosenStage({ seed, onMoved }: StageProps) {
  const { taught, run } = useTaught<Trials<RechosenCutoff>>()
  const show = ({ trials: all, mean }: Trials<RechosenCutoff>) =>
    onMoved({
      answer: `${all.filter(({ rechosen, carried }) => rechosen >= carried).length} of ${trials}.`,
      sentence: `It cannot look worse, and looks better by ${formatFixed(mean.rechosen - mean.carried, 2)} on average; in all patients there are, it is worth ${formatFixed(mean.rechosenInTruth, 2)}, not the ${formatFixed(mean.rechosen, 2)} that would be printed.`,
    })
  const draw = () =>
    void run(
      (teacher, signal) => teacher.rechooseCutoffs({ truth: rechosenTruth, patients: 50, seed, studies: trials }, signal),
      show,
    )
  return (
    <section className="card stageTable tableCard" aria-label="Ten studies">
      <div className="row stageAct">
        <Button disabled={taught.isRunning} onClick={draw}>
          Draw 10 studies
        </Button>
        <span className="dim">50 training and 50 validation patients each; sensitivity + specificity − 1</span>
      </div>
      <TaughtProgress taught={taught} />
      <table>
        <thead>
          <tr>
            <th scope="col">Study</th>
            <th scope="col" className="number">
              Cut-off carried from training
            </th>
            <th scope="col" className="number">
              Chosen again on validation
            </th>
            <th scope="col" className="number">
              That one in truth
            </th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: trials }, (_, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              {(['carried', 'rechosen', 'rechosenInTruth'] as const).map((name) => (
                <td key={name} className="number">
                  {taught.result ? formatFixed(taught.result.trials[i][name], 2) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const shares = [0.02, 0.2, 0.6]
const rate = 0.8

const percent = (share: number) => `${formatFixed(100 * share, 0)} %`

const ppvAt = (prevalence: number) => predictiveValues(rate, rate, prevalence).ppv

function PredictiveStage({ onMoved }: StageProps) {
  const [at, setAt] = useState<number | null>(null)
  const [seen, setSeen] = useState<readonly number[]>([])
  const look = (share: number) => {
    const next = [...new Set([...seen, share])]
    setAt(share)
    setSeen(next)
    if (next.length === shares.length)
      onMoved({
        answer: `${shares.map((one) => `${percent(ppvAt(one))} where ${percent(one)} are ill`).join(', ')}.`,
        sentence: 'Sensitivity and specificity are of the test; what a positive call is worth is of the ward.',
      })
  }
  const [hits] = at === null ? [0] : naturalFrequencies([ppvAt(at), 1 - ppvAt(at)])
  return (
    <section className="card stageTable" aria-label="Called positive">
      <div className="row stageAct" role="group" aria-label="How many are ill">
        {shares.map((share) => (
          <Button key={share} aria-pressed={at === share} onClick={() => look(share)}>
            {formatFixed(100 * share, 0)} % ill
          </Button>
        ))}
        <span className="dim">{seen.length} of 3 seen</span>
      </div>
      <div className="hundred" role="img" aria-label={at === null ? 'Nothing chosen' : `Of 100 called positive ${hits} are ill`}>
        {Array.from({ length: 100 }, (_, i) => (
          <i key={i} className={at === null ? '' : i < hits ? 'positive' : 'negative'} />
        ))}
      </div>
      <p role="status">
        {at === null ? (
          <span className="dim">100 people whom the test calls positive</span>
        ) : (
          <>
            Of 100 called positive <b>{hits}</b> are ill
          </>
        )}
      </p>
    </section>
  )
}

export const cutoffsLesson: Lesson = {
  name: 'cutoffs',
  title: 'Cut-offs',
  about: 'Where to draw the line, and for whom.',
  minutes: 5,
  cards: [
    {
      id: 'screening',
      question:
        'A screening: 2 % are ill, and a miss is as bad as 100 false alarms. Where is the cheapest cut-off, against Youden’s?',
      guess: { kind: 'choice', options: ['Lower', 'The same', 'Higher'] },
      move: 'Move the cut-off to where it costs least.',
      Stage: ScreeningStage,
    },
    {
      id: 'surgery',
      question: 'Before surgery: 30 % are ill, and an operation for nothing is as bad as two misses. Where now?',
      guess: { kind: 'choice', options: ['Lower', 'The same', 'Higher'] },
      move: 'Move the cut-off to where it costs least.',
      Stage: SurgeryStage,
    },
    {
      id: 'youden',
      question: 'For which costs is Youden’s cut-off the cheapest, where every second patient is ill?',
      guess: { kind: 'choice', options: ['A miss is dearer', 'Both cost the same', 'A false alarm is dearer'] },
      move: 'Change the cost of a miss until both lines meet.',
      Stage: YoudenStage,
    },
    {
      id: 'rechosen',
      question:
        'You choose the cut-off again on the validation patients. In how many of 10 studies does it look at least as good as the one carried over?',
      guess: { kind: 'number', label: 'Studies of 10', least: 0, most: 10, step: 1 },
      move: 'Draw 10 studies.',
      Stage: RechosenStage,
    },
    {
      id: 'predictive',
      question: 'Sensitivity and specificity are both 80 %. Where 2 % are ill, how many of 100 called positive are?',
      guess: { kind: 'number', label: 'Ill of 100 called positive', least: 0, most: 100, step: 1 },
      move: 'Look at all three wards.',
      Stage: PredictiveStage,
    },
  ],
}
