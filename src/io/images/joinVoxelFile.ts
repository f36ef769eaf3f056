import { decompressSync } from 'fflate'
import { byteText, bytesOfText } from '../byteText.ts'
import { gunzipWhole, isGzip } from '../gzip.ts'
import { asNifti1 } from '../headers/asNifti1.ts'
import { readNiftiFields } from '../headers/niftiFields.ts'
import type { CodecFormat } from './imageCodec.ts'
import { fileFromBytes, type Bytes, type SourceFile } from '../sourceFile.ts'

/** One file with header and voxels out of an .mhd, .nhdr or .hdr and the file that holds its voxels. */
export async function joinVoxelFile(header: SourceFile, voxels: SourceFile, format: CodecFormat): Promise<SourceFile> {
  const [headerBytes, voxelBytes] = await Promise.all([header.bytes(), voxels.bytes()])
  if (format === 'NIfTI') return fileFromBytes(header.path, joinNifti(unpack(headerBytes), unpack(voxelBytes)))
  const text = byteText(headerBytes)
  if (format === 'MetaImage') return fileFromBytes(header.path, joinMetaImage(text, voxelBytes))
  const joined = `${text.replace(/^data ?file:.*\r?\n/im, '').trimEnd()}\n\n`
  return fileFromBytes(header.path, concatenate([bytesOfText(joined), voxelBytes]))
}

/** What precedes the voxels in the second file stays there: HeaderSize would be counted in the joined one. */
function joinMetaImage(text: string, voxels: Bytes): Bytes {
  const skipped = Number(/^HeaderSize\s*=\s*(\d+)/m.exec(text)?.[1] ?? 0)
  const joined = text
    .replace(/^HeaderSize\s*=\s*\d+.*\r?\n/m, '')
    .replace(/^ElementDataFile\s*=.*\s*$/m, 'ElementDataFile = LOCAL\n')
  return concatenate([bytesOfText(joined), voxels.subarray(skipped)])
}

/**
 * A MetaImage in one file whose voxels are packed, with its voxels unpacked.
 * @throws if they do not unpack
 */
export function unpackMetaImage(content: Bytes): Bytes {
  const text = byteText(content)
  const { index, 0: line } = /^ElementDataFile\s*=[^\n]*\n/m.exec(text)!
  const header = text.slice(0, index).replace(/^CompressedData(Size)?\s*=.*\r?\n/gm, '')
  return concatenate([bytesOfText(header + line), decompressSync(content.subarray(index + line.length))])
}

/** A MetaImage whose whole numbers of four bytes have the name by which ITK knows them; nothing is moved. */
export function renameLongs(content: Bytes): Bytes {
  const { index, 0: line } = /^ElementType\s*=\s*MET_U?LONG/m.exec(byteText(content))!
  const renamed = bytesOfText(line.replace('LONG', 'INT '))
  return concatenate([content.subarray(0, index), renamed, content.subarray(index + line.length)])
}

function unpack(bytes: Bytes): Bytes {
  return isGzip(bytes) ? gunzipWhole(bytes) : bytes
}

/** The voxels of a NIfTI of two files begin where the header says, counted in the second one. */
function joinNifti(header: Bytes, voxels: Bytes): Bytes {
  const fields = readNiftiFields(header)!
  return asNifti1(header, fields, voxels.subarray(Math.max(0, fields.voxOffset)))
}

function concatenate(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
