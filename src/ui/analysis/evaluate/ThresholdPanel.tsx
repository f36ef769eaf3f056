import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { scoreArea, scoreFigure } from '../../../charts/scoreFigure.ts'
import { binScores } from '../../../core/evaluate/binScores.ts'
import type { Resampling } from '../../../core/analysis/resamplePath.ts'
import { sayError } from '../../../messages/say.ts'
import { isCarried, shareOf, type RuleName, type ShownModel, type ThresholdState } from '../../../state/analysis/threshold.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { Chart } from '../charts/laterParts.ts'
import { useChartTheme } from '../charts/useChartTheme.ts'
import type { FollowedCell } from '../../../state/analysis/follow.ts'
import { useFollow } from '../follow/useFollow.ts'
import { LineOverlay } from './LineOverlay.tsx'
import { readOut, sayThreshold } from './readout.ts'
import { useSession } from '../../shared/session.ts'
import { useEvaluated } from './useEvaluated.ts'
import { isOf, useBootstrap } from './useBootstrap.ts'
import { useFrame } from './useFrame.ts'
import { useThreshold } from './useThreshold.ts'

const quietMs = 400
const rules: readonly { readonly value: RuleName; readonly label: string }[] = [
  { value: 'youden', label: 'Youden' },
  { value: 'sensitivity', label: 'SEN 0.90' },
  { value: 'specificity', label: 'SPE 0.90' },
  { value: 'cost', label: 'Cost' },
]

/** One threshold and all that moves with it. */
export function ThresholdPanel({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const { drawn, problem } = useBootstrap()
  const panel = useRef<HTMLElement>(null)
  const slider = useRef<HTMLInputElement>(null)
  const spoken = useRef<HTMLParagraphElement>(null)
  const speaking = useRef<ReturnType<typeof setTimeout>>(undefined)
  const bins = useMemo(() => binScores(shown.scores, shown.outcome), [shown])
  const { studyStore } = useSession()
  const analysis = useStore(studyStore, (state) => state.analysis)
  const from = useEvaluated()!.from
  const ofFolds = useMemo(() => (from === 'study' ? cutoffsOfFolds(analysis?.resampling ?? null, shown.model.model) : []), [from, analysis, shown]) // prettier-ignore
  const theme = useChartTheme()
  const figure = useMemo(() => scoreFigure(bins, ofFolds, theme), [bins, ofFolds, theme])
  const area = useMemo(() => scoreArea(bins), [bins])
  const write = useCallback(
    (state: ThresholdState) => {
      if (state.shown !== shown) return
      const readout = readOut(state, drawn && isOf(drawn, state) ? drawn.classification : null)
      for (const place of panel.current!.querySelectorAll<HTMLElement>('[data-figure]')) {
        const text = readout[place.dataset.figure as keyof typeof readout]
        // What stays the same is not laid out again.
        if (place.firstChild?.nodeValue !== text) place.textContent = text
      }
      const input = slider.current!
      input.value = String(state.index)
      input.setAttribute('aria-valuetext', sayThreshold(readout))
      clearTimeout(speaking.current)
      speaking.current = setTimeout(() => (spoken.current!.textContent = sayThreshold(readout)), quietMs)
    },
    [shown, drawn],
  )
  useFrame(write)
  useEffect(() => () => clearTimeout(speaking.current), [])
  const { roc } = shown.model
  const { level, resamples } = shown.record.evaluation.options
  const percent = `${formatFixed(100 * level, 0)} %`
  return (
    <section className="card threshold" aria-label="One threshold, everything moves" ref={panel}>
      <header>
        <h2>One threshold, everything moves</h2>
        <span className="dim ellipsis">{shown.model.model}</span>
      </header>
      <div className="classes">
        <span>
          <i className="classSwatch positive" /> {formatCount(roc.positives)} positive
        </span>
        <span>
          <i className="classSwatch negative" /> {formatCount(roc.negatives)} negative
        </span>
        {ofFolds.length > 0 && <span className="dim">| cut-offs of {formatCount(ofFolds.length)} folds</span>}
      </div>
      <Chart
        figure={figure}
        height={96}
        label={`Scores of ${shown.model.model}: ${roc.positives} positive and ${roc.negatives} negative patients`}
        over={{ area, draw: (box) => <LineOverlay shown={shown} box={box} area={area} withHandle /> }}
      />
      <input
        ref={slider}
        type="range"
        className="thresholdSlider"
        aria-label="Threshold"
        min={0}
        max={roc.thresholds.length - 1}
        step={1}
        onInput={(event) => thresholdStore.getState().move(Number(event.currentTarget.value))}
      />
      <RuleChoice shown={shown} />
      <div className="cells" role="group" aria-label="Patients">
        <Cell shown={shown} cell="tp" label="true pos." />
        <Cell shown={shown} cell="fp" label="false pos." />
        <Cell shown={shown} cell="fn" label="false neg." />
        <Cell shown={shown} cell="tn" label="true neg." />
      </div>
      <table className="figures">
        <tbody>
          <Rate name="sensitivity" title="Sensitivity" />
          <Rate name="specificity" title="Specificity" />
          <Rate name="ppv" title="PPV" />
          <Rate name="npv" title="NPV" />
          <Rate name="accuracy" title="Accuracy" />
          <tr>
            <th scope="row">LR+, LR−</th>
            <td className="dim" colSpan={1} />
            <td>
              <b data-figure="ratios" /> <span className="dim block" data-figure="ratiosInterval" />
            </td>
          </tr>
          <tr>
            <th scope="row">Net benefit</th>
            <td className="dim" data-figure="treatAll" />
            <td>
              <b data-figure="benefit" />
            </td>
          </tr>
        </tbody>
      </table>
      <p className="dim small">
        {percent} intervals:{' '}
        {drawn ? `bootstrap, ${formatCount(resamples)} resamples; exact: Clopper-Pearson` : 'Clopper-Pearson'}
        {problem !== null && `. The bootstrap failed: ${sayError(problem)}`}
      </p>
      <Population shown={shown} />
      <p>
        Of 100 such patients: <span data-figure="frequencies" /> <span className="dim" data-figure="verdict" />
      </p>
      <p className="visuallyHidden" aria-live="polite" ref={spoken} />
    </section>
  )
}

/** How many patients; a click leads to them. */
function Cell({ shown, cell, label }: { shown: ShownModel; cell: FollowedCell; label: string }) {
  const thresholdStore = useThreshold()
  const { begin } = useFollow()
  const follow = () => begin({ kind: 'cell', cell, cohort: shown.cohort.cohort, model: shown.model.model, index: thresholdStore.getState().index }) // prettier-ignore
  return (
    <button type="button" className={cell === 'tp' ? 'positive' : undefined} title="Which patients" onClick={follow}>
      <b data-figure={cell} /> <span>{label}</span>
    </button>
  )
}

/** Those that the protocol's rule chose among the patients of each fold; none where a fold has none of use. */
function cutoffsOfFolds(resampling: Resampling | null, model: string): number[] {
  return (resampling?.folds ?? []).map(({ cutoffs }) => cutoffs[model]).filter(Number.isFinite)
}

function Rate({ name, title }: { name: string; title: string }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="dim number" data-figure={`${name}.of`} />
      <td className="number">
        <b data-figure={`${name}.value`} /> <span className="dim" data-figure={`${name}.interval`} />
      </td>
    </tr>
  )
}

