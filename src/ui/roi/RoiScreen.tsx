import { VisuallyHidden } from '@mantine/core'
import { memo, useDeferredValue, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { CurvePanel } from './CurvePanel.tsx'
import { DisplayPanel } from './DisplayPanel.tsx'
import { ComparisonPanel, DrawOverPanel, MaskReviewPanel, MeasuresPanel, PanelDivider, PhasesPanel } from './laterParts.ts'
import { MaskOperationsPanel } from './MaskOperationsPanel.tsx'
import { OperationPanel } from './OperationPanel.tsx'
import { ReaderPanel } from './ReaderPanel.tsx'
import { SecondImagePanel } from './SecondImagePanel.tsx'
import { RoiNotices } from './RoiNotices.tsx'
import { RoiPanel } from './RoiPanel.tsx'
import { SemiAutomaticPanel } from './SemiAutomaticPanel.tsx'
import { SequencesPanel } from './SequencesPanel.tsx'
import { ToolColumn } from './ToolColumn.tsx'
import { toolPanels } from './toolParts.ts'
import { Views } from './Views.tsx'
import { PatientStrip } from './workList/PatientStrip.tsx'
import { useSession } from '../shared/session.ts'
import '../../messages/sayImages.ts'
import './roi.css'
import { useLanguage } from '../shared/useLanguage.ts'

/** See and draw. It stays alive behind other screens, so that the image need not be loaded again. */
export function RoiScreen({ shown }: { shown: boolean }) {
  const { layoutStore } = useSession()
  const { panelsPx, areFolded } = useStore(layoutStore, (state) => state.layout)
  return (
    <div
      className="screen roi"
      inert={!shown}
      data-folded={areFolded || undefined}
      // In the unit in which the page's style grows with its text.
      style={{ '--panels': `${panelsPx / 16}rem` } as CSSProperties}
    >
      {shown && <VisuallyHidden component="h1">ROI</VisuallyHidden>}
      <RoiContents />
      <PanelDivider />
    </div>
  )
}

/** Another screen in front changes nothing in it. */
const RoiContents = memo(function RoiContents() {
  useLanguage()
  const { maskReviewStore } = useSession()
  const isReviewing = useStore(maskReviewStore, (state) => state.proposal !== null)
  // The panels are much to draw at once: the image comes first.
  const hasPanels = useDeferredValue(true, false)
  return (
    <>
      <ToolColumn />
      <Views />
      <aside className="inspector" aria-label="Inspector">
        <PatientStrip />
        <RoiNotices />
        {isReviewing ? (
          <MaskReviewPanel />
        ) : (
          hasPanels && (
            <>
              <div className="inHand">
                <OperationPanel />
              </div>
              {toolPanels.map((ToolPanel, i) => (
                <ToolPanel key={i} />
              ))}
              <DrawOverPanel />
              <RoiPanel />
              <MeasuresPanel />
              <MaskOperationsPanel />
              <SemiAutomaticPanel />
              <ReaderPanel />
              <ComparisonPanel />
              <PhasesPanel />
              <SequencesPanel />
              <SecondImagePanel />
              <CurvePanel />
            </>
          )
        )}
        {hasPanels && <DisplayPanel />}
      </aside>
    </>
  )
})
