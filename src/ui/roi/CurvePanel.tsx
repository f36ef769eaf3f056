import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { timeIntensityFigure } from '../../charts/timeIntensityFigure.ts'
import {
  describeTimeIntensity,
  traceHottest,
  traceProbe,
  traceTimeIntensity,
  type CurveType,
} from '../../core/cohort/timeIntensity.ts'
import type { TimeIntensityOptions } from '../../core/cohort/timeIntensityOptions.ts'
import { checkRise } from '../../core/cohort/checkRise.ts'
import { chooseContrastPhase, type ContrastPhases } from '../../core/cohort/chooseContrastPhase.ts'
import { isChoiceClose } from '../../core/cohort/findPhases.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { readsBlind } from '../../core/study/readers.ts'
import { imageIdOf, type Patient } from '../../core/study/study.ts'
import type { FoundVolume } from '../../state/images.ts'
import { findOpenSeries, takePhases } from '../../state/openSeries.ts'
import { noChoices, phaseId, type PhasesState } from '../../state/phases.ts'
import { phasesWords } from '../../messages/words/phasesWords.ts'
import { say, sayError } from '../../messages/say.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { EnhancementColours } from './EnhancementColours.tsx'
import { OrderDecisionNotice } from './OrderDecisionNotice.tsx'
import { PhaseList } from './PhaseList.tsx'
import { countMissing, usePatientOfStudy } from './phasesOfStudy.ts'
import { FailureBoundary } from '../shared/FailureBoundary.tsx'
import { Facts } from '../shared/Facts.tsx'
import { formatAgo, formatFixed } from '../shared/formatNumber.ts'
import { laterPart } from '../shared/laterPart.tsx'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'

const Chart = laterPart(() => import('../../charts/Chart.tsx').then((file) => file.Chart))
const chartHeight = 190

/** What a curve is traced in. */
type CurveOf = 'roi' | 'hottest' | 'probe'
/** Of the probe at the cursor. */
const probeRadiusMm = 2
const curveNames: Readonly<Record<CurveOf, string>> = {
  roi: 'of the ROI',
  hottest: 'of the hottest voxels',
  probe: 'at the cursor',
}

/** The course of the ROI's mean over images on the same grid, which the user chooses as phases. */
export function CurvePanel() {
  const { curvesStore, enhancementStore, listPhasesOfVisit, openPhases, patientsStore, roiStore } = useSession()
  const open = useStore(roiStore, (state) => state.open)
  useStore(patientsStore, (state) => state.patients)
  const kept = useStore(curvesStore, ({ curves }) => (open ? curves[open.key] : undefined))
  // Colours that lie over the image can be taken away here.
  const [isOpen, setIsOpen] = useState(() => enhancementStore.getState().isShown)
  const now = useNow(30_000)
  const ofStudy = usePatientOfStudy(open?.imageKey)
  /** The patient whose phases were read, as far as they could be. */
  const [readOf, setReadOf] = useState<string>()
  const patient = ofStudy?.id
  useEffect(() => {
    if (!isOpen || patient === undefined) return
    let isWanted = true
    void openPhases(patient).then(() => isWanted && setReadOf(patient))
    return () => void (isWanted = false)
  }, [isOpen, openPhases, patient])
  if (!open) return null
  const images = listPhasesOfVisit()
  const { found, own, ownIds, candidates, key } = findOpenSeries(images, phaseId(open.image))
  // Phases of the study that are not open come with the curve.
  const missing = countMissing(ofStudy, candidates)
  // A study says which its phases are: another image on their grid is none of them.
  const ofSeries = candidates.filter(({ id }) => isPhase(ofStudy, id)).map(({ id }) => id)
  if (candidates.length + missing < 2) return null
  const others = found.filter((series) => series.isDce && series !== own)
  const isClose = isChoiceClose(
    found,
    images.map(({ volume }) => volume),
  )
  return (
    <Panel title="Enhancement curve">
      {isOpen ? (
        <>
          {missing > 0 &&
            (readOf === patient ? <NotRead missing={missing} /> : <p role="status">Reading {missing} more phases</p>)}
          {candidates.length > 1 && (missing === 0 || readOf === patient) && (
            <Phases key={key} series={key} candidates={candidates} own={ofStudy?.dce ? ofSeries : ownIds} />
          )}
        </>
      ) : (
        <Button variant="default" onClick={() => setIsOpen(true)}>
          Curve over {ofStudy?.dce?.phases.length ?? ownIds.length} phases
        </Button>
      )}
      {!isOpen && kept?.description.type && (
        <p className="dim">
          Type {kept.description.type} over {kept.phases.length} phases, traced {formatAgo(now - kept.savedAt)}.
        </p>
      )}
      {others.length > 0 && (
        <Notice kind={isClose ? 'warn' : 'info'}>
          This visit has {others.length === 1 ? 'another dynamic series' : `${others.length} other dynamic series`}:{' '}
          {others.map(({ phases }) => `${images[phases[0]].name} (${phases.length} phases)`).join('; ')}.
          {isClose && ' Two of them are equally good by their headers: look at both before you choose.'} Open an image of it to
          see its curve.
        </Notice>
      )}
    </Panel>
  )
}

