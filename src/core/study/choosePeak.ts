import type { RoleSpec } from './roles.ts'
import type { DceSet, Patient, StudyImage } from './study.ts'

/** What a curve tells of a patient's dynamic series. */
export interface PeakChoice {
  /** Counts phases from 0. */
  readonly peak: number
  readonly curve: DceSet['curve']
}

/**
 * A patient of whom a curve told which phase is the brightest: the role of that phase moves to its image, unless a person gave the role, or
 * another one to that image. What is drawn on the phase before stays with it.
 * @param images hers
 * @returns null where she has no such phase after the first
 */
export function choosePeak(
  patient: Patient,
  images: readonly StudyImage[],
  roles: readonly RoleSpec[],
  { peak, curve }: PeakChoice,
): { readonly patient: Patient; readonly images: readonly StudyImage[] } | null {
  const { dce } = patient
  const phase = dce?.phases[peak]
  if (!dce || !phase || peak < 1) return null
  const role = roles.find((spec) => spec.phase === 'peak')?.id
  const before = images.find((image) => image.role === role)
  const wanted = images.find(({ id }) => id === phase.image)
  const isSaid = before?.roleFrom === 'person' || (wanted?.roleFrom === 'person' && wanted.role !== role)
  const moves = role !== undefined && wanted !== undefined && before !== wanted && !isSaid
  return {
    patient: { ...patient, dce: { ...dce, peak, curve } },
    images: moves
      ? images.map((image) =>
          image === wanted
            ? { ...image, role, roleFrom: 'dce' }
            : image === before
              ? { ...image, role: null, roleFrom: 'dce' }
              : image,
        )
      : images,
  }
}
