import type { Volume, VolumeIdentity } from '../core/image/volume.ts'
import { fingerprintVolume } from '../io/images/fingerprint.ts'

const fingerprints = new WeakMap<Volume, string>()

/**
 * Names an image by its content: what its files are and what was read from them, so that nothing is ever joined to an image of
 * equal identifiers and other voxels. Images that no file holds go by their fingerprint.
 */
export function imageKey(volume: Volume): string {
  const { identity } = volume.source
  return identity ? keyOfIdentity(identity) : `memory.${oldImageKey(volume)}`
}

/** Of an image that files hold. */
export const keyOfIdentity = ({ image, content }: VolumeIdentity): string => `${image}.${content}`

/** As earlier versions named it; see `fingerprintVolume`. */
export function oldImageKey(volume: Volume): string {
  const known = fingerprints.get(volume) ?? fingerprintVolume(volume)
  fingerprints.set(volume, known)
  return known
}
