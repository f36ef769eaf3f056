import type { VoxelArray } from '../../core/numeric/voxelArray.ts'
import type { Bytes } from '../sourceFile.ts'
import { parseDataSet, plainSyntaxes, stringOf } from './dicomElements.ts'

export type StoredValues = Extract<VoxelArray, Uint8Array | Int8Array | Uint16Array | Int16Array>

/**
 * The stored values of a DICOM file, frame after frame, where its header leaves no doubt what they are: a whole file of
 * uncompressed grey values of 8 or 16 bits in little endian, right-aligned, with nothing in the bits above. ITK, which needs
 * tens of times as long, reads the same values from such a file.
 * @returns undefined for every other file: that one is for ITK to read or to refuse
 */
export function readPlainPixels(bytes: Bytes): StoredValues | undefined {
  const dataSet = parseDataSet(bytes)
  if (!dataSet) return undefined
  const { elements, byteArray } = dataSet
  const text = (tag: string) => stringOf(dataSet, elements[tag]) ?? ''
  const [rows, columns, samples, allocated, stored, highBit, signed] = [
    'x00280010', 'x00280011', 'x00280002', 'x00280100', 'x00280101', 'x00280102', 'x00280103',
  ].map((tag) => (elements[tag]?.length === 2 ? dataSet.uint16(tag) : undefined)) // prettier-ignore
  const pixels = elements.x7fe00010
  const isPlain =
    plainSyntaxes.includes(text('x00020010')) &&
    text('x00080016') !== '' &&
    /^MONOCHROME[12]$/.test(text('x00280004')) &&
    samples === 1 &&
    (allocated === 8 || allocated === 16) &&
    stored !== undefined &&
    stored >= 1 &&
    stored <= allocated &&
    highBit === stored - 1 &&
    (signed === 0 || signed === 1)
  if (!isPlain || !pixels || pixels.hadUndefinedLength || pixels.encapsulatedPixelData) return undefined
  const length = (rows ?? 0) * (columns ?? 0) * Number(text('x00280008') || 1)
  const size = (length * allocated) / 8
  // One byte may be added to an odd number of them.
  if (!(size > 0) || pixels.length !== size + (size % 2) || pixels.dataOffset + size > byteArray.length) return undefined
  const Stored = { 8: [Uint8Array, Int8Array], 16: [Uint16Array, Int16Array] }[allocated][signed]
  const values = new Stored(byteArray.slice(pixels.dataOffset, pixels.dataOffset + size).buffer)
  return stored === allocated || areWithin(values, stored, signed === 1) ? values : undefined
}

/** Some put other things into the bits above the value. */
function areWithin(values: StoredValues, bits: number, signed: boolean): boolean {
  const [low, high] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1]
  for (let i = 0; i < values.length; i++) if (values[i] < low || values[i] > high) return false
  return true
}
