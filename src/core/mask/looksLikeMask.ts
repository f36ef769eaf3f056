import type { Volume } from '../image/volume.ts'
import { findFractions } from './fractions.ts'
import { listLabels } from './labels.ts'

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

/** Why a volume that does not look like labels may be a mask all the same: its values are shares, or its file is called one. */
export type MaskHint = 'shares' | 'name'

/** Higher shares than this of most voxels are no background. */
const nearlyNothing = 0.05
/** Organs of a whole body, say. */
const mostNamedLabels = 256
const maskName = /mask(?!ed)|prob|(^|[^a-z])(seg|segmentation|label|roi)s?([^a-z]|$)/i

/**
 * Whether a person should be asked if a volume is a mask: where its values go from 0 to 1 with some between and most near 0, as probabilities and
 * partial volume do, or where its file says so and its values allow it. An image normalised to 0 to 1 may look the same: it is never taken for a
 * mask unasked.
 */
export function findMaskHint({ voxels, source: { path, format } }: Pick<Volume, 'voxels' | 'source'>): MaskHint | undefined {
  if (holdShares(voxels)) return 'shares'
  const isNamed = format !== 'DICOM' && maskName.test(path.split('/').at(-1)!)
  return isNamed && (findFractions(voxels) || holdFewLabels(voxels)) ? 'name' : undefined
}

function holdShares(voxels: Volume['voxels']): boolean {
  if (!(voxels instanceof Float32Array) && !(voxels instanceof Float64Array)) return false
  let [background, between] = [0, 0]
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i]
    if (!(value >= 0 && value <= 1)) return false
    if (value < nearlyNothing) background++
    if (value > 0 && value < 1) between++
  }
  return between > 0 && background > voxels.length / 2
}

function holdFewLabels(voxels: Volume['voxels']): boolean {
  const { labels, background, nonFinite } = listLabels(voxels)
  return (
    nonFinite === 0 &&
    background > 0 &&
    labels.length <= mostNamedLabels &&
    labels.every(({ value }) => value > 0 && Number.isInteger(value))
  )
}
