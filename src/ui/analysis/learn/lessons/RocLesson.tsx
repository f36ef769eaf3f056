import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { quantile } from '../../../../core/numeric/quantile.ts'
import { binormalAuc, type Binormal } from '../../../../core/evaluate/binormal.ts'
import { traceRoc } from '../../../../core/evaluate/roc.ts'
import { drawStudies, type DrawnStudy, type Line } from '../../../../core/simulate/drawStudies.ts'
import { formatFixed } from '../../../shared/formatNumber.ts'
import { AucPlot, RocPlot } from '../play/TruthPlots.tsx'
import { Plot } from '../plot/Plot.tsx'
import { pathOf } from '../plot/scale.ts'
import { quarters, unit } from '../plot/ticks.ts'
import type { Lesson, StageProps } from './lesson.ts'
import { aucOf, drawTwelve, inTens, type TaughtPatient } from './twelve.ts'

/** A ROC curve of few patients, corner by corner. */
function SmallRoc({ line, about }: { line: Line; about: string }) {
  return (
    <Plot
      title="ROC"
      aside={about}
      label={`ROC curve, ${about}`}
      x={{ range: unit, title: '1 − specificity', ticks: quarters }}
      y={{ range: unit, title: 'sensitivity', ticks: quarters }}
      draw={(scale) => (
        <>
          <path className="chanceLine" d={pathOf({ x: unit, y: unit }, scale)} />
          <path className="firstLine" d={pathOf(line, scale)} />
          {line.x.map((x, i) => (
            <circle key={i} className="corner" r={3.5} cx={scale.x(x)} cy={scale.y(line.y[i])} />
          ))}
        </>
      )}
    />
  )
}

const byValue = (patients: readonly TaughtPatient[]) => [...patients].sort((a, b) => b.value - a.value)

const curveOf = (patients: readonly TaughtPatient[], valueOf: (patient: TaughtPatient) => number): Line => {
  const { sensitivity, specificity } = traceRoc(patients.map(valueOf), patients.map(({ isIll }) => Number(isIll))) // prettier-ignore
  return { x: specificity.map((value) => 1 - value), y: sensitivity }
}

function OrderStage({ seed, onMoved }: StageProps) {
  const patients = useMemo(() => drawTwelve(seed), [seed])
  const [taken, setTaken] = useState<readonly string[]>([])
  const [hint, setHint] = useState('')
  const ill = patients.filter(({ isIll }) => isIll).length
  const line = { x: [0], y: [0] }
  for (const label of taken) {
    const { isIll } = patients.find((one) => one.label === label)!
    line.x.push(line.x.at(-1)! + (isIll ? 0 : 1 / (patients.length - ill)))
    line.y.push(line.y.at(-1)! + (isIll ? 1 / ill : 0))
  }
  const take = ({ label, value }: TaughtPatient) => {
    if (taken.includes(label)) return
    const [highest] = byValue(patients.filter((one) => !taken.includes(one.label)))
    if (highest.label !== label) return setHint(`${label} has ${value}. Somebody with a higher value is still waiting.`)
    const next = [...taken, label]
    setTaken(next)
    setHint('')
    if (next.length === patients.length)
      onMoved({
        answer: `Up: ${ill} steps for ${ill} ill patients.`,
        sentence: `Each ill patient takes the curve a step up, each well one a step to the right: nothing of the marker is left but the order.`,
      })
  }
  return (
    <div className="stageColumns">
      <section className="card stagePatients" aria-label="Patients">
        <p className="dim">The marker of twelve patients. Whether one is ill shows once you took her.</p>
        <div className="patientButtons">
          {patients.map((patient) => {
            const at = taken.indexOf(patient.label)
            const kind = at < 0 ? '' : patient.isIll ? ' positive' : ' negative'
            return (
              <button
                key={patient.label}
                type="button"
                className={`patientButton${kind}`}
                aria-disabled={at >= 0}
                onClick={() => take(patient)}
              >
                <span>{patient.label}</span> <b>{patient.value}</b>
                <span className="class">{at < 0 ? ' ' : patient.isIll ? 'ill' : 'well'}</span>
              </button>
            )
          })}
        </div>
        <p role="status" className="hint">
          {hint || `${taken.length} of ${patients.length} taken`}
        </p>
      </section>
      <SmallRoc line={line} about={`${taken.length} of ${patients.length} patients`} />
    </div>
  )
}

