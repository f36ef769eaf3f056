import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { voxelCount, type Volume } from '../../core/image/volume.ts'

const sampledVoxels = 65_536

/**
 * How earlier versions of the program told an image again, whatever its file was called: a hash of its grid, its DICOM series
 * and what it was called in it, and voxels spread evenly over it (all of them if there are no more than 65,536).
 * @returns 64 hexadecimal digits
 */
export function fingerprintVolume(volume: Volume): string {
  const { before, sample } = hashedParts(volume)
  return bytesToHex(sha256(joinBytes(before(volume.source.phase ?? ''), sample)))
}

/** What is hashed: what comes before the voxels, by what an image is called in its series, and the sample of them. */
export function hashedParts(volume: Volume) {
  const { size, spacingMm, originMm, direction, voxels, source } = volume
  const step = Math.max(1, Math.floor(voxelCount(volume) / sampledVoxels))
  const sample = new Float64Array(Math.ceil(voxels.length / step))
  for (let i = 0; i < sample.length; i++) sample[i] = voxels[i * step]
  const grid = new Uint8Array(Float64Array.from([...size, ...spacingMm, ...originMm, ...direction]).buffer)
  const before = (label: string) =>
    joinBytes(grid, new TextEncoder().encode(JSON.stringify([source.dicom?.SeriesInstanceUID ?? '', label])))
  return { before, sample: new Uint8Array(sample.buffer) }
}

export function joinBytes(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
