import { useMemo } from 'react'
import { useStore } from 'zustand'
import { checkCase } from '../../state/checkCase.ts'
import { extractionStore, roiStore } from '../../state/session.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatCount, formatNumber } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'

/** Is this region fit for these parameters? Told before anything is computed. */
export function PreflightPanel() {
  const { open, revision, voxelCount } = useStore(roiStore)
  const settings = useStore(extractionStore, (state) => state.parameters.settings)
  const check = useMemo(
    () => (open && voxelCount > 0 ? { revision, ...checkCase(open.image, open.mask, settings) } : undefined),
    [open, voxelCount, revision, settings],
  )
  if (!check) return null
  return (
    <Panel title="Before you extract">
      <Facts
        entries={[
          ['ROI', `${formatCount(check.voxelCount)} voxels`],
          ['Slices', formatCount(check.sliceCount)],
          ['Grey values', `${formatNumber(check.minimum)} to ${formatNumber(check.maximum)}`],
          ['Grey levels, about', check.greyLevels === undefined ? undefined : formatCount(check.greyLevels)],
        ]}
      />
      {check.warnings.map((warning) => (
        <Notice key={warning} kind="warn">
          {warning}
        </Notice>
      ))}
    </Panel>
  )
}
