import type { Protocol } from '../../../core/protocol/protocol.ts'
import type { Screen } from '../../../state/screen.ts'
import { HarmoniseSettings } from '../harmonise/HarmoniseSettings.tsx'
import '../harmonise/harmonise.css'
import { SelectionSettings } from '../select/SelectionSettings.tsx'
import { ModelSettings } from '../train/ModelSettings.tsx'

export interface StepSettingsProps {
  readonly screen: Screen
  readonly protocol: Protocol
  readonly onProtocol: (protocol: Protocol) => void
}

/** The settings of a step behind its button; agreement is a step of the selection. */
export function StepSettings({ screen, ...editing }: StepSettingsProps) {
  if (screen === 'harmonise') return <HarmoniseSettings {...editing} />
  if (screen === 'agree' || screen === 'select') return <SelectionSettings {...editing} />
  return screen === 'train' ? <ModelSettings {...editing} /> : null
}
