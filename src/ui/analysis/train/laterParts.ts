import { laterPart } from '../../shared/laterPart.tsx'

/** Applies the models anew. */
export const DependenceCard = laterPart(() => import('./DependenceCard.tsx').then((file) => file.DependenceCard))

/** What writes a model's file comes with the button that opens it. */
export const SaveModel = laterPart(() => import('./SaveModel.tsx').then((file) => file.SaveModel))
