import { inflateSync } from 'fflate'
import { byteText } from '../byteText.ts'
import type { Bytes } from '../sourceFile.ts'

const implicitLittleEndian = '1.2.840.10008.1.2'
const explicitLittleEndian = '1.2.840.10008.1.2.1'
const deflated = '1.2.840.10008.1.2.1.99'

/**
 * A DICOM file with preamble, meta header and plain data set, whichever of these it lacks: files of old archives start with
 * the data set itself, and deflated ones pack it. Others are returned as they are.
 */
export function toUsualFile(bytes: Bytes): Bytes {
  const start = byteText(bytes.subarray(0, 1024))
  if (start.slice(128, 132) !== 'DICM') {
    return join(metaHeader(/^[A-Z]{2}$/.test(start.slice(4, 6)) ? explicitLittleEndian : implicitLittleEndian), bytes)
  }
  if (!start.includes(deflated)) return bytes
  const metaEnd = 144 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(140, true)
  return join(metaHeader(explicitLittleEndian), inflateSync(bytes.subarray(metaEnd)))
}

/** Preamble, `DICM`, and the two elements without which no file is read: group length and transfer syntax. */
function metaHeader(transferSyntax: string): Bytes {
  const uid = transferSyntax.length % 2 === 0 ? transferSyntax : `${transferSyntax}\0`
  const header = new Uint8Array(128 + 4 + 12 + 8 + uid.length)
  const view = new DataView(header.buffer)
  const put = (offset: number, text: string) =>
    header.set(
      [...text].map((character) => character.charCodeAt(0)),
      offset,
    )
  put(128, 'DICM\x02\0\0\0UL')
  view.setUint16(138, 4, true)
  view.setUint32(140, 8 + uid.length, true)
  put(144, '\x02\0\x10\0UI')
  view.setUint16(150, uid.length, true)
  put(152, uid)
  return header
}

function join(first: Uint8Array, second: Uint8Array): Bytes {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
