import { laterPart } from '../../shared/laterPart.tsx'

/** Brings the models' arithmetic, which a table is scored without. */
export const PatientCard = laterPart(() => import('./PatientCard.tsx').then((file) => file.PatientCard))
