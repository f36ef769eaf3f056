import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { playRanges, sampleCounts, type PlaySettings } from '../../../../state/learn/playground.ts'
import { formatCount, formatFixed } from '../../../shared/formatNumber.ts'
import { RangeRow } from '../RangeRow.tsx'
import { scoreRange } from './truthLines.ts'
import { usePlay, usePlayStore } from './usePlay.ts'
import { topicWords } from './topicWords.ts'
import { Key } from '../../../shared/Key.tsx'

interface SliderProps {
  readonly name: keyof PlaySettings
  readonly label: string
  readonly kind?: 'positive' | 'negative'
  readonly told: (value: number) => string
  /** Where the steps are no equal ones. */
  readonly positions?: {
    readonly of: (value: number) => number
    readonly at: (position: number) => number
    readonly count: number
  }
  readonly range?: { readonly least: number; readonly most: number }
}

const places = (value: number) => formatFixed(value, 2)
const percent = (value: number) => `${formatFixed(100 * value, 0)} %`

/** From 10 to 2,000 patients by equal factors; each is a round number. */
const sizes = [10, 12, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000]
const bySize = {
  of: (value: number) => sizes.findLastIndex((size) => size <= value),
  at: (position: number) => sizes[position],
  count: sizes.length,
}

function Slider({ name, label, kind, told, positions, range = playRanges[name] }: SliderProps) {
  const store = usePlayStore()
  const value = usePlay(({ settings }) => settings[name])
  return (
    <RangeRow
      label={label}
      kind={kind}
      className={name === 'threshold' ? 'ofThreshold' : undefined}
      least={positions ? 0 : range.least}
      most={positions ? positions.count - 1 : range.most}
      step={positions ? 1 : playRanges[name].step}
      value={positions ? positions.of(value) : value}
      told={told(value)}
      onChange={(given) => store.getState().change({ [name]: positions ? positions.at(given) : given })}
    />
  )
}

/** Everything that can be set, and what to try with it. */
export function PlayControls() {
  const store = usePlayStore()
  const topic = usePlay((state) => state.topic)
  const samples = usePlay(({ settings }) => settings.samples)
  return (
    <section className="card playControls" aria-label="Two kinds of patient">
      <h2>Two kinds of patient</h2>
      <div className="playSliders">
        <Slider name="positiveMean" label="Positive: mean" kind="positive" told={places} />
        <Slider name="positiveSd" label="Positive: spread (SD)" kind="positive" told={places} />
        <Slider name="negativeMean" label="Negative: mean" kind="negative" told={places} />
        <Slider name="negativeSd" label="Negative: spread (SD)" kind="negative" told={places} />
        <Slider name="patients" label="Patients a study" told={formatCount} positions={bySize} />
        <Slider name="prevalence" label="Prevalence" told={percent} />
        <ThresholdSlider />
      </div>
      <h3>What the model believes</h3>
      <div className="playSliders">
        <Slider name="slope" label="Overconfidence" told={(value) => `× ${places(value)}`} />
        <Slider name="intercept" label="Risks raised by (logit)" told={(value) => formatFixed(value, 1)} />
      </div>
      <div className="row samplesRow">
        <SegmentedControl
          aria-label="Studies"
          title="So many studies are drawn"
          data={sampleCounts.map(String)}
          value={String(samples)}
          onChange={(value) => store.getState().change({ samples: Number(value) })}
        />
        <Seed />
      </div>
      <div className="tries">
        <h3>Try this</h3>
        <ol>
          {topicWords[topic].tries.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ol>
        <p className="dim">
          <Key>N</Key> next topic
        </p>
      </div>
    </section>
  )
}

function ThresholdSlider() {
  const [least, most] = usePlay(({ settings }) => scoreRange({ positive: { mean: settings.positiveMean, sd: settings.positiveSd }, negative: { mean: settings.negativeMean, sd: settings.negativeSd } }).join(' ')).split(' ').map(Number) // prettier-ignore
  return <Slider name="threshold" label="Threshold" told={places} range={{ least, most }} />
}

/** The same number gives a class the same studies. */
function Seed() {
  const store = usePlayStore()
  const seed = usePlay(({ settings }) => settings.seed)
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    const value = Number(typed)
    if (typed !== null && typed.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= playRanges.seed.most)
      store.getState().change({ seed: value })
    setTyped(null)
  }
  return (
    <label className="row seed">
      Seed
      <TextInput
        aria-label="Seed"
        inputMode="numeric"
        w={64}
        value={typed ?? String(seed)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
    </label>
  )
}
