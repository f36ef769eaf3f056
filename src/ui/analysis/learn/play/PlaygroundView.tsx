import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { believedRisk, binormalAuc, binormalRates } from '../../../../core/evaluate/binormal.ts'
import { predictiveValues } from '../../../../core/evaluate/readThreshold.ts'
import { tooFewOf } from '../../../../core/simulate/drawStudies.ts'
import { programServer } from '../../../../io/programServer.ts'
import { say, sayError } from '../../../../messages/say.ts'
import {
  beliefOf,
  playTopicNames,
  truthOf,
  writePlay,
  type PlaySettings,
  type PlayState,
} from '../../../../state/learn/playground.ts'
import { Key } from '../../../shared/Key.tsx'
import { Notice } from '../../../shared/Notice.tsx'
import { formatCount, formatFixed } from '../../../shared/formatNumber.ts'
import { useKey } from '../../charts/useKey.ts'
import { CopyLink } from '../CopyLink.tsx'
import type { Scale } from '../plot/scale.ts'
import { useLearnAddress } from '../useLearnAddress.ts'
import { PlayControls } from './PlayControls.tsx'
import { ScoresPlot, ThresholdLine } from './ScoresPlot.tsx'
import { studiesTable } from './studiesTable.ts'
import { tellStudies } from './tellStudies.ts'
import { topicWords } from './topicWords.ts'
import { AucPlot, BenefitPlot, CalibrationPlot, countOf, PrecisionPlot, RocPlot } from './TruthPlots.tsx'
import { scoreRange } from './truthLines.ts'
import { usePlay, usePlaySettings, usePlayStore, usePlayThreshold } from './usePlay.ts'

const addressOf = (state: Pick<PlayState, 'settings' | 'topic'>) => ({ place: 'play', values: writePlay(state) })

/** Two kinds of patient whose truth is set by hand, and what studies of them would report. */
export function PlaygroundView() {
  const store = usePlayStore()
  const topic = usePlay((state) => state.topic)
  const isDrawing = usePlay((state) => state.isDrawing)
  const drawn = usePlay((state) => state.drawn)
  const problem = usePlay((state) => state.problem)
  const [unsaved, setUnsaved] = useState<string | null>(null)
  const settings = usePlaySettings()
  const { truth, belief } = useMemo(() => {
    const all: PlaySettings = { ...settings, threshold: 0 }
    return { truth: truthOf(all), belief: beliefOf(all) }
  }, [settings])
  useEffect(() => {
    if (!store.getState().drawn) store.getState().change({ seed: store.getState().settings.seed })
  }, [store])
  const step = (by: number) => move(store.getState().settings.threshold + by)
  const move = (threshold: number) => {
    const [from, to] = scoreRange(truth)
    store.getState().change({ threshold: Math.round(100 * Math.max(from, Math.min(to, threshold))) / 100 })
  }
  const nextTopic = () => store.getState().begin(playTopicNames[(playTopicNames.indexOf(topic) + 1) % playTopicNames.length])
  useKey('r', () => store.getState().drawAgain())
  useKey('n', nextTopic)
  useKey('ArrowLeft', () => step(-0.05))
  useKey('ArrowRight', () => step(0.05))
  const few = tooFewOf(settings.patients, settings.prevalence)
  const notice = few ? `Too few ${few === 'positive' ? 'positives' : 'negatives'} to draw a curve` : undefined
  const studies = drawn?.studies ?? []
  const words = topicWords[topic]
  const save = () => {
    setUnsaved(null)
    programServer
      .load(() => import('../../charts/saveFigure.ts'))
      .then(({ saveCsv }) => saveCsv('playground', studiesTable(store.getState())))
      .catch((error: unknown) => setUnsaved(sayError(error)))
  }
  const range = scoreRange(truth)
  const line = (scale: Scale) => <MovedLine scale={scale} range={range} onMove={move} />
  return (
    <div className="main playground">
      <Address />
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            {words.title(formatFixed(binormalAuc(truth), 2), formatCount(settings.patients))}
          </h1>
          <p className="dim">{words.about}</p>
        </div>
        <SegmentedControl
          aria-label="Topic"
          data={playTopicNames.map((name) => ({ value: name, label: topicWords[name].label }))}
          value={topic}
          onChange={(name) => store.getState().begin(name)}
        />
        <CopyLink address={() => addressOf(store.getState())} />
        <Button disabled={!drawn} onClick={save}>
          Save CSV
        </Button>
        <Button variant="filled" disabled={few !== null} onClick={() => store.getState().drawAgain()}>
          Draw {settings.samples === 1 ? 'a study' : settings.samples} again <kbd className="onPrimary">R</kbd>
        </Button>
      </header>
      {problem && <Notice kind="error">No studies were drawn: {say(problem)}</Notice>}
      {unsaved !== null && (
        <Notice kind="error" onClose={() => setUnsaved(null)}>
          Nothing was saved: {unsaved}
        </Notice>
      )}
      <div className="playGrid">
        <PlayControls />
        <ScoresPlot truth={truth} first={drawn?.first ?? null} aside="truth; below, first study" threshold={line} />
        <RocPlot
          truth={truth}
          studies={studies}
          {...(drawn && { aside: countOf(studies, drawn.of.patients) })}
          notice={notice}
          over={(scale) => <RocRing scale={scale} />}
        />
        <AucPlot truth={truth} studies={studies} notice={notice} aside={`truth ${formatFixed(binormalAuc(truth), 2)}`} />
        <PrecisionPlot truth={truth} studies={studies} notice={notice} over={(scale) => <PrecisionRing scale={scale} />} />
        <CalibrationPlot truth={truth} studies={studies} belief={belief} aside="by fifths" notice={notice} />
        <BenefitPlot
          truth={truth}
          studies={studies}
          belief={belief}
          aside="this score"
          notice={notice}
          over={(scale) => <RiskLine scale={scale} />}
        />
      </div>
      <footer className="card playFoot">
        <p role="status" className={isDrawing ? 'dim' : undefined} data-testid="told">
          {isDrawing
            ? `Drawing ${formatCount(settings.samples)} studies of ${formatCount(settings.patients)} patients …`
            : drawn
              ? tellStudies(drawn.studies, binormalAuc(truth))
              : notice}
        </p>
        <Readout />
      </footer>
    </div>
  )
}

