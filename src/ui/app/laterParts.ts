import { laterPart } from '../shared/laterPart.tsx'

/** What the first screen does not need. */
export const Tooltip = laterPart(() => import('./Tooltip.ts').then((file) => file.Tooltip))
export const RoiScreen = laterPart(() => import('../roi/RoiScreen.tsx').then((file) => file.RoiScreen))
export const StudyOverview = laterPart(() => import('../study/StudyOverview.tsx').then((file) => file.StudyOverview))
export const WorkList = laterPart(() => import('../roi/workList/WorkList.tsx').then((file) => file.WorkList))
export const AskDialog = laterPart(() => import('../roi/workList/AskDialog.tsx').then((file) => file.AskDialog))
export const StudyCopyDialog = laterPart(() => import('./StudyCopyDialog.tsx').then((file) => file.StudyCopyDialog))
export const SavedElsewhere = laterPart(() => import('./SavedElsewhere.tsx').then((file) => file.SavedElsewhere))
export const FeaturesScreen = laterPart(() => import('../features/FeaturesScreen.tsx').then((file) => file.FeaturesScreen))
export const WhereIsMyData = laterPart(() => import('./WhereIsMyData.tsx').then((file) => file.WhereIsMyData))
export const Presenter = laterPart(() => import('./Presenter.tsx').then((file) => file.Presenter))
export const KeysHelp = laterPart(() => import('../commands/KeysHelp.tsx').then((file) => file.KeysHelp))

const analysis = () => import('../analysis/screens.ts')
export const EvaluateScreen = laterPart(() => analysis().then((file) => file.EvaluateScreen))
export const ReportScreen = laterPart(() => import('../analysis/report/ReportScreen.tsx').then((file) => file.ReportScreen))
export const StudyScreen = laterPart(() => analysis().then((file) => file.StudyScreen))
export const RunningAnalysis = laterPart(() => analysis().then((file) => file.RunningAnalysis))
export const AnalysisSteps = laterPart(() => analysis().then((file) => file.AnalysisSteps))
export const LearnScreen = laterPart(() => import('../analysis/learn/LearnScreen.tsx').then((file) => file.LearnScreen))
export const AnalysisBar = laterPart(() => import('../analysis/AnalysisBar.tsx').then((file) => file.AnalysisBar))
export const ApplyScreen = laterPart(() => import('../analysis/apply/ApplyScreen.tsx').then((file) => file.ApplyScreen))
