import { SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { formatP } from '../../../core/numeric/formatP.ts'
import type { CompareBy, ShownModel } from '../../../state/analysis/threshold.ts'
import { compareModels } from './compareModels.ts'
import { placeOf } from './figures.ts'
import { ModelMark } from './ModelMark.tsx'
import { formatRate, formatThreshold } from './readout.ts'
import { useThreshold } from './useThreshold.ts'

const restMs = 150

const ways: readonly { readonly value: CompareBy; readonly label: string }[] = [
  { value: 'rule', label: 'Same rule' },
  { value: 'threshold', label: 'Same threshold' },
  { value: 'specificity', label: 'Same specificity' },
]

const explained: Readonly<Record<CompareBy, string>> = {
  rule: 'each model at its own cut-off by the rule that is chosen',
  threshold: 'the same number for all: scores that are no probabilities are on scales of their own',
  specificity: 'where each spares at least as many negative patients',
}

/** What the other models do beside the one in hand; computed once the hand rests. */
export function CompareModels({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const compareBy = useStore(thresholdStore, (state) => state.compareBy)
  const [standing, setStanding] = useState(thresholdStore.getState)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setStanding(thresholdStore.getState()), restMs)
    }
    wait()
    const forget = thresholdStore.subscribe(wait)
    return () => {
      forget()
      clearTimeout(timer)
    }
  }, [thresholdStore, shown])
  const { roc, model } = shown.model
  if (shown.cohort.models.length < 2) return null
  const rows = standing.shown === shown ? compareModels(shown, standing) : []
  return (
    <section className="card tableCard compareCard" aria-label="Compared at a threshold">
      <header>
        <h2>Beside {model}</h2>
        <SegmentedControl
          aria-label="Models are compared at"
          data={[...ways]}
          value={compareBy}
          onChange={(value) => thresholdStore.setState({ compareBy: value })}
        />
        <span className="dim ellipsis" title={explained[compareBy]}>
          {explained[compareBy]}
        </span>
      </header>
      <div className="analysisScroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Model</th>
              {['Threshold', 'SEN', 'SPE'].map((name) => (
                <th scope="col" key={name} className="number">
                  {name}
                </th>
              ))}
              <th
                scope="col"
                className="number"
                title={`Positive patients found by ${model} alone, and by the other alone; McNemar, exact`}
              >
                positives found alone, P
              </th>
              <th
                scope="col"
                className="number"
                title={`Negative patients called positive by ${model} alone, and by the other alone; McNemar, exact`}
              >
                negatives alarmed alone, P
              </th>
            </tr>
          </thead>
          <tbody>
            <tr aria-selected>
              <th scope="row">
                <ModelMark at={placeOf(shown, model)} /> {model}
              </th>
              <td className="number">{formatThreshold(standing.exact ?? roc.thresholds[standing.index])}</td>
              <td className="number">{formatRate(roc.sensitivity[standing.index])}</td>
              <td className="number">{formatRate(roc.specificity[standing.index])}</td>
              <td className="number">–</td>
              <td className="number">–</td>
            </tr>
            {rows.map((row) => (
              <tr key={row.model}>
                <th scope="row">
                  <ModelMark at={placeOf(shown, row.model)} /> {row.model}
                </th>
                {row.index === null ? (
                  <td colSpan={5} className="dim">
                    no useful cut-off by this rule
                  </td>
                ) : (
                  <>
                    <td className="number">{formatThreshold(row.threshold)}</td>
                    <td className="number">{formatRate(row.sensitivity)}</td>
                    <td className="number">{formatRate(row.specificity)}</td>
                    {[row.positives, row.negatives].map(({ onlyFirst, onlySecond, exactP }, at) => (
                      <td key={at} className="number">
                        {onlyFirst} : {onlySecond}, <b>{formatP(exactP)}</b>
                      </td>
                    ))}
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="dim small tableNote">
          {model} alone : the other alone; McNemar’s test, exact
          {shown.cohort.rows > shown.cohort.patients && ', rows taken for independent'}.
        </p>
      </div>
    </section>
  )
}
