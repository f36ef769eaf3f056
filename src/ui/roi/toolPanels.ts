export { BrushPanel } from './BrushPanel.tsx'
export { DrawOverPanel } from './DrawOverPanel.tsx'
export { GrowPanel } from './GrowPanel.tsx'
export { PolygonPanel, RulerPanel, ScissorsPanel } from './SketchPanels.tsx'
