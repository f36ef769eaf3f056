import { laterPart } from '../shared/laterPart.tsx'

/** What few patients need: most have one lesion. */
export const Lesions = laterPart(() => import('./Lesions.tsx').then((file) => file.Lesions))
export const LesionFiles = laterPart(() => import('./Lesions.tsx').then((file) => file.LesionFiles))
/** What is there once both readers have locked an ROI, and what asks why one of them is unlocked. */
export const ComparisonPanel = laterPart(() => import('./ComparisonPanel.tsx').then((file) => file.ComparisonPanel))
export const Unlock = laterPart(() => import('./Unlock.tsx').then((file) => file.Unlock))
/** Once something is drawn. */
export const MeasuresPanel = laterPart(() => import('./MeasuresPanel.tsx').then((file) => file.MeasuresPanel))
/** Of a dynamic series. */
export const PhasesPanel = laterPart(() => import('./PhasesPanel.tsx').then((file) => file.PhasesPanel))
/** Of patients with several images. */
export const CopyToAll = laterPart(() => import('./CopyToAll.tsx').then((file) => file.CopyToAll))
/** Once there is something to see beside the panels. */
export const PanelDivider = laterPart(() => import('./PanelDivider.tsx').then((file) => file.PanelDivider))
/** When they are asked for. */
export const PhaseTiles = laterPart(() => import('./PhaseTiles.tsx').then((file) => file.PhaseTiles))
export const ProjectionView = laterPart(() => import('./ProjectionView.tsx').then((file) => file.ProjectionView))
export const SurfaceView = laterPart(() => import('./SurfaceView.tsx').then((file) => file.SurfaceView))
/** While a mask is looked at. */
export const MaskReviewPanel = laterPart(() => import('./MaskReviewPanel.tsx').then((file) => file.MaskReviewPanel))
/** Over what all tools draw. */
export const DrawOverPanel = laterPart(() => import('./DrawOverPanel.tsx').then((file) => file.DrawOverPanel))
