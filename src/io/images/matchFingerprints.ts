import type { Volume } from '../../core/image/volume.ts'
import { hashBytes } from '../hashBytes.ts'
import { hashedParts, joinBytes } from './fingerprint.ts'
import { listOldLabels } from './oldLabels.ts'

/**
 * Those of some fingerprints that an image may have had: with what it is called now, and with one other name. Grid and sampled
 * voxels are the same in each.
 */
export async function matchFingerprints(volume: Volume, among: ReadonlySet<string>): Promise<readonly string[]> {
  const { before, sample } = hashedParts(volume)
  const now = new Set(['', volume.source.phase ?? ''])
  const found: string[] = []
  for (const label of listOldLabels(volume.source)) {
    const hash = await hashBytes(joinBytes(before(label), sample))
    if (!among.has(hash)) continue
    found.push(hash)
    if (!now.has(label)) break
  }
  return found
}
