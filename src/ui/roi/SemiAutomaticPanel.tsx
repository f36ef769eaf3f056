import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { roiStore, seedsStore } from '../../state/session.ts'
import { FoldedPanel } from '../shared/FoldedPanel.tsx'
import { ContourTool } from './ContourTool.tsx'
import { EnhancementTool } from './EnhancementTool.tsx'
import { SeedsTool } from './SeedsTool.tsx'

const tools = { seeds: SeedsTool, contour: ContourTool, enhancement: EnhancementTool }

/** Tools that find the region from a few strokes or clicks. */
export function SemiAutomaticPanel() {
  const isOpen = useStore(roiStore, (state) => state.open !== null)
  const [tool, setTool] = useState<keyof typeof tools>('seeds')
  if (!isOpen) return null
  const Tool = tools[tool]
  return (
    <FoldedPanel title="Semi-automatic">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Semi-automatic tool"
        value={tool}
        onChange={(value) => {
          seedsStore.getState().draw(false)
          setTool(value as keyof typeof tools)
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
