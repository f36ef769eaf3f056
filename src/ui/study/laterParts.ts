import { laterPart } from '../shared/laterPart.tsx'

/** What nobody needs before a hospital's table is opened. */
export const ClinicalSheet = laterPart(() => import('./clinical/ClinicalSheet.tsx').then((file) => file.ClinicalSheet))