/** Ill patients down, well ones across; each cell a pair. */
function PairTable({
  patients,
  rows,
  valueOf,
}: {
  patients: readonly TaughtPatient[]
  rows: number
  valueOf: (patient: TaughtPatient) => number
}) {
  const [ill, well] = [true, false].map((is) => byValue(patients.filter(({ isIll }) => isIll === is)))
  return (
    <div className="analysisScroll">
      <table className="pairTable">
        <thead>
          <tr>
            <th scope="col">ill \ well</th>
            {well.map((patient) => (
              <th key={patient.label} scope="col">
                {patient.label} {valueOf(patient)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ill.map((one, row) => (
            <tr key={one.label}>
              <th scope="row">
                {one.label} {valueOf(one)}
              </th>
              {well.map((other) => {
                const wins = valueOf(one) > valueOf(other) ? '1' : valueOf(one) === valueOf(other) ? '½' : '0'
                return (
                  <td key={other.label} className={row < rows ? `win${wins === '1' ? 'Yes' : wins === '½' ? 'Half' : 'No'}` : ''}>
                    {row < rows ? wins : ''}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function countWins(patients: readonly TaughtPatient[], rows: number, valueOf: (patient: TaughtPatient) => number) {
  const ill = byValue(patients.filter(({ isIll }) => isIll)).slice(0, rows)
  const well = patients.filter(({ isIll }) => !isIll)
  const wins = ill.reduce((sum, one) => sum + well.reduce((own, other) => own + (valueOf(one) > valueOf(other) ? 1 : valueOf(one) === valueOf(other) ? 0.5 : 0), 0), 0) // prettier-ignore
  return { wins, pairs: ill.length * well.length }
}

const itself = ({ value }: TaughtPatient) => value
const rounded = ({ value }: TaughtPatient) => inTens(value)

function PairsStage({ seed, onMoved }: StageProps) {
  const patients = useMemo(() => drawTwelve(seed), [seed])
  const [rows, setRows] = useState(0)
  const all = patients.filter(({ isIll }) => isIll).length
  const { wins, pairs } = countWins(patients, rows, itself)
  const count = () => {
    const next = Math.min(all, rows + 1)
    setRows(next)
    if (next < all) return
    const total = countWins(patients, next, itself)
    onMoved({
      answer: `${total.wins} of ${total.pairs} pairs: ${formatFixed((100 * total.wins) / total.pairs, 0)} %.`,
      sentence: `The area under the curve is ${formatFixed(aucOf(patients), 2)}, the same number: AUC is the chance that an ill patient outranks a well one.`,
    })
  }
  return (
    <div className="stageColumns">
      <section className="card stagePatients" aria-label="Pairs">
        <p className="dim">Each cell is an ill and a well patient: 1 where the ill one has the higher marker.</p>
        <PairTable patients={patients} rows={rows} valueOf={itself} />
        <div className="row">
          <Button disabled={rows >= all} onClick={count}>
            Count the next ill patient
          </Button>
          <span role="status">
            {wins} of {pairs} pairs so far
          </span>
        </div>
      </section>
      <SmallRoc line={curveOf(patients, itself)} about="twelve patients" />
    </div>
  )
}

function TiesStage({ seed, onMoved }: StageProps) {
  const patients = useMemo(() => drawTwelve(seed), [seed])
  const [isRounded, setIsRounded] = useState(false)
  const valueOf = isRounded ? rounded : itself
  const all = patients.filter(({ isIll }) => isIll).length
  const round = () => {
    setIsRounded(true)
    onMoved({
      answer: 'One half.',
      sentence: `Equal values cannot be ordered: the curve takes a slope in place of a corner, and the AUC goes from ${formatFixed(aucOf(patients), 2)} to ${formatFixed(aucOf(patients, rounded), 2)}.`,
    })
  }
  return (
    <div className="stageColumns">
      <section className="card stagePatients" aria-label="Pairs">
        <p className="dim">A marker that is read in steps of ten makes some patients equal.</p>
        <PairTable patients={patients} rows={all} valueOf={valueOf} />
        <Button disabled={isRounded} onClick={round}>
          Round the marker to tens
        </Button>
      </section>
      <SmallRoc line={curveOf(patients, valueOf)} about={`AUC ${formatFixed(aucOf(patients, valueOf), 2)}`} />
    </div>
  )
}

const turned = ({ value }: TaughtPatient) => -value

function ReversedStage({ seed, onMoved }: StageProps) {
  const patients = useMemo(() => drawTwelve(seed), [seed])
  const [isTurned, setIsTurned] = useState(false)
  const valueOf = isTurned ? turned : itself
  const area = aucOf(patients)
  const turn = () => {
    setIsTurned(true)
    onMoved({
      answer: `${formatFixed(1 - area, 2)}, which is 1 − ${formatFixed(area, 2)}.`,
      sentence:
        'Below 0.5 the score speaks against the disease: ask whether the positive class is the right one, for no program may turn the curve round in silence.',
    })
  }
  return (
    <div className="stageColumns">
      <section className="card stagePatients" aria-label="Direction">
        <p>
          {isTurned ? 'A low marker now speaks for the disease.' : 'A high marker speaks for the disease.'} AUC{' '}
          <b>{formatFixed(aucOf(patients, valueOf), 2)}</b>
        </p>
        <Button disabled={isTurned} onClick={turn}>
          Read the marker the other way round
        </Button>
      </section>
      <SmallRoc line={curveOf(patients, valueOf)} about={`AUC ${formatFixed(aucOf(patients, valueOf), 2)}`} />
    </div>
  )
}

const spreadTruth: Binormal = { positive: { mean: 0.74, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.3 }
const asItIs = { intercept: 0, slope: 1 }
const noStudies: readonly DrawnStudy[] = []

function SpreadStage({ seed, onMoved }: StageProps) {
  const [studies, setStudies] = useState(noStudies)
  const draw = () => {
    const drawn = drawStudies({ draw: { truth: spreadTruth, patients: 40, seed }, belief: asItIs, samples: 100 })
    const aucs = drawn.map(({ auc }) => auc.auc)
    setStudies(drawn)
    onMoved({
      answer: `95 of 100 lie between ${formatFixed(quantile(aucs, 0.025), 2)} and ${formatFixed(quantile(aucs, 0.975), 2)}.`,
      sentence: `All measured the same test, whose AUC is ${formatFixed(binormalAuc(spreadTruth), 2)}: without its interval an AUC of 40 patients says little.`,
    })
  }
  return (
    <>
      <div className="row stageAct">
        <Button onClick={draw}>Draw 100 studies</Button>
      </div>
      <div className="stageColumns">
        <RocPlot truth={spreadTruth} studies={studies} />
        <AucPlot truth={spreadTruth} studies={studies} />
      </div>
    </>
  )
}

export const rocLesson: Lesson = {
  name: 'roc',
  title: 'The ROC curve',
  about: 'Order patients by hand and see where the curve comes from.',
  minutes: 5,
  cards: [
    {
      id: 'steps',
      question: 'You take patients from the highest marker down. Which way does the curve go when one is ill?',
      guess: { kind: 'choice', options: ['Up', 'To the right', 'Along a slope'] },
      move: 'Take the twelve patients from the highest marker down.',
      Stage: OrderStage,
    },
    {
      id: 'pairs',
      question: 'Of 100 pairs of an ill and a well patient, in how many has the ill one the higher marker?',
      guess: { kind: 'number', label: 'Pairs of 100', least: 0, most: 100, step: 1 },
      move: 'Count the pairs, one ill patient after the other.',
      Stage: PairsStage,
    },
    {
      id: 'ties',
      question: 'An ill and a well patient have the same value. What does such a pair count?',
      guess: { kind: 'choice', options: ['Nothing', 'One half', 'A whole pair'] },
      move: 'Round the marker, and look at the pairs that became equal.',
      Stage: TiesStage,
    },
    {
      id: 'reversed',
      question: 'The same patients, but a low marker is taken to speak for the disease. What is the AUC?',
      guess: { kind: 'number', label: 'AUC', least: 0, most: 1, step: 0.01 },
      move: 'Read the marker the other way round.',
      Stage: ReversedStage,
    },
    {
      id: 'spread',
      question: 'The true AUC is 0.70. Of 100 studies of 40 patients, how far from it do 95 report?',
      guess: { kind: 'choice', options: ['At most 0.02', 'At most 0.08', 'At most 0.2'] },
      move: 'Draw 100 studies.',
      Stage: SpreadStage,
    },
  ],
}
