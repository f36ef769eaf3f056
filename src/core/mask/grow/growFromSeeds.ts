import { extentOf } from '../boundingBox.ts'
import { boxAround, copyBox, loadImageBox, pasteBox } from '../boxVoxels.ts'
import { smoothBox } from '../smoothBox.ts'
import type { BoundingBox } from '../mask.ts'
import type { Volume } from '../../image/volume.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

export interface GrowFromSeedsOptions {
  /** Growing stays in the box of all seeds with so much more on every side. */
  readonly marginMm: number
  /** Gaussian on the grey levels before, so that a path does not pay for noise; 0 for none. */
  readonly smoothingMm: number
  /** What 1 mm of way costs, as a part of the range of grey levels in the box: more keeps labels near their seeds (0 in Zhu 2014). */
  readonly costPerMm: number
}

export const defaultGrowFromSeedsOptions: GrowFromSeedsOptions = { marginMm: 5, smoothingMm: 1.2, costPerMm: 0.002 }

/** Labels of a seed volume: what the strokes say. Other values are labels of their own (more than one object). */
export const insideSeed = 1
export const outsideSeed = 2

/**
 * Grows labels from a few strokes inside and outside: every voxel of the box takes the label of the seed that the cheapest path comes
 * from, where a step to one of the 26 neighbours costs the difference of their grey levels. This is what GrowCut's cells (Vezhnevets
 * and Konouchine 2005) settle to, found at once as shortest paths (Zhu et al. 2014). Grey levels are taken in 4096 steps over the
 * box, so costs are whole numbers and the result is the same on every engine; of equally near seeds the one met first wins.
 *
 * @param seeds of the volume's grid: 0 unknown, 1 inside, 2 outside (or further labels up to 254)
 * @param onProgress in per cent
 * @returns labels of the volume's grid, 0 outside the box
 * @throws DataError if there are no seeds of at least two labels, or a grey level in the box is not finite
 */
export function growFromSeeds(
  kernels: Kernels,
  volume: Volume,
  seeds: Uint8Array<ArrayBuffer>,
  { marginMm, smoothingMm, costPerMm }: GrowFromSeedsOptions = defaultGrowFromSeedsOptions,
  onProgress?: (percent: number) => void,
): Uint8Array<ArrayBuffer> {
  const { size, spacingMm } = volume
  const labels = new Set(seeds)
  labels.delete(0)
  if (labels.size < 2 || labels.has(255)) {
    throw refuse('strokes', { labels: [...labels] })
  }
  const box = boxOfSeeds(volume, seeds, marginMm)!
  const grown = new Uint8Array(seeds.length)
  kernels.scope(() => {
    const extent = extentOf(box)
    // A wall of one voxel around, so that steps need not look for the end of the box.
    const [px, py, pz] = [extent[0] + 2, extent[1] + 2, extent[2] + 2]
    const count = px * py * pz
    const levels = loadLevels(kernels, volume, box, smoothingMm)
    const { steps, dearest } = planSteps(kernels, [px, py, pz], spacingMm, costPerMm * (levelCount - 1))
    const buckets = levelCount + dearest
    const labelled = kernels.allocate(count)
    const workspace = kernels.allocate(kernels.exports.growFromSeedsWorkspace(count, buckets))
    const inBox = { lower: [1, 1, 1], upper: [extent[0], extent[1], extent[2]] } as const
    const part = new Uint8Array(extent[0] * extent[1] * extent[2])
    copyBox(seeds, size, box, part)
    kernels.u8(labelled, count).fill(255)
    pasteBox(part, inBox, kernels.u8(labelled, count), [px, py, pz])

    kernels.exports.startGrowing(labelled, count, buckets, workspace)
    const piece = Math.ceil(part.length / 20)
    for (let done = 0; done < part.length;) {
      done += kernels.exports.continueGrowing(levels, labelled, count, steps, buckets, piece, workspace)
      onProgress?.(Math.round((100 * done) / part.length))
    }
    copyBox(kernels.u8(labelled, count), [px, py, pz], inBox, part)
    pasteBox(part, box, grown, size)
  })
  return grown
}

const levelCount = 4096

/** The box's grey levels as uint16 in `levelCount` steps, with a wall of zeros around. */
function loadLevels(kernels: Kernels, volume: Volume, box: BoundingBox, smoothingMm: number): number {
  const extent = extentOf(box)
  const [nx, ny, nz] = extent
  const levels = kernels.allocate(2 * (nx + 2) * (ny + 2) * (nz + 2))
  kernels.exports.clear(levels, 2 * (nx + 2) * (ny + 2) * (nz + 2))
  kernels.scope(() => {
    const count = nx * ny * nz
    const image = loadImageBox(kernels, volume.voxels, volume.size, box)
    let [low, high] = [Infinity, -Infinity]
    const check = kernels.f64(image, count)
    for (let i = 0; i < count; i++) {
      if (!Number.isFinite(check[i])) {
        throw refuse('level-near-strokes', { level: check[i] })
      }
    }
    smoothBox(kernels, image, extent, volume.spacingMm, smoothingMm)
    const values = kernels.f64(image, count)
    for (let i = 0; i < count; i++) {
      low = Math.min(low, values[i])
      high = Math.max(high, values[i])
    }
    const scale = high > low ? (levelCount - 1) / (high - low) : 0
    const target = new Uint16Array(kernels.exports.memory.buffer, levels, (nx + 2) * (ny + 2) * (nz + 2))
    for (let k = 0, i = 0; k < nz; k++) {
      for (let j = 0; j < ny; j++) {
        let to = 1 + (nx + 2) * (j + 1 + (ny + 2) * (k + 1))
        for (let end = i + nx; i < end; i++, to++) target[to] = Math.round((values[i] - low) * scale)
      }
    }
  })
  return levels
}

/** Offsets and way costs of the 26 neighbours, as the kernel takes them. */
function planSteps(
  kernels: Kernels,
  [px, py]: Triple,
  [sx, sy, sz]: Triple,
  costPerMm: number,
): { steps: number; dearest: number } {
  const offsets: number[] = []
  const costs: number[] = []
  for (let dz = -1; dz <= 1; dz++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (dx === 0 && dy === 0 && dz === 0) continue
        offsets.push(dx + px * (dy + py * dz))
        costs.push(Math.round(costPerMm * Math.sqrt(dx * dx * sx * sx + dy * dy * sy * sy + dz * dz * sz * sz)))
      }
    }
  }
  const steps = kernels.allocate(4 * 52)
  kernels.i32(steps, 52).set([...offsets, ...costs])
  return { steps, dearest: Math.max(...costs) }
}

/** The box that `growFromSeeds` looks at, for the page to show; undefined without strokes. */
export function boxOfSeeds(
  { size, spacingMm }: Pick<Volume, 'size' | 'spacingMm'>,
  seeds: Uint8Array<ArrayBuffer>,
  marginMm: number,
): BoundingBox | undefined {
  return boxAround({ voxels: seeds, size }, spacingMm.map((mm) => Math.ceil(marginMm / mm)) as unknown as Triple)
}
