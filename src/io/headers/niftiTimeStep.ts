import type { Bytes } from '../sourceFile.ts'

const secondsPerUnit: Readonly<Record<number, number>> = { 8: 1, 16: 1e-3, 24: 1e-6 }

/** Seconds from one volume of a 4D NIfTI-1 file to the next; undefined where the file does not tell them with their unit. */
export function niftiTimeStep(head: Bytes): number | undefined {
  if (head.length < 348) return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const littleEndian = view.getInt32(0, true) === 348
  if (!littleEndian && view.getInt32(0, false) !== 348) return undefined
  const unit = secondsPerUnit[view.getUint8(123) & 0x38]
  const step = view.getFloat32(92, littleEndian)
  return unit !== undefined && step > 0 && Number.isFinite(step) ? step * unit : undefined
}
