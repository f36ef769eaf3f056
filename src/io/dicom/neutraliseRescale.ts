import dicomParser, { type DataSet } from 'dicom-parser'
import type { Bytes } from '../sourceFile.ts'
import { toUsualFile } from './toUsualFile.ts'

/** Rescale slope and intercept, and those of the Real World Value Mapping, which ITK applies to MR. */
const slopes = new Set(['x00281053', 'x00409225'])
const intercepts = new Set(['x00281052', 'x00409224'])

/**
 * A copy of a DICOM file in which every rescale slope is 1 and every intercept 0, and MONOCHROME1 is MONOCHROME2, so that ITK
 * hands over the stored values: MONOCHROME1 says how they are shown (PS3.3 C.7.6.3.1.2), ITK would turn them upside down.
 * ITK's series reader keeps the slope of one file for others (measured: a PET series of three slopes gets the third one
 * everywhere, and mixed pixel types give garbage), so slope and intercept of each slice are applied by our own code.
 */
export function neutraliseRescale(bytes: Bytes): Bytes {
  const dataSet = parseHeader(bytes)
  const copy = new Uint8Array(dataSet.byteArray)
  const visit = ({ elements, byteArrayParser }: DataSet) => {
    for (const { tag, vr, dataOffset, length, items } of Object.values(elements)) {
      items?.forEach((item) => item.dataSet && visit(item.dataSet))
      if (tag === 'x00280004' && length >= 11 && copy[dataOffset + 10] === '1'.charCodeAt(0)) copy[dataOffset + 10]++
      if (length <= 0 || !(slopes.has(tag) || intercepts.has(tag))) continue
      const value = slopes.has(tag) ? 1 : 0
      if (vr === 'FD' || tag.startsWith('x0040'))
        new DataView(copy.buffer).setFloat64(dataOffset, value, byteArrayParser.readUint16(new Uint8Array([1, 0]), 0) === 1)
      else
        copy.set(
          [...String(value).padEnd(length, ' ')].map((character) => character.charCodeAt(0)),
          dataOffset,
        )
    }
  }
  visit(dataSet)
  return copy
}

/** What is missing in uncompressed pixel data, or undefined. ITK fills what is cut off with whatever lies in memory. */
export function findShortage(
  bytes: Bytes,
): 'no pixels' | { readonly presentBytes: number; readonly expectedBytes: number } | undefined {
  const { elements, ...dataSet } = parseHeader(bytes)
  const pixels = elements.x7fe00010
  if (!pixels) return 'no pixels'
  if (pixels.hadUndefinedLength || pixels.encapsulatedPixelData) return undefined
  const present = Math.min(bytes.length - pixels.dataOffset, pixels.length)
  const read = (tag: string) => (elements[tag] ? dataSet.byteArrayParser.readUint16(bytes, elements[tag].dataOffset) : 0)
  const frames = elements.x00280008
    ? Number(
        new TextDecoder()
          .decode(bytes.subarray(elements.x00280008.dataOffset, elements.x00280008.dataOffset + elements.x00280008.length))
          .trim(),
      )
    : 1
  const expected = (read('x00280010') * read('x00280011') * read('x00280100') * frames) / 8
  return present < expected ? { presentBytes: present, expectedBytes: expected } : undefined
}

function parseHeader(bytes: Bytes): DataSet {
  return dicomParser.parseDicom(toUsualFile(bytes), { untilTag: 'x7fe00010' })
}
