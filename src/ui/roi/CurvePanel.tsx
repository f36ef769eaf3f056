import { Button, Checkbox, NumberInput, SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { timeIntensityFigure } from '../../charts/timeIntensityFigure.ts'
import {
  defaultTimeIntensityOptions,
  describeTimeIntensity,
  traceProbe,
  traceTimeIntensity,
  type TimeIntensityOptions,
} from '../../core/cohort/timeIntensity.ts'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import type { Mask } from '../../core/mask/mask.ts'
import type { FoundVolume } from '../../state/images.ts'
import { handStore } from '../../state/hand.ts'
import { guessPhaseTimes } from '../../state/phaseTimes.ts'
import { imagesOfPatient, imagesStore, roiStore } from '../../state/session.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { EnhancementColours } from './EnhancementColours.tsx'
import { Facts } from '../shared/Facts.tsx'
import { formatFixed } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'

const Chart = lazy(() => import('../../charts/Chart.tsx'))

/** What a curve is traced in. */
type CurveOf = 'roi' | 'probe'
/** Of the probe at the cursor. */
const probeRadiusMm = 2

/** The course of the ROI's mean over images on the same grid, which the user chooses as phases. */
export function CurvePanel() {
  const open = useStore(roiStore, (state) => state.open)
  useStore(imagesStore, (state) => state.volumes)
  const [isOpen, setIsOpen] = useState(false)
  if (!open) return null
  const candidates = imagesOfPatient().filter(({ volume }) => compareGeometry(open.image, volume).length === 0)
  if (candidates.length < 2) return null
  return (
    <Panel title="Enhancement curve">
      {isOpen ? (
        <Phases key={candidates.map(({ id }) => id).join()} candidates={candidates} />
      ) : (
        <Button variant="default" onClick={() => setIsOpen(true)}>
          Curve over {candidates.length} phases
        </Button>
      )}
    </Panel>
  )
}

function Phases({ candidates }: { candidates: readonly FoundVolume[] }) {
  const guess = guessPhaseTimes(candidates.map(({ volume }) => volume.source))
  const [times, setTimes] = useState<Readonly<Record<string, number>>>(
    Object.fromEntries(candidates.map(({ id }, i) => [id, guess.timesS[i]])),
  )
  const [left, setLeft] = useState<readonly string[]>([])
  const [of, setOf] = useState<CurveOf>('roi')
  const [options, setOptions] = useState(defaultTimeIntensityOptions)
  // In the order of their times, whatever the order of the list.
  const chosen = useMemo(
    () => candidates.filter(({ id }) => !left.includes(id)).sort((a, b) => times[a.id] - times[b.id]),
    [candidates, left, times],
  )
  const timesS = useMemo(() => chosen.map(({ id }) => times[id]), [chosen, times])
  return (
    <>
      <p className="dim">
        {guess.fromFiles ? 'Times from the files' : 'Times are not in the files: 60 s apart'}; the first is the baseline.
      </p>
      {candidates.map(({ id, name }) => (
        <div key={id} className="row" style={{ flexWrap: 'nowrap' }}>
          <Checkbox
            size="xs"
            style={{ flex: 1, minWidth: 0 }}
            label={name}
            checked={!left.includes(id)}
            onChange={({ currentTarget: { checked } }) => setLeft(checked ? left.filter((one) => one !== id) : [...left, id])}
          />
          <NumberInput
            aria-label={`Time of ${name}`}
            size="xs"
            w={84}
            suffix=" s"
            hideControls
            value={times[id]}
            onChange={(value) => typeof value === 'number' && setTimes({ ...times, [id]: value })}
          />
        </div>
      ))}
      <div className="control">
        <OptionInput label="Early until" unit=" s" name="earlyUntilS" options={options} onChange={setOptions} />
        <OptionInput
          label="I above +"
          spoken="Type I above +"
          unit=" %"
          name="inflowPercent"
          options={options}
          onChange={setOptions}
        />
        <OptionInput
          label="III below −"
          spoken="Type III below −"
          unit=" %"
          name="outflowPercent"
          options={options}
          onChange={setOptions}
        />
      </div>
      <p className="dim">
        Type by the change from the highest signal until {options.earlyUntilS} s to the last phase: I rises by more than{' '}
        {options.inflowPercent} %, III falls by more than {options.outflowPercent} %, II lies between.
      </p>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="What the curve is of"
        value={of}
        onChange={(value) => setOf(value as CurveOf)}
        data={[
          { value: 'roi', label: 'ROI' },
          { value: 'probe', label: `Cursor, ${formatFixed(probeRadiusMm, 0)} mm` },
        ]}
      />
      <Curve phases={chosen} timesS={timesS} options={options} of={of} />
      <EnhancementColours phases={chosen} />
    </>
  )
}

function trace(
  mask: Mask | undefined,
  phases: readonly FoundVolume[],
  timesS: readonly number[],
  options: TimeIntensityOptions,
  probe: Triple | null,
  _revision: number,
) {
  if (!mask || phases.length < 2) return { problem: 'Choose at least two phases.' }
  try {
    const volumes = phases.map(({ volume }) => volume)
    const curve = probe ? traceProbe(volumes, timesS, probe, probeRadiusMm) : traceTimeIntensity(volumes, timesS, mask)
    if (curve.means.some(Number.isNaN)) return { problem: 'Nothing is drawn yet: draw the ROI, or choose the cursor.' }
    const description = describeTimeIntensity(curve, options)
    return { description, figure: timeIntensityFigure(curve, description) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function OptionInput({
  label,
  spoken = label,
  unit,
  name,
  options,
  onChange,
}: {
  label: string
  /** The same where what it is about is not seen. */
  spoken?: string
  unit: string
  name: 'earlyUntilS' | 'inflowPercent' | 'outflowPercent'
  options: TimeIntensityOptions
  onChange: (options: TimeIntensityOptions) => void
}) {
  return (
    <>
      <span>{label}</span>
      <NumberInput
        aria-label={spoken}
        size="xs"
        min={0}
        suffix={unit}
        hideControls
        value={options[name]}
        onChange={(value) => typeof value === 'number' && value >= 0 && onChange({ ...options, [name]: value })}
      />
    </>
  )
}

function Curve({
  phases,
  timesS,
  options,
  of,
}: {
  phases: readonly FoundVolume[]
  timesS: readonly number[]
  options: TimeIntensityOptions
  of: CurveOf
}) {
  const viewer = useStore(handStore, (state) => state.viewer)
  const [cursor, setCursor] = useState<Triple | null>(() => viewer?.getState().cursor?.index ?? null)
  useEffect(() => viewer?.on('cursor', (at) => setCursor(at?.index ?? null)), [viewer])
  const probe = of === 'probe' ? cursor : null
  const mask = useStore(roiStore, (state) => state.open?.mask)
  const revision = useStore(roiStore, (state) => state.revision)
  // The mask is painted in place: `revision` tells that it changed.
  const traced = useMemo(
    () => trace(mask, phases, timesS, options, probe, revision),
    [mask, phases, timesS, options, probe, revision],
  )
  if (traced.problem !== undefined) return <Notice kind="warn">{traced.problem}</Notice>
  const { description, figure } = traced
  const percent = (value: number) => `${formatFixed(value, 1)} %`
  return (
    <>
      <Suspense fallback={<p className="dim">Loading the chart …</p>}>
        <Chart figure={figure} label={`Enhancement ${of === 'roi' ? 'of the ROI' : 'at the cursor'} over time`} height={190} />
      </Suspense>
      <Facts
        entries={[
          ['Type', description.type ?? 'not to be told'],
          ['Wash-in', `${percent(description.washInPercent)}, ${formatFixed(description.washInPercentPerS, 2)} %/s`],
          ['Peak', `${formatFixed(description.peakTimeS, 0)} s, ${percent(description.peakPercent)}`],
          ['Early peak to last', percent(description.washOutPercent)],
        ]}
      />
    </>
  )
}
