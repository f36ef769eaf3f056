import { byteText } from '../byteText.ts'
import { gunzipHead, isGzip } from '../gzip.ts'
import type { Bytes } from '../sourceFile.ts'
import type { OtherKind } from './messages.ts'
import { parseMetaHeader } from '../headers/metaHeader.ts'
import { parseNiftiHeader } from '../headers/niftiHeader.ts'
import { parseNrrdHeader } from '../headers/nrrdHeader.ts'
import type { RawHeader } from '../headers/rawHeader.ts'
import { niftiHeaderBytes, readNiftiFields } from '../headers/niftiFields.ts'

export type FileFormat = 'NIfTI' | 'NRRD' | 'MetaImage' | 'DICOM' | 'zip'

export interface RecognisedFile {
  readonly format: FileFormat
  /** The file's own words, for formats whose header our code reads. */
  readonly header?: RawHeader
}

/** Bytes from the start of a file that `recogniseFormat` wants to see: a text header of usual length. */
export const recognisedBytes = 65536

/** The first bytes of the content, as many as `recogniseFormat` wants to see. @param start of the file, which may be gzipped */
export function contentHead(start: Bytes): Bytes {
  if (!isGzip(start)) return start
  // Gzipped images are NIfTI nearly always, whose header is short, and unpacking is slow here.
  const few = gunzipHead(start, niftiHeaderBytes)
  return readNiftiFields(few) ? few : gunzipHead(start, recognisedBytes)
}

/** What a file is, by its content, whatever its name; undefined if it is none of ours. @param head its first bytes, gunzipped. */
export function recogniseFormat(head: Bytes): RecognisedFile | undefined {
  const nifti = parseNiftiHeader(head)
  if (nifti) return { format: 'NIfTI', header: nifti }
  // Text of all of it takes longer than all else that is done with a DICOM header.
  const start = byteText(head.subarray(0, 512))
  const nrrd = start.startsWith('NRRD') ? parseNrrdHeader(byteText(head)) : undefined
  if (nrrd) return { format: 'NRRD', header: nrrd }
  const meta = /^\s*(ObjectType|NDims|Comment|$)/.test(start) ? parseMetaHeader(byteText(head)) : undefined
  if (meta) return { format: 'MetaImage', header: meta }
  if (start.slice(128, 132) === 'DICM' || startsAsBareDicom(head)) return { format: 'DICOM' }
  if (start.startsWith('PK\x03\x04')) return { format: 'zip' }
  return undefined
}

/** DICOM without preamble, as some old archives write it: starts with an element of group 0002 or 0008. */
function startsAsBareDicom(head: Bytes): boolean {
  if (head.length < 132) return false
  const group = head[0] | (head[1] << 8)
  const element = head[2] | (head[3] << 8)
  const explicitVr = /^[A-Z]{2}$/.test(String.fromCharCode(head[4], head[5]))
  const shortLength = head[6] + head[7] === 0 && head[4] + head[5] * 256 < 256
  return (group === 2 || group === 8) && element <= 0x20 && (explicitVr || shortLength)
}

const otherKinds: readonly (readonly [RegExp, OtherKind])[] = [
  [/^\x89PNG/, 'png'],
  [/^\xff\xd8\xff/, 'jpeg'],
  [/^%PDF/, 'pdf'],
  [/^GIF8/, 'gif'],
  [/^(II\*\0|MM\0\*)/, 'tiff'],
  [/^\x89HDF/, 'hdf5'],
  [/^Rar!|^7z\xbc\xaf/, 'archive'],
  [/^BZh[1-9]/, 'bzip2'],
  [/^\xfd7zXZ/, 'xz'],
  [/^\x28\xb5\x2f\xfd/, 'zstd'],
]

/** What a file that is no image of ours seems to be. */
export function otherKindOf(head: Bytes): OtherKind {
  if (isGzip(head)) return 'gzipInGzip'
  const text = byteText(head.subarray(0, 512))
  const size = head.length >= 348 ? new DataView(head.buffer, head.byteOffset) : undefined
  if (size && [size.getInt32(0, true), size.getInt32(0, false)].includes(348)) return 'analyze'
  const known = otherKinds.find(([pattern]) => pattern.test(text))
  if (known) return known[1]
  return [...text].every((character) => character >= ' ' || /\s/.test(character)) ? 'text' : 'unknown'
}
