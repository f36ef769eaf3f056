import { laterPart } from '../../shared/laterPart.tsx'

/** How patients are held out by chance, where no column says it. */
export const SplitSettings = laterPart(() => import('./SplitSettings.tsx').then((file) => file.SplitSettings))

/** Statuses by rules, where the columns can be read so. */
export const StatusCard = laterPart(() => import('./StatusCard.tsx').then((file) => file.StatusCard))