const isPhase = (patient: Patient | undefined, id: string): boolean =>
  patient?.dce?.phases.some(({ image }) => image === imageIdOf(id)) ?? false

function NotRead({ missing }: { missing: number }) {
  return (
    <Notice kind="warn">
      {missing === 1 ? 'One phase' : `${missing} phases`} of this series could not be read: the curve is without{' '}
      {missing === 1 ? 'it' : 'them'}, and does not choose the phase for the study.
    </Notice>
  )
}

function Phases({
  series,
  candidates,
  own,
}: {
  /** Its key among the choices. */
  series: string
  candidates: readonly FoundVolume[]
  /** Those that are phases unless a person chose others. */
  own: readonly string[]
}) {
  const { curvesStore, phasesStore } = useSession()
  const choices = useStore(phasesStore, (state) => state.choices[series]) ?? noChoices
  const choose = (changes: Parameters<PhasesState['choose']>[1]) => phasesStore.getState().choose(series, changes)
  const { source, byHand, afterContrast } = choices
  const [of, setOf] = useState<CurveOf>('roi')
  const { options, setOptions } = useStore(curvesStore)
  const { left, taken, times, phases, rows } = useMemo(() => takePhases(candidates, own, choices), [candidates, own, choices])
  // As the files order them: what a person put elsewhere is not doubted.
  const rise = useMemo(() => {
    const [first, second] = times.order.map((at) => taken[at].volume)
    return second ? checkRise(first, second) : []
  }, [taken, times])
  const injectionS = choices.injectionS ?? times.injectionS
  const nameOf = (id: string) => candidates.find((one) => one.id === id)?.name ?? ''
  const timesS = useMemo(() => rows.map(({ timeS }) => timeS - injectionS).sort((a, b) => a - b), [rows, injectionS])
  return (
    <>
      <p className="dim">
        {byHand ? 'Order and times set by hand.' : phasesWords().describeTimesFrom(times)} The first is the baseline. Seconds
        count from the injection
        {choices.injectionS === undefined &&
          (times.injectionProved ? ' that the files tell' : ', assumed just before the second phase')}
        .
      </p>
      {times.decision && !byHand && (
        <OrderDecisionNotice
          decision={times.decision}
          images={taken}
          taken={times.from}
          onChoose={({ source, order }) => choose({ source, bySource: order.map((at) => taken[at].id) })}
        />
      )}
      {!byHand &&
        [...times.warnings, ...rise].map((warning) =>
          warning.code === 'few-phases' ? (
            <p key={say(warning)} className="dim">
              {say(warning)}
            </p>
          ) : (
            <Notice key={say(warning)} kind="warn">
              {say(warning)}
            </Notice>
          ),
        )}
      <PhaseList
        rows={rows}
        nameOf={nameOf}
        left={left}
        injectionS={injectionS}
        onTimes={(byHand) => choose({ byHand })}
        onLeave={(left) => choose({ left, byHand: undefined })}
        onInjection={(injectionS) => choose({ injectionS })}
      />
      {(byHand || choices.injectionS !== undefined || source) && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => choose({ byHand: undefined, injectionS: undefined, source: undefined, bySource: undefined })}
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
        onChange={(value) => setOf(value)}
        data={[
          { value: 'roi', label: 'ROI' },
          { value: 'hottest', label: 'Hottest 3 × 3' },
          { value: 'probe', label: `Cursor, ${formatFixed(probeRadiusMm, 0)} mm` },
        ]}
      />
      <Curve
        phases={phases}
        timesS={timesS}
        options={options}
        of={of}
        afterContrast={afterContrast}
        onAfterContrast={(id) => choose({ afterContrast: id })}
      />
      <EnhancementColours phases={phases} />
    </>
  )
}

