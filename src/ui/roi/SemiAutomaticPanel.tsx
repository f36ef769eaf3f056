import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SemiAutomaticTool } from '../../state/screen.ts'
import { FoldedPanel } from '../shared/FoldedPanel.tsx'
import { ContourTool } from './ContourTool.tsx'
import { EnhancementTool } from './EnhancementTool.tsx'
import { SeedsTool } from './SeedsTool.tsx'
import { useSession } from '../shared/session.ts'

const tools: Record<SemiAutomaticTool, () => ReactNode> = {
  seeds: SeedsTool,
  contour: ContourTool,
  enhancement: EnhancementTool,
}

/** Tools that find the region from a few strokes or clicks. */
export function SemiAutomaticPanel() {
  const { roiStore, screenStore, seedsStore } = useSession()
  const isOpen = useStore(roiStore, (state) => state.open !== null)
  const { semiAutomatic: tool, semiAutomaticOpen, chooseSemiAutomatic, openSemiAutomatic } = useStore(screenStore)
  if (!isOpen) return null
  const Tool = tools[tool]
  return (
    <FoldedPanel title="Semi-automatic" isOpen={semiAutomaticOpen} onToggle={openSemiAutomatic}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Semi-automatic tool"
        value={tool}
        onChange={(value) => {
          seedsStore.getState().draw(false)
          chooseSemiAutomatic(value)
        }}
        data={[
          { value: 'seeds', label: 'Strokes' },
          { value: 'contour', label: 'Contour' },
          { value: 'enhancement', label: 'DCE' },
        ]}
      />
      <Tool />
    </FoldedPanel>
  )
}
