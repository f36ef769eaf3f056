import { gunzipSync } from 'fflate'
import { isGzip } from './gzip.ts'
import type { CodecFormat } from './imageCodec.ts'
import { fileFromBytes, type Bytes, type SourceFile } from './sourceFile.ts'

/** One file with header and voxels out of an .mhd, .nhdr or .hdr and the file that holds its voxels. */
export async function joinVoxelFile(header: SourceFile, voxels: SourceFile, format: CodecFormat): Promise<SourceFile> {
  const [headerBytes, voxelBytes] = await Promise.all([header.bytes(), voxels.bytes()])
  if (format === 'NIfTI') return fileFromBytes(header.path, joinNifti(unpack(headerBytes), unpack(voxelBytes)))
  const text = new TextDecoder('latin1').decode(headerBytes)
  const joined =
    format === 'MetaImage'
      ? text.replace(/^ElementDataFile\s*=.*\s*$/m, 'ElementDataFile = LOCAL\n')
      : `${text.replace(/^data ?file:.*\r?\n/im, '').trimEnd()}\n\n`
  return fileFromBytes(header.path, concatenate([latin1Bytes(joined), voxelBytes]))
}

function unpack(bytes: Bytes): Bytes {
  return isGzip(bytes) ? (gunzipSync(bytes) as Bytes) : bytes
}

/** NIfTI-1 of two files (magic ni1) as one of a single file (magic n+1, voxels from byte 352). */
function joinNifti(header: Bytes, voxels: Bytes): Bytes {
  const joined = concatenate([header.slice(0, 348), new Uint8Array(4), voxels])
  const view = new DataView(joined.buffer)
  joined.set(
    [...'n+1\0'].map((character) => character.charCodeAt(0)),
    344,
  )
  view.setFloat32(108, 352, view.getInt32(0, true) === 348)
  return joined
}

function latin1Bytes(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
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
