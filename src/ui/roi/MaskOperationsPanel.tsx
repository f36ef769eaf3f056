import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Axis } from '../../core/mask/brush.ts'
import type { MaskEdit } from '../../core/mask/edit/editMask.ts'
import { gridPlanes, planes, type Plane } from '../../viewer/index.ts'
import { FoldedPanel } from '../shared/FoldedPanel.tsx'
import { interpolate } from './interpolate.ts'
import { LengthInput } from './LengthInput.tsx'
import { useSession } from '../shared/session.ts'

/** What can be done to the region as a whole. Each shows what it would make first. */
export function MaskOperationsPanel() {
  const session = useSession()
  const { maskOperationStore, roiStore } = session
  const open = useStore(roiStore, (state) => state.open)
  const isEmpty = useStore(roiStore, (state) => state.voxelCount === 0)
  const isBusy = useStore(maskOperationStore, (state) => state.run.status === 'running')
  const [smallestMm3, setSmallest] = useState(10)
  const [smoothMm, setSmooth] = useState(3)
  const [marginMm, setMargin] = useState(2)
  if (!open) return null
  const axes = gridPlanes(open.image.direction)
  const axisOf = (plane: Plane): Axis => axes[plane].through.axis
  const start = (action: string, edit: MaskEdit) => void maskOperationStore.getState().start(action, { kind: 'edit', edit })
  const button = (text: string, name: string, onClick: () => void) => (
    <Button key={name} size="compact-sm" variant="default" aria-label={name} disabled={isEmpty || isBusy} onClick={onClick}>
      {text}
    </Button>
  )
  return (
    <FoldedPanel title="Mask operations">
      {isEmpty && <p className="dim">Draw an ROI first.</p>}
      <Operation name="Fill holes">
        {button('In 3D', 'Fill holes in 3D', () => start('Fill holes', { kind: 'fillHoles', sliceAxis: null }))}
        {button('By axial slice', 'Fill holes by axial slice', () =>
          start('Fill holes by slice', { kind: 'fillHoles', sliceAxis: axisOf('axial') }),
        )}
      </Operation>
      <Operation name="Islands">
        {button('Keep largest', 'Keep the largest island', () => start('Keep largest island', { kind: 'keepLargest' }))}
      </Operation>
      <Operation name="Below">
        <LengthInput isNarrow label="Islands smaller than" unit="mm³" step={5} value={smallestMm3} onChange={setSmallest} />
        {button('Remove', 'Remove small islands', () => start('Remove small islands', { kind: 'removeSmall', smallestMm3 }))}
      </Operation>
      <Operation name="Smooth">
        <LengthInput isNarrow label="Smoothing width" value={smoothMm} onChange={setSmooth} />
        {button('Median', 'Smooth by median', () => start('Smooth (median)', { kind: 'median', kernelMm: smoothMm }))}
        {button('Closing', 'Smooth by closing', () => start('Smooth (closing)', { kind: 'closing', radiusMm: smoothMm }))}
      </Operation>
      <Operation name="Margin">
        <LengthInput isNarrow label="Margin" step={0.5} value={marginMm} onChange={setMargin} />
        {button('Grow', 'Grow the margin', () => start(`Grow by ${marginMm} mm`, { kind: 'grow', marginMm }))}
        {button('Shrink', 'Shrink the margin', () => start(`Shrink by ${marginMm} mm`, { kind: 'shrink', marginMm }))}
      </Operation>
      <Operation name="Interpolate">
        {planes.map((plane) =>
          button(capitalise(plane), `Interpolate between ${plane} slices`, () => interpolate(session, plane, axisOf(plane))),
        )}
      </Operation>
      <p className="dim">Interpolate fills the slices between those drawn in that plane.</p>
    </FoldedPanel>
  )
}

function Operation({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="operation">
      <span>{name}</span>
      <div className="row">{children}</div>
    </div>
  )
}

function capitalise(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
