import { laterPart } from '../shared/laterPart.tsx'

/** What the first screen does not need while no file has been opened. */
export const VolumeList = laterPart(() => import('./VolumeList.tsx').then((file) => file.VolumeList))
export const FileProblems = laterPart(() => import('./FileProblems.tsx').then((file) => file.FileProblems))
export const KeptRois = laterPart(() => import('./KeptRois.tsx').then((file) => file.KeptRois))
export const StudyImport = laterPart(() => import('./proposal/StudyImport.tsx').then((file) => file.StudyImport))
export const StudyCard = laterPart(() => import('./proposal/StudyCard.tsx').then((file) => file.StudyCard))
