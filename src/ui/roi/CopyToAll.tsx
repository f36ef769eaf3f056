import { Button, Progress } from '@mantine/core'
import { IconCopyPlus } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { runOfReader, type CopyRow } from '../../state/copyRoi.ts'
import type { PatientImage } from '../../state/patients.ts'
import { formatFixed, formatVoxels } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** One act lays the ROI on all other images of the patient; then what became of it on each. */
export function CopyToAll({ others }: { others: readonly PatientImage[] }) {
  const { copyStore, openImage, roiStore } = useSession()
  const { run: last, copyToAll, cancel, dismiss } = useStore(copyStore)
  const { open, voxelCount } = useStore(roiStore)
  const run = runOfReader(last, open?.reader)
  if (run.status === 'running') {
    return (
      <>
        <Progress.Root>
          <Progress.Section
            value={(100 * run.done) / run.total}
            aria-label="Progress of the copies"
            aria-valuetext={`${run.done} of ${run.total}`}
          />
        </Progress.Root>
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <span className="dim ellipsis" style={{ flex: 1 }} role="status" title={run.name}>
            {run.done + 1} of {run.total}: {run.name}
          </span>
          <Button variant="default" style={{ flex: 'none' }} onClick={cancel}>
            Cancel
          </Button>
        </div>
      </>
    )
  }
  if (run.status === 'idle') {
    // One is copied to by its name.
    if (others.length === 1) return null
    return (
      <Button
        variant="default"
        leftSection={<IconCopyPlus size={15} />}
        disabled={voxelCount === 0}
        title="By position in the patient, as aligned. ROIs that are drawn there stay."
        onClick={() => void copyToAll(others)}
      >
        Copy to all {others.length} other sequences
      </Button>
    )
  }
  const { rows, isCancelled, imageId, imageName } = run
  const drawn = rows.filter(({ outcome }) => outcome === 'drawn').map(({ target }) => target)
  const laid = rows.filter(({ outcome }) => outcome === 'laid').length
  return (
    <Notice kind={laid === rows.length && !isCancelled ? 'safe' : 'info'} onClose={dismiss}>
      <strong>
        ROI of {imageName} copied to {laid} of {rows.length} {rows.length === 1 ? 'sequence' : 'sequences'}
        {isCancelled && ', then cancelled'}
      </strong>
      <ul className="copies" aria-label="What became of each copy">
        {rows.map((row) => (
          <li key={row.target.found.id}>
            <button
              type="button"
              className="ellipsis"
              title={`Go to ${row.target.name}`}
              disabled={row.target.found.id === open?.imageId}
              onClick={() => void openImage(row.target.found)}
            >
              {row.target.name}
            </button>
            <span className={row.outcome === 'laid' ? 'dim' : undefined}>{describeRow(row)}</span>
          </li>
        ))}
      </ul>
      {laid > 0 && <p className="dim">Look at each and correct it; Undo on an image takes its copy back.</p>}
      {drawn.length > 0 && open?.imageId === imageId && (
        <Button size="compact-xs" variant="default" onClick={() => void copyToAll(drawn, { replaces: true })}>
          {drawn.length === 1 ? 'Replace the ROI that was there' : `Replace the ${drawn.length} ROIs that were there`}
        </Button>
      )}
    </Notice>
  )
}

function describeRow({ outcome, voxelCount, outsideFraction, isAligned, isOtherExamination, reason }: CopyRow): string {
  switch (outcome) {
    case 'laid':
      return [
        `${formatVoxels(voxelCount)}${isAligned ? ' as aligned' : ''}`,
        outsideFraction > 0 && `${formatFixed(100 * outsideFraction, 1)} % lies outside and was cut off`,
        isOtherExamination && 'of another examination: look closely',
      ]
        .filter(Boolean)
        .join('; ')
    case 'drawn':
      return 'not copied: an ROI is there already'
    case 'locked':
      return 'not copied: its ROI is locked'
    case 'outside':
      return 'not copied: the ROI lies outside it'
    case 'tooCoarse':
      return 'not copied: its voxels are too large for the ROI'
    case 'notAligned':
      return 'not copied: scanned in another position and not aligned. Align it under Second image'
    case 'failed':
      return `not copied: ${reason ? say(reason) : ''}`
  }
}
