import type { VoxelArray } from '../numeric/voxelArray.ts'
import { listLabels, mostLabels, type LabelImage, type LabelList } from './labels.ts'
import type { Mask } from './mask.ts'
import { refuse } from './messages.ts'

/** That a mask holds shares between outside and inside (probabilities, partial volume) and not labels. */
export interface Fractions {
  /** Voxels whose value is no whole number. */
  readonly voxelCount: number
  /** The highest value, at least 1: that of a voxel wholly inside. */
  readonly highest: number
}

/** Labels of a mask, and whether it holds shares instead. */
export interface MaskContent extends LabelList {
  readonly fractions?: Fractions
}

export function listMask(voxels: VoxelArray): MaskContent {
  const fractions = findFractions(voxels)
  return { ...listLabels(voxels), ...(fractions && { fractions }) }
}

/** So few values may be labels, however odd. */
const mostOddLabels = 16

/**
 * Looks for shares in a mask: values that are no whole numbers, and that are at most 1, or many, or neighbours of a whole one (1 and 1.5).
 * A few odd values, such as 0.0039 alone or 0.5 beside 255, are labels; negative values, or very many above 1, are grey values.
 * @param areWanted whether somebody said from which value on a voxel is inside: then any value that is no whole number is a share
 * @returns undefined where it holds labels or grey values
 */
export function findFractions(voxels: VoxelArray, areWanted = false): Fractions | undefined {
  if (!(voxels instanceof Float32Array) && !(voxels instanceof Float64Array)) return undefined
  const values = new Set<number>()
  let [voxelCount, highest] = [0, 0]
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i]
    if (value === 0 || !Number.isFinite(value)) continue
    if (value < 0) return undefined
    if (value > highest) highest = value
    if (!Number.isInteger(value)) voxelCount++
    if (values.size <= mostLabels) values.add(value)
  }
  const isGrey = values.size > mostLabels && highest > 1
  if (voxelCount === 0 || isGrey || (values.size < 2 && !areWanted)) return undefined
  const hasNeighbour = (value: number) =>
    !Number.isInteger(value) && (values.has(Math.floor(value)) || values.has(Math.ceil(value)))
  return areWanted || highest <= 1 || values.size > mostOddLabels || [...values].some(hasNeighbour)
    ? { voxelCount, highest: Math.max(1, highest) }
    : undefined
}

/** The voxels of at least a value. @throws DataError if there is none */
export function selectAtLeast({ voxels, size, spacingMm, originMm, direction }: LabelImage, threshold: number): Mask {
  const inside = Uint8Array.from(voxels, (value) => (value >= threshold ? 1 : 0))
  if (!inside.includes(1)) throw refuse('threshold-unreached', { threshold })
  return { voxels: inside, size, spacingMm, originMm, direction }
}
