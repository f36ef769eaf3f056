import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { RegionMeasures } from '../../core/mask/measure/measureRegion.ts'
import { nameRegion } from '../../state/patientImages.ts'
import { lesionCss } from '../../state/lesionColour.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatNumber, formatVolume } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'
import { findElsewhere, nameDiameters, writeChange, writeDiameter, writeMeasures, writeMm } from './writeMeasures.ts'

/** Where what is being measured for the first time will stand: were there nothing, the panels below would move under the hand. */
const underway = '…'

/** What the ROI measures, while it is drawn. */
export function MeasuresPanel() {
  const { handStore, listImagesOfPatient, measuresStore, patientsStore, roiStore, seedsStore } = useSession()
  const viewer = useStore(handStore, (state) => state.viewer)
  const open = useStore(roiStore, (state) => state.open)
  const revision = useStore(roiStore, (state) => state.revision)
  const voxelCount = useStore(roiStore, (state) => state.voxelCount)
  const kept = useStore(roiStore, (state) => state.kept)
  const { measures, problem } = useStore(measuresStore)
  const [underWay, setUnderWay] = useState({ revision, voxels: 0 })

  useEffect(
    () =>
      viewer?.on('maskChanged', ({ added, removed }) => {
        // Strokes that say what is not the tumour are no part of the ROI.
        if (seedsStore.getState().isDrawing) return
        setUnderWay((before) => {
          const now = roiStore.getState().revision
          return { revision: now, voxels: (before.revision === now ? before.voxels : 0) + added - removed }
        })
      }),
    [roiStore, seedsStore, viewer],
  )

  const count = voxelCount + (underWay.revision === revision ? underWay.voxels : 0)
  if (!open || count === 0) return null
  const [x, y, z] = open.image.spacingMm
  const volumeMm3 = count * x * y * z
  const diameters = measures?.diameters && nameDiameters(open.image, measures.diameters)
  const elsewhere = findElsewhere(open, volumeMm3, listImagesOfPatient(), kept)
  const waiting = problem === null ? underway : null
  return (
    <Panel title="Measures">
      <Facts
        entries={[
          ['Volume', `${formatNumber(volumeMm3, 5)} mm³`],
          ['Longest in axial', diameters ? writeDiameter(diameters.axial) : measures ? undefined : waiting],
          ['Across it', diameters ? writeMm(diameters.axial.orthogonalMm) : waiting],
          ['Longest in sagittal', diameters ? writeDiameter(diameters.sagittal) : waiting],
          ['Longest in coronal', diameters ? writeDiameter(diameters.coronal) : waiting],
          ['Longest in 3D', measures ? writeMm(measures.greatestMm) : waiting],
          ['Mean ± SD', measures ? `${formatNumber(measures.mean, 4)} ± ${formatNumber(measures.sd, 4)}` : waiting],
        ]}
      />
      {problem !== null && <Notice kind="error">The ROI could not be measured: {say(problem)}</Notice>}
      {measures
        ? measures.histogram.counts.length > 0 && <Histogram measures={measures} colour={lesionCss(open.lesion)} />
        : waiting && <Histogram />}
      {elsewhere.length > 0 && (
        <>
          <p className="subtitle">Volume elsewhere, and here against it</p>
          <Facts
            entries={elsewhere.map(({ name, volumeCm3, changePercent }) => [
              name,
              `${formatVolume(volumeCm3)}, ${writeChange(changePercent)}`,
            ])}
          />
        </>
      )}
      <CopyText
        disabled={!measures}
        text={() =>
          writeMeasures({
            stem: nameRegion(patientsStore.getState(), open).stem,
            image: open.image,
            voxelCount: count,
            measures: measures!,
            elsewhere,
          })
        }
      />
    </Panel>
  )
}

/** The measures as lines of text, for a report. */
function CopyText({ disabled, text }: { disabled: boolean; text: () => string }) {
  const [copied, setCopied] = useState<string | null>(null)
  const [isRefused, setIsRefused] = useState(false)
  const now = disabled ? null : text()
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        disabled={disabled}
        leftSection={<IconCopy size={13} />}
        onClick={() => {
          const lines = text()
          navigator.clipboard.writeText(lines).then(
            () => {
              setIsRefused(false)
              setCopied(lines)
            },
            () => setIsRefused(true),
          )
        }}
      >
        {copied !== null && copied === now ? 'Copied' : 'Copy as text'}
      </Button>
      {isRefused && now !== null && (
        <Notice kind="warn">
          The browser does not let the page write to the clipboard. Select the lines and copy them: <pre>{now}</pre>
        </Notice>
      )}
    </>
  )
}

const [width, height] = [260, 46]

/** @param measures missing while they are on their way: then it takes its room alone */
function Histogram({ measures, colour }: { measures?: RegionMeasures; colour?: string }) {
  const [low, high] = measures ? [formatNumber(measures.minimum, 4), formatNumber(measures.maximum, 4)] : [underway, underway]
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-label={measures ? `Histogram of the grey levels in the ROI, from ${low} to ${high}` : 'Grey levels being counted'}
      >
        {measures && <path d={outline(measures.histogram.counts)} fill={colour} shapeRendering="crispEdges" />}
        <path d={`M0 ${height - 0.5}H${width}`} stroke="var(--line)" />
      </svg>
      <figcaption className="row dim number" style={{ justifyContent: 'space-between', fontSize: 12 }}>
        <span>{low}</span>
        <span>grey level</span>
        <span>{high}</span>
      </figcaption>
    </figure>
  )
}

function outline(counts: RegionMeasures['histogram']['counts']): string {
  const highest = counts.reduce((most, count) => Math.max(most, count), 1)
  const step = width / counts.length
  return Array.from(counts, (count, i) => {
    const top = height - (height * count) / highest
    return `M${i * step} ${height}V${top}h${step}V${height}z`
  }).join('')
}
