import type { Message } from '../../core/messages/message.ts'
import { tell, type PetUnit } from './messages.ts'

const petUnits: Readonly<Record<string, PetUnit>> = {
  BQML: 'activity',
  GML: 'suv',
  CM2ML: 'suvBySurface',
  CNTS: 'counts',
  CPS: 'countRate',
  PROPCNTS: 'likeCounts',
  PROPCPS: 'likeCountRate',
}
const suvTypes: Readonly<Record<string, PetUnit>> = {
  BW: 'suvByWeight',
  LBM: 'suvByLeanMass',
  LBMJAMES128: 'suvByLeanMass',
  LBMJANMA: 'suvByLeanMass',
  BSA: 'suvBySurface',
  IBW: 'suvByIdealWeight',
}

type Attributes = Readonly<Record<string, string>>

/** In what the values of a PET series are, from its Units, SUVType and DecayCorrection; undefined for other images. */
export function petUnit(attributes: Attributes): Message | undefined {
  const { Modality, Units, DecayCorrection } = attributes
  if (Modality !== 'PT') return undefined
  const unit = unitOf(attributes)
  return tell('pet-unit', { unit, ...(unit === 'other' && { given: Units }), isUncorrected: DecayCorrection === 'NONE' })
}

/** That PET values are no SUV, or are of an unknown unit; undefined where there is nothing to say. */
export function warnAboutPetUnit(attributes: Attributes): Message | undefined {
  const unit = petUnit(attributes)
  return unit && !unitOf(attributes).startsWith('suv') ? tell('pet-unit-not-suv', { unit }) : undefined
}

function unitOf({ Units, SUVType }: Attributes): PetUnit {
  const known = (Units === 'GML' ? suvTypes[SUVType ?? ''] : undefined) ?? petUnits[Units ?? '']
  return known ?? (Units ? 'other' : 'unknown')
}
