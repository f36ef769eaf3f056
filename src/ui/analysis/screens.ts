/* The screens of the analysis in one part of the page: what they share is not cut into many files. */
export { AnalysisSteps } from './AnalysisSteps.tsx'
export { EvaluateScreen } from './EvaluateScreen.tsx'
export { RunningAnalysis } from './study/RunningAnalysis.tsx'
export { StudyScreen } from './study/StudyScreen.tsx'
