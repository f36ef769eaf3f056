import { useEffect, useState } from 'react'
import { mcnemarTest, type McNemarTest } from '../../../core/evaluate/mcnemarTest.ts'
import { formatP } from '../../../core/numeric/formatP.ts'
import type { ShownModel } from '../../../state/analysis/threshold.ts'
import { placeOf } from './figures.ts'
import { ModelMark } from './ModelMark.tsx'
import { formatRate } from './readout.ts'
import { useThreshold } from './useThreshold.ts'

const restMs = 150

export interface SameSpecificityRow {
  readonly model: string
  readonly specificity: number
  readonly sensitivity: number
  /** Of the positive patients' calls. */
  readonly test: McNemarTest
}

/** Each other model where it spares at least as many negative patients as the one in hand does at its threshold. */
export function compareAtSpecificity({ cohort, patients, model }: ShownModel, index: number): SameSpecificityRow[] {
  const wanted = model.roc.specificity[index]
  const own = callsOf(patients.scores[model.model], model.roc.thresholds[index])
  return cohort.models.flatMap((other) => {
    if (other.model === model.model) return []
    const at = other.roc.specificity.findIndex((value) => value >= wanted)
    const calls = callsOf(patients.scores[other.model], other.roc.thresholds[at])
    // Who has a score of one model alone is no pair.
    const pairs = [...calls.keys()].filter((row) => patients.outcome[row] === 1 && calls[row] !== null && own[row] !== null)
    const test = mcnemarTest(pairs.map((row) => own[row]!), pairs.map((row) => calls[row]!)) // prettier-ignore
    return [{ model: other.model, specificity: other.roc.specificity[at], sensitivity: other.roc.sensitivity[at], test }]
  })
}

function callsOf(scores: Float64Array, threshold: number): (boolean | null)[] {
  return Array.from(scores, (score) => (Number.isNaN(score) ? null : score >= threshold))
}

/** What the other models find where they give as few false alarms; computed once the hand rests. */
export function SameSpecificity({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const [index, setIndex] = useState(() => thresholdStore.getState().index)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setIndex(thresholdStore.getState().index), restMs)
    }
    wait()
    const forget = thresholdStore.subscribe(wait)
    return () => {
      forget()
      clearTimeout(timer)
    }
  }, [thresholdStore, shown])
  const { roc, model } = shown.model
  if (shown.cohort.models.length < 2 || index >= roc.thresholds.length) return null
  const rows = compareAtSpecificity(shown, index)
  return (
    <section className="card tableCard" aria-label="At the same specificity">
      <header>
        <h2>At the same specificity</h2>
        <span className="dim ellipsis">
          as {model} at its threshold: specificity {formatRate(roc.specificity[index])}, sensitivity{' '}
          {formatRate(roc.sensitivity[index])}; McNemar, positive patients
          {shown.cohort.rows > shown.cohort.patients && ', rows taken for independent'}
        </span>
      </header>
      <div className="analysisScroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Model</th>
              {['SPE', 'SEN', `found by ${model} alone`, 'by it alone', 'exact P'].map((name) => (
                <th scope="col" key={name} className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ model, specificity, sensitivity, test }) => (
              <tr key={model}>
                <th scope="row">
                  <ModelMark at={placeOf(shown, model)} /> {model}
                </th>
                <td className="number">{formatRate(specificity)}</td>
                <td className="number">{formatRate(sensitivity)}</td>
                <td className="number">{test.onlyFirst}</td>
                <td className="number">{test.onlySecond}</td>
                <td className="number">{formatP(test.exactP)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
