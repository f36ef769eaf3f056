import type { Patient } from '../core/study/study.ts'
import { firstLesion, nothingTold } from '../core/study/unnamedStudy.ts'

/** 16 random bytes, in hexadecimal digits. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A patient of whom nothing is known but her number. */
export function newPatient(number: number): Patient {
  return { id: randomId(), label: `P${String(number).padStart(4, '0')}`, lesions: [{ id: firstLesion }], ...nothingTold }
}
