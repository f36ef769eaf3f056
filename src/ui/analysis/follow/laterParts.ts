import { laterPart } from '../../shared/laterPart.tsx'

/** Most numbers lead to patients: what one or a feature is comes when it is asked for. */
export const PatientCard = laterPart(() => import('./PatientCard.tsx').then((file) => file.PatientCard))
export const FeatureCard = laterPart(() => import('./FeatureCard.tsx').then((file) => file.FeatureCard))
