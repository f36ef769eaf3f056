import { laterPart } from '../../shared/laterPart.tsx'

/** Applies the models anew. */
export const DependenceCard = laterPart(() => import('./DependenceCard.tsx').then((file) => file.DependenceCard))