function trace(
  mask: Mask | undefined,
  phases: readonly FoundVolume[],
  timesS: readonly number[],
  options: TimeIntensityOptions,
  of: CurveOf,
  probe: Triple | null,
  _revision: number,
) {
  if (!mask || phases.length < 2) return { problem: 'Choose at least two phases.' }
  try {
    const volumes = phases.map(({ volume }) => volume)
    const region = traceTimeIntensity(volumes, timesS, mask)
    const isDrawn = !region.means.some(Number.isNaN)
    if (!isDrawn && !probe) return { problem: 'Nothing is drawn yet: draw the ROI, or choose the cursor.' }
    const hottest = of === 'hottest' ? traceHottest(volumes, mask, region, options) : null
    if (of === 'hottest' && !hottest) return { problem: 'No 3 × 3 voxels of a slice lie in the ROI.' }
    const curve = hottest?.curve ?? (probe ? traceProbe(volumes, timesS, probe, probeRadiusMm) : region)
    const description = describeTimeIntensity(curve, options)
    // The phases are those of the whole tumour, whatever part of it is looked at.
    const ofRegion = isDrawn ? { ...region, description: describeTimeIntensity(region, options) } : undefined
    const contrast = ofRegion ? chooseContrastPhase(region.means, ofRegion.description.type) : null
    return { curve: ofRegion, description, contrast, centre: hottest?.centre, figure: timeIntensityFigure(curve, description) }
  } catch (error) {
    return { problem: sayError(error) }
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
  afterContrast,
  onAfterContrast,
}: {
  phases: readonly FoundVolume[]
  timesS: readonly number[]
  options: TimeIntensityOptions
  of: CurveOf
  afterContrast: string | undefined
  onAfterContrast: (id: string) => void
}) {
  const { curvesStore, handStore, roiStore } = useSession()
  const viewer = useStore(handStore, (state) => state.viewer)
  const [cursor, setCursor] = useState<Triple | null>(() => viewer?.getState().cursor?.index ?? null)
  useEffect(() => viewer?.on('cursor', (at) => setCursor(at?.index ?? null)), [viewer])
  const probe = of === 'probe' ? cursor : null
  const mask = useStore(roiStore, (state) => state.open?.mask)
  const revision = useStore(roiStore, (state) => state.revision)
  // The mask is painted in place: `revision` tells that it changed.
  const traced = useMemo(
    () => trace(mask, phases, timesS, options, of, probe, revision),
    [mask, phases, timesS, options, of, probe, revision],
  )
  const { curve } = traced
  useEffect(() => {
    const { open } = roiStore.getState()
    if (!open || !curve) return
    const { key, imageKey: image, reader, lesion } = open
    curvesStore.getState().keep({ key, image, reader, lesion, phases: phases.map(({ id }) => id), options, ...curve })
  }, [curve, curvesStore, options, phases, roiStore])
  if (traced.problem !== undefined) return <Notice kind="warn">{traced.problem}</Notice>
  const { description, contrast, centre, figure } = traced
  const percent = (value: number) => `${formatFixed(value, 1)} %`
  return (
    <>
      <FailureBoundary>
        <div style={{ minHeight: chartHeight }}>
          <Chart figure={figure} label={`Enhancement ${curveNames[of]} over time`} height={chartHeight} />
        </div>
      </FailureBoundary>
      <Facts
        entries={[
          ['Type', description.type ?? 'not to be told'],
          ['Wash-in', `${percent(description.washInPercent)}, ${formatFixed(description.washInPercentPerS, 2)} %/s`],
          ['Peak', `${formatFixed(description.peakTimeS, 0)} s, ${percent(description.peakPercent)}`],
          ['Early peak to last', percent(description.washOutPercent)],
        ]}
      />
      {centre && (
        <Button size="compact-xs" variant="default" onClick={() => viewer?.moveCursor({ index: centre })}>
          Go to the hottest voxels
        </Button>
      )}
      {contrast && (
        <ContrastPhasesOfCurve
          contrast={contrast}
          curve={curve?.description.type}
          phases={phases}
          chosen={afterContrast}
          onChoose={onAfterContrast}
        />
      )}
    </>
  )
}

