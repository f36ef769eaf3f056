import type { Sequence } from '../../core/simulate/simulateStudy.ts'

/* How files of a simulated study are called, from its folder; readers are 1 and 2. */

export const imagePath = (id: string, name: string) => `images/${id}/${name}.nii`
export const maskPath = (id: string, sequence: Sequence, reader: 1 | 2) => `masks/${id}/${sequence}.${reader}.nii.gz`

/** @param phase of those that were acquired, from 0 */
export const nameDcePhase = (phase: number) => `DCE-${phase + 1}`
