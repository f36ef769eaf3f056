import { ActionIcon, Button, Checkbox, NumberInput, SegmentedControl } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
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
import { checkRise } from '../../core/cohort/checkRise.ts'
import { findPhases } from '../../core/cohort/findPhases.ts'
import { factsOf } from '../../core/cohort/orderByTime.ts'
import { timePhases } from '../../core/cohort/timePhases.ts'
import type { TimeSource } from '../../core/cohort/timeSources.ts'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import type { Mask } from '../../core/mask/mask.ts'
import type { FoundVolume } from '../../state/images.ts'
import { handStore } from '../../state/hand.ts'
import { listImagesOfVisit, patientsStore, roiStore } from '../../state/session.ts'
import { describePhaseWarning, describeTimesFrom, nameTimeSource } from '../../messages/en/phases.ts'
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
  useStore(patientsStore, (state) => state.patients)
  const [isOpen, setIsOpen] = useState(false)
  if (!open) return null
  const images = listImagesOfVisit().map(({ found, name }) => ({ ...found, name }))
  const series = findPhases(images.map(({ volume }) => volume)).map(({ phases }) => phases.map((at) => images[at].id))
  // A volume before contrast that was scanned a little differently belongs to the series too.
  const own = series.find((ids) => ids.includes(open.imageId)) ?? []
  const candidates = images.filter(({ id, volume }) => own.includes(id) || compareGeometry(open.image, volume).length === 0)
  if (candidates.length < 2) return null
  return (
    <Panel title="Enhancement curve">
      {isOpen ? (
        <Phases
          key={candidates.map(({ id }) => id).join()}
          candidates={candidates}
          own={own.length > 1 ? own : candidates.map(({ id }) => id)}
        />
      ) : (
        <Button variant="default" onClick={() => setIsOpen(true)}>
          Curve over {candidates.length} phases
        </Button>
      )}
    </Panel>
  )
}

/** Phases in the order in which a person sees them, each with its seconds from the first one. */
type Timed = readonly { readonly id: string; readonly timeS: number }[]

