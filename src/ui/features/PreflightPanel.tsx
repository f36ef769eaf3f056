import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { checkCase } from '../../core/extraction/checkCase.ts'
import { planExtraction } from '../../core/parameters/profiles/pyradiomics.ts'
import { Facts } from '../shared/Facts.tsx'
import { formatCount, formatNumber, formatVoxels } from '../shared/formatNumber.ts'
import { Notice } from '../shared/Notice.tsx'
import { Panel } from '../shared/Panel.tsx'
import { GreyLevels } from './GreyLevels.tsx'
import { useShownTable } from './useShownTable.ts'
import { useSession } from '../shared/session.ts'
import { say } from '../../messages/say.ts'

/** Whoever presses Extract at once, or goes on changing the parameters, does not wait for a count. */
const countAfterMs = 500

/** Is this region fit for these parameters? Told before anything is computed. */
export function PreflightPanel() {
  const { countGreyLevels, extractionStore, greyLevelStore, roiStore } = useSession()
  const { open, revision, voxelCount, drawnBox } = useStore(roiStore)
  const parameters = useStore(extractionStore, (state) => state.parameters)
  const plan = useMemo(() => planExtraction(parameters), [parameters])
  const isExtracting = useStore(extractionStore, (state) => state.run.status === 'running')
  // What a table that is up to date says of the grey levels need not be counted again.
  const { table, age } = useShownTable()
  const isKnown = table !== undefined && table.key === open?.key && !table.isPartial && age.length === 0
  const check = useMemo(
    () => (open && voxelCount > 0 && drawnBox ? { revision, ...checkCase(open.image, open.mask, drawnBox, plan) } : undefined),
    [open, voxelCount, drawnBox, revision, plan],
  )
  // Why a region is refused is told once: counting would end with the same words.
  const isRefused = check?.isRefused === true
  useEffect(() => {
    if (isExtracting || isKnown || isRefused) return
    const timer = setTimeout(countGreyLevels, countAfterMs)
    return () => clearTimeout(timer)
  }, [open, revision, parameters, isExtracting, isKnown, isRefused, countGreyLevels])
  useEffect(() => () => greyLevelStore.getState().cancel(), [greyLevelStore])

  if (!check || !open) return null
  return (
    <Panel title="Before you extract">
      <Facts
        entries={[
          ['ROI', formatVoxels(check.voxelCount)],
          ['Slices', formatCount(check.sliceCount)],
          ['Grey values', `${formatNumber(check.minimum)} to ${formatNumber(check.maximum)}`],
        ]}
      />
      {check.warnings.map(say).map((warning) => (
        <Notice key={warning} kind="warn">
          {warning}
        </Notice>
      ))}
      {!isKnown && !isRefused && <GreyLevels about={{ imageId: open.imageId, maskRevision: revision, parameters }} />}
    </Panel>
  )
}
