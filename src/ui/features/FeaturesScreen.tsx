import { useDeferredValue, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button, SegmentedControl } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { BatchColumn, BatchPanel, ParameterForm } from './laterParts.ts'
import { ParameterPanel } from './ParameterPanel.tsx'
import { PreflightPanel } from './PreflightPanel.tsx'
import { ResultPanel } from './ResultPanel.tsx'
import { RunPanel } from './RunPanel.tsx'
import { TableChoice } from './TableChoice.tsx'
import { useShownTable } from './useShownTable.ts'
import { useSession } from '../shared/session.ts'
import '../../messages/sayImages.ts'
import '../../messages/sayFeatures.ts'
import './features.css'

/** From image and region to features: which parameters, is the case fit for them, and the table. */
export function FeaturesScreen() {
  const { workListStore } = useSession()
  const [isEditing, setIsEditing] = useState(false)
  const hasStudy = useStore(workListStore, ({ importedLabels }) => importedLabels.size > 0)
  const hasSeveral = useStore(workListStore, ({ rows }) => rows.length > 1)
  /** Null: a study that was imported is looked at as a whole. */
  const [chosen, setChosen] = useState<Extent | null>(null)
  const extent = hasSeveral || hasStudy ? (chosen ?? (hasStudy ? 'study' : 'roi')) : 'roi'
  const extentSwitch = (hasSeveral || hasStudy) && (
    <SegmentedControl
      aria-label="Features of"
      value={extent}
      onChange={setChosen}
      data={[
        { value: 'roi', label: 'One ROI' },
        { value: 'study', label: 'Whole study' },
      ]}
    />
  )
  const isOfStudy = extent === 'study'
  return (
    <div className="screen withInspector">
      {isEditing ? (
        <ParameterForm onClose={() => setIsEditing(false)} />
      ) : isOfStudy ? (
        <BatchColumn extentSwitch={extentSwitch} />
      ) : (
        <ResultsColumn extentSwitch={extentSwitch} />
      )}
      <aside className="inspector" aria-label="Inspector">
        {isOfStudy ? (
          <BatchPanel isEditing={isEditing} />
        ) : (
          <>
            <RunPanel isEditing={isEditing} />
            <PreflightPanel />
          </>
        )}
        <ParameterPanel isEditing={isEditing} onEdit={() => setIsEditing(true)} />
      </aside>
    </div>
  )
}

type Extent = 'roi' | 'study'

function ResultsColumn({ extentSwitch }: { extentSwitch: ReactNode }) {
  const { roiStore, tablesStore } = useSession()
  const { open, voxelCount, volumeCm3 } = useStore(roiStore)
  const shown = useShownTable()
  const { table } = shown
  const key = table?.key
  const known = useStore(tablesStore, ({ results }) => (key === undefined ? undefined : results[key]))
  // The table is much to draw: what the run panel says of the end comes before it.
  const result = useDeferredValue(known)
  useEffect(() => {
    if (key !== undefined) void tablesStore.getState().read(key)
  }, [key, tablesStore])
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What does the ROI measure?
          </h1>
          <p className="dim">
            {table
              ? `${table.imageName}, ROI of ${formatVoxels(table.voxelCount)}, ${table.parametersName}${table.isPartial ? ', partial: it was cancelled' : ''}${table.computedOn ? `, computed on ${table.computedOn.host}` : ''}`
              : open && voxelCount > 0
                ? `${open.imageName}, ROI of ${formatVolume(volumeCm3)}`
                : 'The features of one region in one image'}
          </p>
        </div>
        {extentSwitch}
      </header>
      <TableChoice {...shown} />
      {!table ? (
        <BeforeResults />
      ) : result && result === known ? (
        <ResultPanel table={table} lesions={shown.lesions} result={result} />
      ) : (
        <div className="card emptyState">
          <p>The table is being read.</p>
        </div>
      )}
    </div>
  )
}

function BeforeResults() {
  const { extractionStore, imagesStore, otherLesionsStore, roiStore, screenStore } = useSession()
  const hasImages = useStore(imagesStore, (state) => state.volumes.length > 0)
  const { open, voxelCount } = useStore(roiStore)
  const hasOthers = useStore(otherLesionsStore, ({ others }) => others.length > 0)
  const status = useStore(extractionStore, (state) => state.run.status)
  const missing = !open
    ? hasImages
      ? 'Open an image first.'
      : 'There is no image yet.'
    : voxelCount === 0 && !hasOthers
      ? 'There is no ROI on the image yet.'
      : undefined
  return (
    <div className="card emptyState">
      <IconTable size={34} stroke={1.3} color="var(--teal)" aria-hidden />
      {missing ? (
        <>
          <p>{missing}</p>
          <Button variant="default" onClick={() => screenStore.getState().show(open ? 'roi' : 'images')}>
            {open ? 'Draw or load an ROI' : 'Go to Images'}
          </Button>
        </>
      ) : (
        <p>
          {status === 'running'
            ? 'The table comes when the extraction is done.'
            : status === 'failed'
              ? 'Nothing could be measured: the reason stands beside, under Extract.'
              : 'Press Extract features: the table comes here.'}
        </p>
      )}
    </div>
  )
}
