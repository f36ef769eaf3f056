import { gunzipSync } from 'fflate'
import { byteText, bytesOfText } from './byteText.ts'
import { isGzip } from './gzip.ts'
import { asNifti1 } from './headers/asNifti1.ts'
import { readNiftiFields } from './headers/niftiHeader.ts'
import type { CodecFormat } from './imageCodec.ts'
import { fileFromBytes, type Bytes, type SourceFile } from './sourceFile.ts'

/** One file with header and voxels out of an .mhd, .nhdr or .hdr and the file that holds its voxels. */
export async function joinVoxelFile(header: SourceFile, voxels: SourceFile, format: CodecFormat): Promise<SourceFile> {
  const [headerBytes, voxelBytes] = await Promise.all([header.bytes(), voxels.bytes()])
  if (format === 'NIfTI') return fileFromBytes(header.path, joinNifti(unpack(headerBytes), unpack(voxelBytes)))
  const text = byteText(headerBytes)
  const joined =
    format === 'MetaImage'
      ? text.replace(/^ElementDataFile\s*=.*\s*$/m, 'ElementDataFile = LOCAL\n')
      : `${text.replace(/^data ?file:.*\r?\n/im, '').trimEnd()}\n\n`
  return fileFromBytes(header.path, concatenate([bytesOfText(joined), voxelBytes]))
}

function unpack(bytes: Bytes): Bytes {
  return isGzip(bytes) ? (gunzipSync(bytes) as Bytes) : bytes
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
