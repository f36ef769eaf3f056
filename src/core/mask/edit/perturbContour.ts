import { gaussianField } from '../../image/gaussianField.ts'
import type { Grid } from '../../image/volume.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import { createNormal } from '../../numeric/normal.ts'
import { createRandom, deriveSeed, type Seed } from '../../numeric/random.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { extentOf } from '../boundingBox.ts'
import { boxAround, copyBox, pasteBox } from '../boxVoxels.ts'
import { computeSquaredDistances } from '../distances.ts'
import type { BoundingBox, Mask } from '../mask.ts'

/** How far contours are moved, all in mm: standard deviations of what is drawn for each change. */
export interface ContourChanges {
  /** Of the whole region, along each axis of the grid. */
  readonly shiftMm: number
  /** Of the border outwards, the same everywhere. */
  readonly growthMm: number
  /** Of the border outwards, from place to place. */
  readonly roughnessMm: number
  /** How far two places lie apart that still move alike; above 0. */
  readonly roughnessLengthMm: number
}

/** About as far as a second reader's contours lie from a first one's: Dice around 0.9 for a tumour of 2 cm. */
export const defaultContourChanges: ContourChanges = { shiftMm: 0.4, growthMm: 0.3, roughnessMm: 0.7, roughnessLengthMm: 8 }

/**
 * The region as it might have been drawn otherwise: moved, grown or shrunk, and rough, each by chance. A stand-in for a second reader, which
 * it is not: it knows nothing of the picture. After Zwanenburg et al. 2019, Scientific Reports 9, 614, whose translation, volume adaptation
 * and contour randomisation these are, here by the distance from the border, so that voxels of any shape are moved by mm.
 * @param number of the change: the same seed and number give the same region
 * @returns new voxels on the mask's grid; none inside where a region is smaller than the change
 */
export function perturbContour(
  kernels: Kernels,
  mask: Mask,
  changes: ContourChanges,
  seed: Seed,
  number: number,
): Uint8Array<ArrayBuffer> {
  const { shiftMm, growthMm, roughnessMm, roughnessLengthMm } = changes
  const normal = createNormal(createRandom(deriveSeed(seed, 'contour', number)))
  const shift = [0, 1, 2].map(() => shiftMm * normal()) as unknown as Triple
  const growth = growthMm * normal()
  const reach = Math.max(...shift.map(Math.abs)) + Math.abs(growth) + 4 * roughnessMm
  const box = boxAround(mask, mask.spacingMm.map((mm) => Math.ceil(reach / mm) + 1) as unknown as Triple)
  const perturbed = new Uint8Array(mask.voxels.length)
  if (!box) return perturbed
  const extent = extentOf(box)
  const whole: BoundingBox = { lower: [0, 0, 0], upper: extent.map((n) => n - 1) as unknown as Triple }
  const grid: Pick<Grid, 'size' | 'spacingMm'> = { size: extent, spacingMm: mask.spacingMm }
  const field = gaussianField(normal, grid, whole, roughnessLengthMm)
  const depthAt = readDepth(kernels, mask, box)
  const part = new Uint8Array(extent[0] * extent[1] * extent[2])
  let at = 0
  for (let k = 0; k < extent[2]; k++)
    for (let j = 0; j < extent[1]; j++)
      for (let i = 0; i < extent[0]; i++, at++) {
        const from: Triple = [
          i - shift[0] / mask.spacingMm[0],
          j - shift[1] / mask.spacingMm[1],
          k - shift[2] / mask.spacingMm[2],
        ]
        part[at] = depthAt(from) + growth + roughnessMm * field[at] > 0 ? 1 : 0
      }
  pasteBox(part, box, perturbed, mask.size)
  return perturbed
}

/** Deeper than any change reaches: where there is no outside at all. */
const farMm = 1e6

/**
 * How deep a point of a box lies inside the mask's border, in mm, negative outside: by the faces of voxels, not by their centres, and so on
 * voxels cut into parts of about equal sides.
 */
function readDepth(kernels: Kernels, mask: Mask, box: BoundingBox): (voxel: Triple) => number {
  const extent = extentOf(box)
  const finest = Math.min(...mask.spacingMm)
  // Odd, so that the middle of a voxel is the middle of a part.
  const cuts = mask.spacingMm.map((mm) => 2 * Math.floor((mm / finest + 0.5) / 2) + 1) as unknown as Triple
  const fine = extent.map((n, axis) => n * cuts[axis]) as unknown as Triple
  const spacing = mask.spacingMm.map((mm, axis) => mm / cuts[axis]) as unknown as Triple
  const count = fine[0] * fine[1] * fine[2]
  const voxels = new Uint8Array(extent[0] * extent[1] * extent[2])
  copyBox(mask.voxels, mask.size, box, voxels)
  const halfPart = finest / 2
  const depth = kernels.scope(() => {
    const source = kernels.allocate(count)
    cutVoxels(voxels, extent, cuts, kernels.u8(source, count))
    const [toInside, toOutside] = (['inside', 'outside'] as const).map((nearest) => computeSquaredDistances(kernels, source, nearest, fine, spacing)) // prettier-ignore
    const [inside, outside, isInside] = [kernels.f64(toInside, count), kernels.f64(toOutside, count), kernels.u8(source, count)] // prettier-ignore
    return Float64Array.from(isInside, (one, i) =>
      one ? Math.min(farMm, Math.sqrt(outside[i])) - halfPart : halfPart - Math.sqrt(inside[i]),
    )
  })
  return (voxel) => {
    // Between the middles of parts; beyond the box as at its border.
    const places = voxel.map((place, axis) => Math.min(fine[axis] - 1, Math.max(0, (place + 0.5) * cuts[axis] - 0.5)))
    const [x, y, z] = places.map(Math.floor)
    const [u, v, w] = [places[0] - x, places[1] - y, places[2] - z]
    const value = (dx: number, dy: number, dz: number) => depth[Math.min(fine[0] - 1, x + dx) + fine[0] * (Math.min(fine[1] - 1, y + dy) + fine[1] * Math.min(fine[2] - 1, z + dz))] // prettier-ignore
    const along = (dy: number, dz: number) => value(0, dy, dz) * (1 - u) + value(1, dy, dz) * u
    return (along(0, 0) * (1 - v) + along(1, 0) * v) * (1 - w) + (along(0, 1) * (1 - v) + along(1, 1) * v) * w
  }
}

function cutVoxels(voxels: Uint8Array, [nx, ny, nz]: Triple, [cx, cy, cz]: Triple, target: Uint8Array): void {
  let at = 0
  for (let z = 0; z < nz * cz; z++)
    for (let y = 0; y < ny * cy; y++) {
      const row = nx * (Math.floor(y / cy) + ny * Math.floor(z / cz))
      for (let x = 0; x < nx * cx; x++) target[at++] = voxels[row + Math.floor(x / cx)]
    }
}
