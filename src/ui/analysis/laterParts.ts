import { laterPart } from '../shared/laterPart.tsx'

/** Brings the evaluation's arithmetic, which the way in does without. */
export const EvaluateView = laterPart(() => import('./evaluate/EvaluateView.tsx').then((file) => file.EvaluateView))

/** Counts that are typed. */
export const CountsView = laterPart(() => import('./counts/CountsView.tsx').then((file) => file.CountsView))

/** What the ways in do without until a table is open. */
export const ColumnsView = laterPart(() => import('./ColumnsView.tsx').then((file) => file.ColumnsView))
export const StudyColumns = laterPart(() => import('./study/StudyColumns.tsx').then((file) => file.StudyColumns))
export const CohortsView = laterPart(() => import('./cohorts/CohortsView.tsx').then((file) => file.CohortsView))

/** Of a step that is not computed yet: a run may fail by them. */
export const StepSettings = laterPart(() => import('./settings/StepSettings.tsx').then((file) => file.StepSettings))

/** Who is behind each step of the leak guard. */
export const GuardTable = laterPart(() => import('./study/GuardTable.tsx').then((file) => file.GuardTable))

/** The first way in, of a page that has a study. */
export const OwnDoor = laterPart(() => import('./own/OwnDoor.tsx').then((file) => file.OwnDoor))
export const OwnChanged = laterPart(() => import('./own/OwnChanged.tsx').then((file) => file.OwnChanged))

/** What a number was followed to. */
export const FollowPanel = laterPart(() => import('./follow/FollowPanel.tsx').then((file) => file.FollowPanel))

/** What was computed of a study, a screen a step; with them come their figures. */
export const HarmoniseScreen = laterPart(() => import('./harmonise/HarmoniseScreen.tsx').then((file) => file.HarmoniseScreen))
export const AgreeScreen = laterPart(() => import('./agree/AgreeScreen.tsx').then((file) => file.AgreeScreen))
export const SelectScreen = laterPart(() => import('./select/SelectScreen.tsx').then((file) => file.SelectScreen))
export const TrainScreen = laterPart(() => import('./train/TrainScreen.tsx').then((file) => file.TrainScreen))