/** Which phases stand for T1WI and T1WI+C; where the curve leaves two for the latter, a person says which. */
function ContrastPhasesOfCurve({
  contrast: { before, after, decision },
  curve,
  phases,
  chosen,
  onChoose,
}: {
  contrast: ContrastPhases
  curve: CurveType | undefined
  phases: readonly FoundVolume[]
  chosen: string | undefined
  onChoose: (id: string) => void
}) {
  const nameOf = (phase: number) => `${phases[phase].name} (phase ${phase + 1})`
  const byHand = decision ? decision.options.find((phase) => phases[phase].id === chosen) : undefined
  const peak = decision && byHand === undefined ? undefined : (byHand ?? after)
  return (
    <>
      <Facts
        entries={[
          ['T1WI', nameOf(before)],
          ['T1WI+C', peak === undefined ? 'to be decided' : nameOf(peak)],
        ]}
      />
      {peak !== undefined && <PeakOfStudy phases={phases} peak={peak} curve={curve ?? null} />}
      {decision && (
        <Notice kind={byHand === undefined ? 'warn' : 'info'}>
          The curve rises to the end (type I), but the ROI is brightest before the last phase. T1WI+C is:
          {decision.options.map((phase, i) => (
            <Button
              key={phases[phase].id}
              size="compact-xs"
              variant={phase === byHand ? 'light' : 'default'}
              aria-pressed={phase === byHand}
              style={{ marginTop: 4 }}
              onClick={() => onChoose(phases[phase].id)}
            >
              {i === 0 ? 'The brightest' : 'The last'}: {nameOf(phase)}
            </Button>
          ))}
        </Notice>
      )}
    </>
  )
}

/** Of a study, the phase that the curve of the first reader's ROI chose is taken as T1WI+C by a click, which its journal keeps. */
function PeakOfStudy({ phases, peak, curve }: { phases: readonly FoundVolume[]; peak: number; curve: CurveType | null }) {
  const { listPhasesOfVisit, readersStore, roiStore, workListStore } = useSession()
  const { reader, study } = useStore(readersStore)
  const imageKey = useStore(roiStore, (state) => state.open?.imageKey)
  const patient = usePatientOfStudy(imageKey)
  const image = imageIdOf(phases[peak].id)
  const at = patient?.dce?.phases.findIndex((phase) => phase.image === image) ?? -1
  // The ROI of an image that is no phase, such as a T2, is another one's.
  if (
    !patient?.dce ||
    at < 1 ||
    imageKey === undefined ||
    !isPhase(patient, imageKey) ||
    readsBlind(study, reader) ||
    countMissing(patient, listPhasesOfVisit()) > 0
  )
    return null
  if (patient.dce.peak === at && patient.dce.curve === curve)
    return <p className="dim">In the study, T1WI+C of {patient.label} is this phase.</p>
  const former =
    patient.dce.peak === null ? 'the first after contrast, as long as no curve tells it' : `phase ${patient.dce.peak + 1}`
  return (
    <>
      <p className="dim">
        In the study, T1WI+C of {patient.label} is {former}. What is drawn on it stays with it.
      </p>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void workListStore.getState().choosePeak(patient.id, { peak: at, curve })}
      >
        Take this phase and type for the study
      </Button>
    </>
  )
}
