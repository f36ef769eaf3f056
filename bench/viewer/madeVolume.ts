import { gzipSync } from 'node:zlib'
import { createRandom } from '../../src/core/numeric/random.ts'

export const size = [256, 256, 100] as const
const spacingMm = [1, 1, 1.5] as const
const centre = [120, 130, 50] as const
const radiusMm = 30

/** A bright ball in noise, 256 x 256 x 100, int16, and the ball as a mask: two NIfTI files, always the same. */
export function makeVolume(): { readonly image: Buffer; readonly mask: Buffer } {
  const { integer } = createRandom(20250101)
  const count = size[0] * size[1] * size[2]
  const [image, mask] = [new Int16Array(count), new Uint8Array(count)]
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const [x, y, z] = [i - centre[0], j - centre[1], k - centre[2]].map((offset, axis) => offset * spacingMm[axis])
        mask[at] = Number(x * x + y * y + z * z < radiusMm * radiusMm)
        image[at] = 200 + 300 * mask[at] + integer(200)
      }
    }
  }
  return { image: nifti(image, 4, 16), mask: nifti(mask, 2, 8) }
}

function nifti(voxels: Int16Array | Uint8Array, type: number, bits: number): Buffer {
  const header = Buffer.alloc(352)
  header.writeInt32LE(348, 0)
  ;[3, ...size, 1, 1, 1, 1].forEach((n, i) => header.writeInt16LE(n, 40 + 2 * i))
  header.writeInt16LE(type, 70)
  header.writeInt16LE(bits, 72)
  ;[1, ...spacingMm, 1, 1, 1, 1].forEach((mm, i) => header.writeFloatLE(mm, 76 + 4 * i))
  header.writeFloatLE(352, 108)
  header.writeFloatLE(1, 112)
  header.writeInt16LE(1, 254)
  spacingMm.forEach((mm, axis) => header.writeFloatLE(mm, 280 + 20 * axis))
  header.write('n+1\0', 344, 'latin1')
  return gzipSync(Buffer.concat([header, Buffer.from(voxels.buffer)]))
}
