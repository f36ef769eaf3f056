import type { Bytes } from '../sourceFile.ts'
import { readNiftiFields } from './niftiFields.ts'

const secondsPerUnit: Readonly<Record<number, number>> = { 8: 1, 16: 1e-3, 24: 1e-6 }

/** Seconds from one volume of a 4D NIfTI file to the next; undefined where the file does not tell them with their unit. */
export function niftiTimeStep(head: Bytes): number | undefined {
  const fields = readNiftiFields(head)
  if (!fields) return undefined
  const unit = secondsPerUnit[fields.xyztUnits & 0x38]
  const step = fields.pixdim[4]
  return unit !== undefined && step > 0 && Number.isFinite(step) ? step * unit : undefined
}
