import { extentOf } from '../boundingBox.ts'
import { boxAround, loadMaskBox } from '../boxVoxels.ts'
import type { Axis } from '../brush.ts'
import { combineMasks } from '../edit/combineMasks.ts'
import { computeSquaredDistances } from '../distances.ts'
import type { Mask } from '../mask.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import { refuse } from '../messages.ts'

/**
 * How far two masks of one grid agree.
 *
 * Overlap counts voxels. Distances go from every surface voxel of one mask to the nearest surface voxel of the other, between voxel
 * centres, in mm; a surface voxel is one with a face neighbour (of 6) outside the mask or outside the volume (Heimann et al. 2009,
 * IEEE TMI 28(8), section IV; the same voxels as in MedPy and SimpleITK's LabelContour).
 */
export interface MaskComparison {
  readonly voxelsA: number
  readonly voxelsB: number
  readonly voxelsInBoth: number
  /** 2 |A and B| / (|A| + |B|) (Dice 1945); NaN if both are empty. */
  readonly dice: number
  /** |A and B| / |A or B| (Jaccard 1912); NaN if both are empty. */
  readonly jaccard: number
  /** The largest distance of either surface to the other (Huttenlocher 1993); NaN if a mask is empty, as all distances. */
  readonly hausdorffMm: number
  /**
   * The 95th percentile of each direction's distances, the larger of the two (Maier-Hein et al. 2024, Nature Methods 21, "Metrics
   * reloaded"; MedPy pools both directions instead). Percentile with linear interpolation, R's type 7.
   */
  readonly hausdorff95Mm: number
  /** Average symmetric surface distance: the mean over the distances of both surfaces together (Heimann et al. 2009). */
  readonly meanSurfaceDistanceMm: number
  /** Volume of B minus that of A. */
  readonly volumeDifferenceMm3: number
  /** That, as a part of A's volume; NaN if A is empty. */
  readonly relativeVolumeDifference: number
  /** Voxels that only one of them has, a slice across `sliceAxis`. */
  readonly disagreementBySlice: Uint32Array<ArrayBuffer>
  /** The slice where most voxels differ, the first of equals; undefined if none differs. */
  readonly worstSlice: number | undefined
}

/**
 * @param a the first reader's mask
 * @param b the second reader's, on the same grid (the caller has compared geometries)
 * @param sliceAxis across which slices are counted, 2 for those of the series
 * @throws DataError if the sizes differ
 */
export function compareMasks(kernels: Kernels, a: Mask, b: Mask, sliceAxis: Axis = 2): MaskComparison {
  const disagreement = mapDisagreement(a, b)
  const counts = [0, 0, 0, 0]
  for (const kind of disagreement) counts[kind]++
  const [, onlyA, onlyB, both] = counts
  const [voxelsA, voxelsB] = [onlyA + both, onlyB + both]
  const voxelMm3 = a.spacingMm[0] * a.spacingMm[1] * a.spacingMm[2]
  const disagreementBySlice = countBySlice(disagreement, a, sliceAxis)
  const worst = disagreementBySlice.reduce((best, count, slice) => (count > disagreementBySlice[best] ? slice : best), 0)
  return {
    voxelsA,
    voxelsB,
    voxelsInBoth: both,
    dice: (2 * both) / (voxelsA + voxelsB),
    jaccard: both / (onlyA + onlyB + both),
    ...compareSurfaces(kernels, a, b),
    volumeDifferenceMm3: (voxelsB - voxelsA) * voxelMm3,
    relativeVolumeDifference: voxelsA === 0 ? NaN : (voxelsB - voxelsA) / voxelsA,
    disagreementBySlice,
    worstSlice: onlyA + onlyB === 0 ? undefined : worst,
  }
}

/**
 * Where two masks differ: 0 in neither, 1 only in A, 2 only in B, 3 in both.
 * @throws DataError if the sizes differ
 */
export function mapDisagreement(a: Mask, b: Mask): Uint8Array<ArrayBuffer> {
  if (a.size.some((n, axis) => n !== b.size[axis])) {
    throw refuse('sizes-compared', { a: a.size, b: b.size })
  }
  const map = new Uint8Array(a.voxels.length)
  for (let i = 0; i < map.length; i++) map[i] = (a.voxels[i] !== 0 ? 1 : 0) + (b.voxels[i] !== 0 ? 2 : 0)
  return map
}

/** Dice alone, without surfaces; NaN if both are empty. @throws DataError if their lengths differ */
export function computeDice(a: Uint8Array, b: Uint8Array): number {
  const count = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + (voxel !== 0 ? 1 : 0), 0)
  return (2 * count(combineMasks(a, b, 'intersection'))) / (count(a) + count(b))
}

function countBySlice(disagreement: Uint8Array, { size }: Mask, sliceAxis: Axis): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(size[sliceAxis])
  const stride = sliceAxis === 0 ? 1 : sliceAxis === 1 ? size[0] : size[0] * size[1]
  for (let i = 0; i < disagreement.length; i++) {
    if (disagreement[i] === 1 || disagreement[i] === 2) counts[Math.floor(i / stride) % size[sliceAxis]]++
  }
  return counts
}

type SurfaceDistances = Pick<MaskComparison, 'hausdorffMm' | 'hausdorff95Mm' | 'meanSurfaceDistanceMm'>

function compareSurfaces(kernels: Kernels, a: Mask, b: Mask): SurfaceDistances {
  const isEmpty = ({ voxels }: Mask) => voxels.every((voxel) => voxel === 0)
  const box = boxAround({ voxels: combineMasks(a.voxels, b.voxels, 'union'), size: a.size }, [0, 0, 0])
  if (!box || isEmpty(a) || isEmpty(b)) return { hausdorffMm: NaN, hausdorff95Mm: NaN, meanSurfaceDistanceMm: NaN }
  const extent = extentOf(box)
  const count = extent[0] * extent[1] * extent[2]
  return kernels.scope(() => {
    const [surfaceA, surfaceB] = [a, b].map((mask) => {
      const surface = kernels.allocate(count)
      kernels.scope(() => kernels.exports.surfaceVoxels(loadMaskBox(kernels, mask.voxels, mask.size, box), ...extent, surface))
      return surface
    })
    const distancesFrom = (from: number, to: number) =>
      kernels.scope(() => {
        const squared = kernels.f64(computeSquaredDistances(kernels, to, 'inside', extent, a.spacingMm), count)
        const onSurface = kernels.u8(from, count)
        return squared
          .filter((_, i) => onSurface[i] === 1)
          .map(Math.sqrt)
          .sort()
      })
    const fromA = distancesFrom(surfaceA, surfaceB)
    const fromB = distancesFrom(surfaceB, surfaceA)
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
    return {
      hausdorffMm: Math.max(fromA[fromA.length - 1], fromB[fromB.length - 1]),
      hausdorff95Mm: Math.max(percentile(fromA, 0.95), percentile(fromB, 0.95)),
      meanSurfaceDistanceMm: (sum(fromA) + sum(fromB)) / (fromA.length + fromB.length),
    }
  })
}

/** R's type 7 of ascending values. */
function percentile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}
