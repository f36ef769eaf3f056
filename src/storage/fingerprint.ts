import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { voxelCount, type Volume } from '../core/image/volume.ts'

const sampledVoxels = 65_536

/**
 * Tells an image again when it is opened another time, whatever its file is called: a hash of its grid, its DICOM series
 * and phase, and voxels spread evenly over it (all of them if there are no more than 65,536).
 * @returns 64 hexadecimal digits
 */
export function fingerprintVolume(volume: Volume): string {
  const { size, spacingMm, originMm, direction, voxels, source } = volume
  const step = Math.max(1, Math.floor(voxelCount(volume) / sampledVoxels))
  const sample = new Float64Array(Math.ceil(voxels.length / step))
  for (let i = 0; i < sample.length; i++) sample[i] = voxels[i * step]
  const hash = sha256.create()
  hash.update(new Uint8Array(Float64Array.from([...size, ...spacingMm, ...originMm, ...direction]).buffer))
  hash.update(new TextEncoder().encode(JSON.stringify([source.dicom?.SeriesInstanceUID ?? '', source.phase ?? ''])))
  hash.update(new Uint8Array(sample.buffer))
  return bytesToHex(hash.digest())
}
