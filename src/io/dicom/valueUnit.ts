const petUnits: Readonly<Record<string, string>> = {
  BQML: 'Bq/ml, activity concentration and not SUV',
  GML: 'SUV (g/ml)',
  CM2ML: 'SUV by body surface (cm2/ml)',
  CNTS: 'counts, not SUV',
  CPS: 'counts per second, not SUV',
  PROPCNTS: 'proportional to counts, not SUV',
  PROPCPS: 'proportional to counts per second, not SUV',
}
const suvTypes: Readonly<Record<string, string>> = {
  BW: 'SUV by body weight (g/ml)',
  LBM: 'SUV by lean body mass (g/ml)',
  LBMJAMES128: 'SUV by lean body mass (g/ml)',
  LBMJANMA: 'SUV by lean body mass (g/ml)',
  BSA: 'SUV by body surface (cm2/ml)',
  IBW: 'SUV by ideal body weight (g/ml)',
}

/** In what the values of a PET series are, from its Units, SUVType and DecayCorrection; undefined for other images. */
export function petUnit({ Modality, Units, SUVType, DecayCorrection }: Readonly<Record<string, string>>): string | undefined {
  if (Modality !== 'PT') return undefined
  const unit = (Units === 'GML' ? suvTypes[SUVType ?? ''] : undefined) ?? petUnits[Units ?? '']
  const named = unit ?? (Units ? `${Units} (Units of the file), not SUV` : 'unknown (the file gives no Units)')
  return DecayCorrection === 'NONE' ? `${named}, not corrected for decay` : named
}

/** That PET values are no SUV, or are of an unknown unit, a full sentence; undefined where there is nothing to say. */
export function warnAboutPetUnit(attributes: Readonly<Record<string, string>>): string | undefined {
  const unit = petUnit(attributes)
  if (unit === undefined || unit.startsWith('SUV')) return undefined
  return `The unit of the PET values is ${unit}: features of patients with other doses and weights do not compare.`
}
