import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { voxelCount, type Volume } from '../../core/image/volume.ts'
import { hashBytes } from '../hashBytes.ts'
import { listOldLabels } from './oldLabels.ts'

const sampledVoxels = 65_536

/**
 * How earlier versions of the program told an image again, whatever its file was called: a hash of its grid, its DICOM series
 * and what it was called in it, and voxels spread evenly over it (all of them if there are no more than 65,536).
 * @returns 64 hexadecimal digits
 */
export function fingerprintVolume(volume: Volume): string {
  const { before, sample } = partsOf(volume)
  return bytesToHex(sha256(join(before(volume.source.phase ?? ''), sample)))
}

/**
 * Those of some fingerprints that an image may have had: with what it is called now, and with one other name. Grid and sampled
 * voxels are the same in each.
 */
export async function matchFingerprints(volume: Volume, among: ReadonlySet<string>): Promise<readonly string[]> {
  const { before, sample } = partsOf(volume)
  const now = new Set(['', volume.source.phase ?? ''])
  const found: string[] = []
  for (const label of listOldLabels(volume.source)) {
    const hash = await hashBytes(join(before(label), sample))
    if (!among.has(hash)) continue
    found.push(hash)
    if (!now.has(label)) break
  }
  return found
}

function partsOf(volume: Volume) {
  const { size, spacingMm, originMm, direction, voxels, source } = volume
  const step = Math.max(1, Math.floor(voxelCount(volume) / sampledVoxels))
  const sample = new Float64Array(Math.ceil(voxels.length / step))
  for (let i = 0; i < sample.length; i++) sample[i] = voxels[i * step]
  const grid = new Uint8Array(Float64Array.from([...size, ...spacingMm, ...originMm, ...direction]).buffer)
  const before = (label: string) =>
    join(grid, new TextEncoder().encode(JSON.stringify([source.dicom?.SeriesInstanceUID ?? '', label])))
  return { before, sample: new Uint8Array(sample.buffer) }
}

function join(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
