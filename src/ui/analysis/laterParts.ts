import { laterPart } from '../shared/laterPart.tsx'

/** Brings the evaluation's arithmetic, which the way in does without. */
export const EvaluateView = laterPart(() => import('./evaluate/EvaluateView.tsx').then((file) => file.EvaluateView))

/** How patients are held out by chance, where no column says it. */
export const SplitSettings = laterPart(() => import('./study/SplitSettings.tsx').then((file) => file.SplitSettings))

/** Of a step that is not computed yet: a run may fail by them. */
export const StepSettings = laterPart(() => import('./settings/StepSettings.tsx').then((file) => file.StepSettings))

/** What was computed of a study, a screen a step; with them come their figures. */
export const HarmoniseScreen = laterPart(() => import('./harmonise/HarmoniseScreen.tsx').then((file) => file.HarmoniseScreen))
export const AgreeScreen = laterPart(() => import('./agree/AgreeScreen.tsx').then((file) => file.AgreeScreen))
export const SelectScreen = laterPart(() => import('./select/SelectScreen.tsx').then((file) => file.SelectScreen))
export const TrainScreen = laterPart(() => import('./train/TrainScreen.tsx').then((file) => file.TrainScreen))
