import { laterPart } from '../shared/laterPart.tsx'

/** What the first screen does not need while no file has been opened. */
export const VolumeList = laterPart(() => import('../images/VolumeList.tsx').then((file) => file.VolumeList))
export const KeptRois = laterPart(() => import('../images/KeptRois.tsx').then((file) => file.KeptRois))
export const RoiScreen = laterPart(() => import('../roi/RoiScreen.tsx').then((file) => file.RoiScreen))
export const FeaturesScreen = laterPart(() => import('../features/FeaturesScreen.tsx').then((file) => file.FeaturesScreen))
export const KeysHelp = laterPart(() => import('../commands/KeysHelp.tsx').then((file) => file.KeysHelp))
