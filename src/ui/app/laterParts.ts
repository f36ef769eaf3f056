import { laterPart } from '../shared/laterPart.tsx'

/** What the first screen does not need. */
export const RoiScreen = laterPart(() => import('../roi/RoiScreen.tsx').then((file) => file.RoiScreen))
export const FeaturesScreen = laterPart(() => import('../features/FeaturesScreen.tsx').then((file) => file.FeaturesScreen))
export const EvaluateScreen = laterPart(() => import('../analysis/EvaluateScreen.tsx').then((file) => file.EvaluateScreen))
export const StudyScreen = laterPart(() => import('../analysis/study/StudyScreen.tsx').then((file) => file.StudyScreen))
export const KeysHelp = laterPart(() => import('../commands/KeysHelp.tsx').then((file) => file.KeysHelp))
