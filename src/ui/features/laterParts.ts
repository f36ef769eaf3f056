import { laterPart } from '../shared/laterPart.tsx'

/** What one ROI does not need. */
const batch = () => import('./batch/parts.ts')
export const BatchColumn = laterPart(() => batch().then((file) => file.BatchColumn))
export const BatchPanel = laterPart(() => batch().then((file) => file.BatchPanel))

export const ParameterForm = laterPart(() => import('./ParameterForm.tsx').then((file) => file.ParameterForm))
