import { laterPart } from '../shared/laterPart.tsx'

/** What few patients need: most have one lesion. */
export const Lesions = laterPart(() => import('./Lesions.tsx').then((file) => file.Lesions))
export const LesionFiles = laterPart(() => import('./Lesions.tsx').then((file) => file.LesionFiles))