/** By which rule it was chosen and where, and the number itself, which may be typed. */
function RuleChoice({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const rule = useStore(thresholdStore, (state) => state.rule)
  const isOwn = useStore(thresholdStore, (state) => state.isOwn)
  const byHand = useStore(thresholdStore, (state) => state.byHand)
  const { chooseRule, moveTo } = thresholdStore.getState()
  const [typed, setTyped] = useState('')
  const mayCarry = isCarried(shown)
  const accept = () => {
    const value = Number(typed.replace(',', '.'))
    if (typed.trim() !== '' && !Number.isNaN(value)) moveTo(value)
    setTyped('')
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label="Rule of the cut-off"
        data={[...rules] as { value: RuleName | ''; label: string }[]}
        value={byHand ? '' : rule}
        onChange={(value) => chooseRule(value as RuleName, isOwn)}
      />
      <div className="row chosen">
        <span>
          Cut-off <b data-figure="threshold" data-testid="threshold" />
        </span>
        <span className="dim ellipsis grow" data-figure="origin" />
        {mayCarry && (
          <Button
            size="compact-xs"
            onClick={() => chooseRule(rule, !isOwn)}
            title={isOwn ? undefined : `Choose it on ${shown.cohort.cohort} itself`}
          >
            {isOwn ? 'Carried' : 'Re-choose'}
          </Button>
        )}
        <TextInput
          aria-label="Type a threshold"
          placeholder="type"
          w={64}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && accept()}
          onBlur={accept}
        />
      </div>
      <p className="dim small ellipsis" data-figure="same" />
    </>
  )
}

/** For whom predictive values and benefit are wanted, and what a miss costs. */
function Population({ shown }: { shown: ShownModel }) {
  const thresholdStore = useThreshold()
  const prevalence = useStore(thresholdStore, (state) => state.prevalence)
  const costOfMiss = useStore(thresholdStore, (state) => state.costOfMiss)
  const { setPrevalence, setCostOfMiss } = thresholdStore.getState()
  const own = 100 * shareOf(shown)
  return (
    <div className="population">
      <NumberInput
        label="Prevalence, %"
        value={prevalence === null ? Number(own.toFixed(1)) : Number((100 * prevalence).toFixed(4))}
        min={0.1}
        max={99.9}
        step={1}
        onChange={(value) => typeof value === 'number' && value > 0 && value < 100 && setPrevalence(value === Number(own.toFixed(1)) ? null : value / 100)} // prettier-ignore
      />
      <NumberInput
        label="A miss costs (false alarms)"
        value={costOfMiss}
        min={0.1}
        max={1000}
        step={1}
        onChange={(value) => typeof value === 'number' && value > 0 && setCostOfMiss(value)}
      />
      {prevalence !== null && (
        <Button size="compact-xs" onClick={() => setPrevalence(null)}>
          That of {shown.cohort.cohort} ({formatFixed(own, 1)} %)
        </Button>
      )}
    </div>
  )
}