/** By itself: it follows the threshold too, and no figure is drawn again for it. */
function Address() {
  const store = usePlayStore()
  const settings = usePlay((state) => state.settings)
  const topic = usePlay((state) => state.topic)
  useLearnAddress(addressOf({ settings, topic }), ({ place, values }) => {
    if (place !== 'play') return false
    store.getState().open(values)
    return true
  })
  return null
}

function MovedLine(props: { scale: Scale; range: readonly [number, number]; onMove(threshold: number): void }) {
  return <ThresholdLine at={usePlayThreshold()} {...props} />
}

/** Of all patients there are, by the truth. */
function useReading() {
  const threshold = usePlayThreshold()
  const settings = usePlaySettings()
  const truth = truthOf({ ...settings, threshold })
  const rates = binormalRates(truth, threshold)
  return {
    threshold,
    ...rates,
    ...predictiveValues(rates.sensitivity, rates.specificity, truth.prevalence),
    risk: believedRisk(truth, beliefOf({ ...settings, threshold }), threshold),
  }
}

function RocRing({ scale }: { scale: Scale }) {
  const { sensitivity, specificity } = useReading()
  return <circle className="playRing" r={6.5} cx={scale.x(1 - specificity)} cy={scale.y(sensitivity)} data-testid="play-ring" />
}

function PrecisionRing({ scale }: { scale: Scale }) {
  const { sensitivity, ppv } = useReading()
  if (!Number.isFinite(ppv)) return null
  return <circle className="playRing" r={6.5} cx={scale.x(sensitivity)} cy={scale.y(ppv)} />
}

/** The same threshold as the risk that the model tells there. */
function RiskLine({ scale }: { scale: Scale }) {
  const { risk } = useReading()
  return <line className="thresholdLine" x1={scale.x(risk)} x2={scale.x(risk)} y2={scale.height} />
}

function Readout() {
  const { threshold, risk, sensitivity, specificity, ppv, npv } = useReading()
  const shown = (value: number) => (Number.isFinite(value) ? formatFixed(value, 2) : '–')
  return (
    <p className="readout" aria-live="polite">
      <span className="dim">threshold</span>{' '}
      <b data-testid="readout">
        {formatFixed(threshold, 2)} = risk {formatFixed(risk, 2)}
      </b>{' '}
      <span className="dim">SEN</span> {shown(sensitivity)} <span className="dim">SPE</span> {shown(specificity)}{' '}
      <span className="dim">PPV</span> {shown(ppv)} <span className="dim">NPV</span> {shown(npv)} <Key>←</Key> <Key>→</Key>
    </p>
  )
}
