import type { Volume } from '../image/volume.ts'

const sampled = 20_000
const mostLabels = 16

/**
 * A guess whether a volume holds labels instead of grey levels: in a sample spread over it there are few values, most
 * voxels hold the lowest of them, and that one is 0. Where all are 0 an empty mask is likelier than an image of nothing.
 */
export function looksLikeMask({ voxels }: Pick<Volume, 'voxels'>): boolean {
  // A step that shares no factor with usual sizes visits all columns and rows.
  const step = voxels.length > sampled ? Math.floor(voxels.length / sampled) | 1 : 1
  const values = new Map<number, number>()
  for (let i = 0; i < voxels.length; i += step) {
    const value = voxels[i]
    if (value < 0 || !Number.isFinite(value)) return false
    values.set(value, (values.get(value) ?? 0) + 1)
    if (values.size > mostLabels) return false
  }
  const seen = Math.ceil(voxels.length / step)
  if (values.size === 1) return values.has(0) && hasFewValues(voxels)
  return (values.get(0) ?? 0) > seen / 2
}

/** A region may be too small for the sample: then every voxel is looked at, for few values. */
function hasFewValues(voxels: Volume['voxels']): boolean {
  const values = new Set<number>()
  for (let i = 0; i < voxels.length && values.size <= mostLabels; i++) if (voxels[i] !== 0) values.add(voxels[i])
  return values.size <= mostLabels
}