function Phases({ candidates, own }: { candidates: readonly FoundVolume[]; own: readonly string[] }) {
  const [source, setSource] = useState<TimeSource>()
  const [left, setLeft] = useState<readonly string[]>(candidates.map(({ id }) => id).filter((id) => !own.includes(id)))
  const [byHand, setByHand] = useState<Timed | null>(null)
  const [injectionByHandS, setInjection] = useState<number | null>(null)
  const [of, setOf] = useState<CurveOf>('roi')
  const [options, setOptions] = useState(defaultTimeIntensityOptions)
  const told = useMemo(() => {
    const taken = candidates.filter(({ id }) => !left.includes(id))
    const times = timePhases(
      taken.map(({ volume }) => factsOf(volume)),
      { ...(source && { chosen: source }) },
    )
    const ordered = times.order.map((at) => taken[at])
    return { times, taken, ordered, rise: ordered.length > 1 ? checkRise(ordered[0].volume, ordered[1].volume) : [] }
  }, [candidates, left, source])
  const rows: Timed = useMemo(
    () =>
      byHand?.filter(({ id }) => !left.includes(id)) ?? told.ordered.map(({ id }, i) => ({ id, timeS: told.times.timesS[i] })),
    [byHand, left, told],
  )
  const injectionS = injectionByHandS ?? told.times.injectionS
  const nameById = new Map(candidates.map(({ id, name }) => [id, name]))
  const chosen = useMemo(() => {
    const foundById = new Map(candidates.map((found) => [found.id, found]))
    return [...rows].sort((a, b) => a.timeS - b.timeS).map(({ id, timeS }) => ({ found: foundById.get(id)!, timeS }))
  }, [candidates, rows])
  const phases = useMemo(() => chosen.map(({ found }) => found), [chosen])
  const timesS = useMemo(() => chosen.map(({ timeS }) => timeS - injectionS), [chosen, injectionS])
  const setTime = (id: string, timeS: number) => setByHand(rows.map((row) => (row.id === id ? { id, timeS } : row)))
  // The two phases change places; the times stay where they are.
  const swap = (at: number) =>
    setByHand(
      rows.map((row, i) =>
        i === at ? { ...rows[at + 1], timeS: row.timeS } : i === at + 1 ? { ...rows[at], timeS: row.timeS } : row,
      ),
    )
  const choose = (ids: readonly string[]) => {
    setLeft(ids)
    setByHand(null)
  }
  const { times, rise } = told
  return (
    <>
      <p className="dim">
        {byHand ? 'Order and times set by hand.' : describeTimesFrom(times)} The first is the baseline. Seconds count from the
        injection
        {injectionByHandS === null && (times.injectionProved ? ' that the files tell' : ', assumed just before the second phase')}
        .
      </p>
      {times.decision && !byHand && (
        <Notice kind="warn">
          Two times in the files put the phases in different orders. Choose the right one:
          {times.decision.options.map((option) => (
            <Button
              key={option.source}
              size="compact-xs"
              variant={option.source === times.from ? 'light' : 'default'}
              aria-pressed={option.source === times.from}
              onClick={() => setSource(option.source)}
              styles={{ root: { height: 'auto', marginTop: 4 }, label: { whiteSpace: 'normal', textAlign: 'left' } }}
            >
              By {nameTimeSource(option.source)}: {option.order.map((at) => told.taken[at].name).join(' → ')}
            </Button>
          ))}
        </Notice>
      )}
      {!byHand &&
        [...times.warnings, ...rise].map((warning) =>
          warning.code === 'fewPhases' ? null : (
            <Notice key={warning.code + ('after' in warning ? warning.after : '')} kind="warn">
              {describePhaseWarning(warning)}
            </Notice>
          ),
        )}
      <ol aria-label="Phases by time" style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 6 }}>
        {rows.map(({ id, timeS }, i) => (
          <li key={id} className="row" style={{ flexWrap: 'nowrap', gap: 4 }}>
            <Checkbox
              size="xs"
              style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}
              label={nameById.get(id)}
              checked
              onChange={() => choose([...left, id])}
            />
            <NumberInput
              aria-label={`Time of ${nameById.get(id)}`}
              size="xs"
              w={76}
              suffix=" s"
              hideControls
              decimalScale={1}
              value={Math.round(10 * (timeS - injectionS)) / 10}
              onChange={(value) =>
                typeof value === 'number' && Math.abs(value - (timeS - injectionS)) > 0.051 && setTime(id, value + injectionS)
              }
            />
            <ActionIcon size={24} aria-label={`Move ${nameById.get(id)} up`} disabled={i === 0} onClick={() => swap(i - 1)}>
              <IconChevronUp size={14} />
            </ActionIcon>
            <ActionIcon
              size={24}
              aria-label={`Move ${nameById.get(id)} down`}
              disabled={i === rows.length - 1}
              onClick={() => swap(i)}
            >
              <IconChevronDown size={14} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {left.map((id) => (
        <Checkbox
          key={id}
          size="xs"
          label={nameById.get(id)}
          checked={false}
          onChange={() => choose(left.filter((one) => one !== id))}
        />
      ))}
      <div className="control">
        <span>Injection</span>
        <NumberInput
          aria-label="Injection, seconds after the first phase"
          size="xs"
          suffix=" s after the first"
          hideControls
          decimalScale={1}
          value={Math.round(10 * injectionS) / 10}
          onChange={(value) => typeof value === 'number' && Math.abs(value - injectionS) > 0.051 && setInjection(value)}
        />
      </div>
      {(byHand || injectionByHandS !== null || source) && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            setByHand(null)
            setInjection(null)
            setSource(undefined)
          }}
        >
          Back to the files' order
        </Button>
      )}
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
      <Curve phases={phases} timesS={timesS} options={options} of={of} />
      <EnhancementColours phases={phases} />
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
