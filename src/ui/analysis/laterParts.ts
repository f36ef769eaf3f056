import { laterPart } from '../shared/laterPart.tsx'

/** Brings the evaluation's arithmetic, which the way in does without. */
export const EvaluateView = laterPart(() => import('./evaluate/EvaluateView.tsx').then((file) => file.EvaluateView))
