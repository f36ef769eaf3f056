import {
  IconArrowsMove,
  IconBrush,
  IconColorPicker,
  IconContrast,
  IconCrosshair,
  IconEraser,
  IconPolygon,
  IconRulerMeasure,
  IconScissors,
  IconSeeding,
  IconZoomIn,
  type Icon,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Tool } from '../../viewer/index.ts'
import { laterPart } from '../shared/laterPart.tsx'

interface ToolParts {
  readonly icon: Icon
  /** Decides itself when it is shown; tools may share one. */
  readonly panel?: ComponentType
}

/** The image and the tools themselves come first. */
const BrushPanel = laterPart(() => import('./BrushPanel.tsx').then((file) => file.BrushPanel))
const sketchPanels = () => import('./SketchPanels.tsx')

/** What the screen adds to the tools of the viewer. */
export const toolParts: Readonly<Record<Tool, ToolParts>> = {
  cursor: { icon: IconCrosshair },
  window: { icon: IconContrast },
  pan: { icon: IconArrowsMove },
  zoom: { icon: IconZoomIn },
  brush: { icon: IconBrush, panel: BrushPanel },
  eraser: { icon: IconEraser, panel: BrushPanel },
  thresholdBrush: { icon: IconColorPicker, panel: BrushPanel },
  polygon: { icon: IconPolygon, panel: laterPart(() => sketchPanels().then((file) => file.PolygonPanel)) },
  scissors: { icon: IconScissors, panel: laterPart(() => sketchPanels().then((file) => file.ScissorsPanel)) },
  grow: { icon: IconSeeding, panel: laterPart(() => import('./GrowPanel.tsx').then((file) => file.GrowPanel)) },
  ruler: { icon: IconRulerMeasure, panel: laterPart(() => sketchPanels().then((file) => file.RulerPanel)) },
}

/** Each once, in the order of the tools. */
export const toolPanels: readonly ComponentType[] = [
  ...new Set(Object.values(toolParts).flatMap(({ panel }) => (panel ? [panel] : []))),
]
