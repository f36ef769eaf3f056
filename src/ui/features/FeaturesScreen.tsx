import { useDeferredValue, useState } from 'react'
import { useStore } from 'zustand'
import { screenStore } from '../../state/screen.ts'
import { extractionStore, imagesStore, roiStore } from '../../state/session.ts'
import { Button } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { formatVolume, formatVoxels } from '../shared/formatNumber.ts'
import { ParameterForm } from './ParameterForm.tsx'
import { ParameterPanel } from './ParameterPanel.tsx'
import { PreflightPanel } from './PreflightPanel.tsx'
import { ResultPanel } from './ResultPanel.tsx'
import { RunPanel } from './RunPanel.tsx'

/** From image and region to features: which parameters, is the case fit for them, and the table. */
export function FeaturesScreen() {
  const [isEditing, setIsEditing] = useState(false)
  return (
    <div className="screen withInspector">
      {isEditing ? <ParameterForm onClose={() => setIsEditing(false)} /> : <ResultsColumn />}
      <aside className="inspector" aria-label="Inspector">
        <RunPanel isEditing={isEditing} />
        <PreflightPanel />
        <ParameterPanel isEditing={isEditing} onEdit={() => setIsEditing(true)} />
      </aside>
    </div>
  )
}

function ResultsColumn() {
  const { open, voxelCount, volumeCm3 } = useStore(roiStore)
  // The table is much to draw: what the run panel says of the end comes before it.
  const run = useDeferredValue(useStore(extractionStore, (state) => state.run))
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1>What does the ROI measure?</h1>
          <p className="dim">
            {run.status === 'done'
              ? `${run.about.imageName}, ROI of ${formatVoxels(run.about.voxelCount)}, ${run.parametersName}${run.result.partial ? ', partial: it was cancelled' : ''}`
              : open && voxelCount > 0
                ? `${open.imageName}, ROI of ${formatVolume(volumeCm3)}`
                : 'The features of one region in one image'}
          </p>
        </div>
      </header>
      {run.status === 'done' ? <ResultPanel run={run} /> : <BeforeResults />}
    </div>
  )
}

function BeforeResults() {
  const hasImages = useStore(imagesStore, (state) => state.volumes.length > 0)
  const { open, voxelCount } = useStore(roiStore)
  const status = useStore(extractionStore, (state) => state.run.status)
  const missing = !open
    ? hasImages
      ? 'Open an image first.'
      : 'There is no image yet.'
    : voxelCount === 0
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
