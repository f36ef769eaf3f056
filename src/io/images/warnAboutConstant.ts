import type { Volume } from '../../core/image/volume.ts'

/** A full sentence for a volume that has the same value everywhere; none for others, which takes no time. */
export function warnAboutConstant({ voxels, source }: Pick<Volume, 'voxels' | 'source'>): string[] {
  const value = voxels[0]
  if (voxels.some((other) => other !== value)) return []
  const which = source.phase ? `${source.phase}: ` : ''
  return [
    value === 0
      ? `${which}All voxels are 0: this is an empty mask, or an image without content.`
      : `${which}All voxels have the same value, ${value}: as an image there is nothing in it to measure.`,
  ]
}
