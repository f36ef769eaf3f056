import type { Block, Kernels } from '../kernels/kernels.ts'
import type { PixelType, Triple, VoxelArray } from '../numeric/voxelArray.ts'
import {
  continuousIndexToPhysical,
  createGridMap,
  indexToPhysicalMatrix,
  physicalToIndexMatrix,
  voxelToPhysical,
} from './gridTransform.ts'
import { voxelCount, type BoundingBox, type Grid } from './volume.ts'

/** How grey values between voxels are found. Splines by their order; sincs by their window; Gaussians as ITK makes them. */
export type Interpolation =
  | 'nearest'
  | 'linear'
  | 'spline1'
  | 'spline2'
  | 'spline3'
  | 'spline4'
  | 'spline5'
  | 'gaussian'
  | 'labelGaussian'
  | 'hammingSinc'
  | 'cosineSinc'
  | 'welchSinc'
  | 'lanczosSinc'
  | 'blackmanSinc'

/** The grid on which features are computed, and what of the image is needed for it. Plain data. */
export interface ResamplingPlan {
  /** 'crop' if the new spacing is the old one: voxels are taken over, not interpolated. */
  readonly kind: 'resample' | 'crop'
  readonly grid: Grid
  /**
   * The part of the image that `resampleImage` reads. A spline sees so much beyond its samples (or the true border) that its coefficients
   * are those of the whole image.
   */
  readonly sourceBox: BoundingBox
  /** What points outside the image get: 0, or the value of its nearest point. */
  readonly outside: 'zero' | 'nearest'
}

/** Slices of a grid, `from` to `to` (exclusive). */
export interface SliceRange {
  readonly from: number
  readonly to: number
}

function allSlices({ size }: Pick<Grid, 'size'>): SliceRange {
  return { from: 0, to: size[2] }
}

export interface ResamplingOptions {
  /** Grid of the mask; the new grid has its direction and shares the outer corner of its first voxel. */
  readonly grid: Grid
  /** Grid of the image, where it is not that of the mask to the last digit. */
  readonly imageGrid?: Grid
  /** Bounds of the region in the mask. */
  readonly boundingBox: BoundingBox
  /** In mm; 0 keeps the spacing of an axis, and so does a region of one voxel along it. */
  readonly spacingMm: Triple
  /** Voxels of the new grid around the region. */
  readonly padding: number
  readonly interpolation: Interpolation
}

/**
 * The new grid as PyRadiomics 3.0.1 lays it (`imageoperations.resampleImage`): the region and `padding` voxels around it, as far as
 * the mask's grid goes.
 */
export function planResampling(options: ResamplingOptions): ResamplingPlan {
  const { grid, imageGrid = grid, boundingBox, padding, interpolation } = options
  const spacingMm = mapAxes((axis) => {
    const oneThick = boundingBox.lower[axis] === boundingBox.upper[axis]
    return options.spacingMm[axis] === 0 || oneThick ? grid.spacingMm[axis] : options.spacingMm[axis]
  })
  if ([0, 1, 2].every((axis) => isClose(imageGrid.spacingMm[axis], spacingMm[axis]))) {
    return planCrop({ grid: imageGrid, boundingBox, padding })
  }
  const ratio = mapAxes((axis) => grid.spacingMm[axis] / spacingMm[axis])
  const lower = mapAxes((axis) => Math.max(0, Math.floor((boundingBox.lower[axis] - 0.5) * ratio[axis] - padding)))
  const upper = mapAxes((axis) =>
    Math.min(
      Math.ceil(grid.size[axis] * ratio[axis]) - 1,
      Math.ceil((boundingBox.upper[axis] + 1 - 0.5) * ratio[axis] + padding),
    ),
  )
  const firstIndex = mapAxes(
    (axis) => (0.5 * (spacingMm[axis] - grid.spacingMm[axis])) / grid.spacingMm[axis] + lower[axis] / ratio[axis],
  )
  const newGrid: Grid = {
    size: mapAxes((axis) => upper[axis] - lower[axis] + 1),
    spacingMm,
    originMm: continuousIndexToPhysical(grid, firstIndex),
    direction: grid.direction,
  }
  return { kind: 'resample', grid: newGrid, sourceBox: boxOf(newGrid, imageGrid, reach[interpolation]), outside: 'zero' }
}

/**
 * The new grid as the IBSI lays it: as many voxels as cover the image, its centre the image's. Of it the region and what lies around it,
 * as far as the grid goes.
 * @param options `imageGrid` is that of the image, `boundingBox` the bounds of the region in `grid`; `paddingMm` is added to the padding
 */
export function planCentredResampling({
  grid,
  imageGrid = grid,
  boundingBox,
  spacingMm: wanted,
  padding,
  paddingMm,
  interpolation,
}: ResamplingOptions & { readonly paddingMm: number }): ResamplingPlan {
  const spacingMm = mapAxes((axis) => (wanted[axis] === 0 ? imageGrid.spacingMm[axis] : wanted[axis]))
  const ratio = mapAxes((axis) => spacingMm[axis] / imageGrid.spacingMm[axis])
  // What should be a whole number of voxels may come out a rounding above it.
  const whole = mapAxes((axis) => Math.ceil(roundDigits(imageGrid.size[axis] / ratio[axis], 9)))
  const firstIndex = mapAxes((axis) => (imageGrid.size[axis] - 1) / 2 - ((whole[axis] - 1) / 2) * ratio[axis])
  const full: Grid = {
    size: whole,
    spacingMm,
    originMm: continuousIndexToPhysical(imageGrid, firstIndex),
    direction: imageGrid.direction,
  }
  const { grid: part } = planCrop({ grid: full, boundingBox: boxOf(grid, full, 1, boundingBox), padding: mapAxes((axis) => padding + Math.ceil(paddingMm / spacingMm[axis])) }) // prettier-ignore
  return { kind: 'resample', grid: part, sourceBox: boxOf(part, imageGrid, reach[interpolation]), outside: 'nearest' }
}

function roundDigits(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** The region and `padding` voxels around it (along each axis, or all of them), on the grid as it is. */
export function planCrop({
  grid,
  boundingBox,
  padding,
}: {
  grid: Grid
  boundingBox: BoundingBox
  padding: number | Triple
}): ResamplingPlan {
  const around = typeof padding === 'number' ? mapAxes(() => padding) : padding
  const lower = mapAxes((axis) => Math.max(0, boundingBox.lower[axis] - around[axis]))
  const upper = mapAxes((axis) => Math.min(grid.size[axis] - 1, boundingBox.upper[axis] + around[axis]))
  const size = mapAxes((axis) => upper[axis] - lower[axis] + 1)
  return {
    kind: 'crop',
    grid: { ...grid, size, originMm: voxelToPhysical(grid, lower) },
    sourceBox: { lower, upper },
    outside: 'zero',
  }
}

/**
 * Interpolates an image on the planned grid, in the order of operations of ITK (ResampleImageFilter and the interpolators that SimpleITK
 * makes): points outside the image (before the outer face of its first voxel, or on or behind that of its last) get 0, or what the plan
 * says; an image of whole numbers is cut off towards zero, a float32 image rounded to float32.
 *
 * @param source the part `plan.sourceBox` of the image
 * @param sourceGrid the grid of the whole image
 * @param slices of the new grid that are made; the bits of a voxel do not depend on them
 * @returns a new block of these slices in the caller's scope with the pixel type of `source`; `source` itself if the plan only crops
 */
export function resampleImage(
  kernels: Kernels,
  image: Block,
  imageGrid: Grid,
  plan: ResamplingPlan,
  interpolation: Interpolation,
  slices: SliceRange = allSlices(plan.grid),
): Block {
  const { lower: first, upper } = plan.sourceBox
  const expected = mapAxes((axis) => upper[axis] - first[axis] + 1)
  if (image.size.some((n, axis) => n !== expected[axis])) {
    throw new Error(
      `the image to resample has ${image.size.join(' x ')} voxels, the plan's source box has ${expected.join(' x ')}`,
    )
  }
  if (plan.kind === 'crop') return image
  const { kind, order } = kinds[interpolation]
  const { spacingMm } = plan.grid
  const [mx, my] = plan.grid.size
  const size: Triple = [mx, my, slices.to - slices.from]
  const pointer = kernels.allocate(mx * my * size[2] * 8)
  kernels.scope(() => {
    const { source, sourceGrid, lower } =
      plan.outside === 'nearest'
        ? repeatEdges(kernels, image, imageGrid, plan, order)
        : { source: image, sourceGrid: imageGrid, lower: first }
    const count = voxelCount(source)
    const samples = order > 1 ? kernels.allocate(count * 8) : source.pointer
    const scratch = kernels.allocate(kernels.exports.resampleScratch(mx))
    const geometry = kernels.allocate(24 * 8)
    if (order > 1) {
      kernels.u8(samples, count * 8).set(kernels.u8(source.pointer, count * 8))
      const needed = boxOf(plan.grid, sourceGrid, order)
      const [x0, x1, y0, y1] = [
        needed.lower[0] - lower[0],
        needed.upper[0] - lower[0],
        needed.lower[1] - lower[1],
        needed.upper[1] - lower[1],
      ]
      kernels.exports.bsplineCoefficients(samples, ...source.size, order, x0, x1, y0, y1, kernels.allocate(source.size[0] * 64))
    }
    kernels
      .f64(geometry, 24)
      .set([
        ...indexToPhysicalMatrix(plan.grid),
        ...plan.grid.originMm,
        ...physicalToIndexMatrix(sourceGrid),
        ...sourceGrid.originMm,
      ])
    const [lowest, highest, rounding] = ranges[source.pixelType]
    kernels.exports.resampleImage(
      samples,
      ...source.size,
      ...lower,
      ...sourceGrid.size,
      kind,
      order,
      geometry,
      mx,
      my,
      slices.from,
      slices.to,
      lowest,
      highest,
      rounding,
      scratch,
      pointer,
    )
  })
  return { pointer, size, spacingMm, pixelType: image.pixelType }
}

/** Voxels beyond the edge that a spline's coefficients are made with: its largest pole (0.43, of order 5) to that power is 4e-5, that of order 3 1e-7. */
const beyondEdge = 12

/**
 * The image with its outermost voxels repeated on every side where the plan's box reaches its edge, so far that all points of the new
 * grid lie in it: in the caller's scope, with its grid and where the block begins in that.
 */
function repeatEdges(
  kernels: Kernels,
  image: Block,
  imageGrid: Grid,
  { grid, sourceBox: { lower, upper } }: ResamplingPlan,
  order: number,
): { source: Block; sourceGrid: Grid; lower: Triple } {
  const added = mapAxes((axis) => Math.ceil(grid.spacingMm[axis] / imageGrid.spacingMm[axis] / 2) + (order > 1 ? beyondEdge : 1))
  const before = mapAxes((axis) => (lower[axis] === 0 ? added[axis] : 0))
  const after = mapAxes((axis) => (upper[axis] === imageGrid.size[axis] - 1 ? added[axis] : 0))
  const size = mapAxes((axis) => image.size[axis] + before[axis] + after[axis])
  const pointer = kernels.allocate(8 * size[0] * size[1] * size[2])
  const from = kernels.f64(image.pointer, voxelCount(image))
  const to = kernels.f64(pointer, size[0] * size[1] * size[2])
  const nearest = (axis: 0 | 1 | 2, i: number) => Math.max(0, Math.min(image.size[axis] - 1, i - before[axis]))
  const [nx, ny] = image.size
  for (let z = 0, at = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++, at += size[0]) {
      const row = nx * (nearest(1, y) + ny * nearest(2, z))
      to.set(from.subarray(row, row + nx), at + before[0])
      to.fill(from[row], at, at + before[0])
      to.fill(from[row + nx - 1], at + before[0] + nx, at + size[0])
    }
  }
  return {
    source: { ...image, pointer, size },
    sourceGrid: {
      ...imageGrid,
      size: mapAxes((axis) => imageGrid.size[axis] + 2 * added[axis]),
      originMm: voxelToPhysical(
        imageGrid,
        mapAxes((axis) => -added[axis]),
      ),
    },
    lower: mapAxes((axis) => lower[axis] + added[axis] - before[axis]),
  }
}

/**
 * Takes the nearest voxel of an image of labels at every voxel of another grid; 0 outside. Grids may have any direction. Ties are decided
 * as ITK does (half up, on indices interpolated along each scan line), because at 2:1 every voxel is a tie.
 *
 * @param labels their grid, and the part of it that `voxels` covers (all, if not said); outside that part labels are 0
 * @param slices of the target that are made
 * @returns an array of these slices, of the type of `labels.voxels`, in the order of `volume.ts`
 */
export function resampleLabels<T extends VoxelArray>(
  labels: Grid & { readonly voxels: T; readonly box?: BoundingBox },
  target: Grid,
  slices: SliceRange = allSlices(target),
): T {
  const { lower, upper } = labels.box ?? { lower: [0, 0, 0], upper: mapAxes((axis) => labels.size[axis] - 1) }
  const [nx, ny, nz] = mapAxes((axis) => upper[axis] - lower[axis] + 1)
  const [mx, my] = target.size
  const { voxels } = labels
  const ofSameType = voxels.slice(0, 0).constructor as new (length: number) => T
  const out = new ofSameType(mx * my * (slices.to - slices.from))
  const toSource = createGridMap(target, labels)
  const lastAlpha = (mx - 1) / mx
  let to = 0
  for (let z = slices.from; z < slices.to; z++) {
    for (let y = 0; y < my; y++) {
      const [startX, startY, startZ] = toSource([0, y, z])
      const [endX, endY, endZ] = toSource([mx, y, z])
      const [alongX, alongY, alongZ] = [endX - startX, endY - startY, endZ - startZ]
      // Indices are monotone along the line, rounding included: a voxel that is nearest at both ends is so all along.
      const firstJ = roundHalfUp(startY) - lower[1]
      const firstK = roundHalfUp(startZ) - lower[2]
      const straight =
        firstJ === roundHalfUp(startY + lastAlpha * alongY) - lower[1] &&
        firstK === roundHalfUp(startZ + lastAlpha * alongZ) - lower[2]
      if (straight && !(firstJ >= 0 && firstJ < ny && firstK >= 0 && firstK < nz)) {
        to += mx
        continue
      }
      for (let x = 0; x < mx; x++, to++) {
        const alpha = x / mx
        const i = roundHalfUp(startX + alpha * alongX) - lower[0]
        const j = straight ? firstJ : roundHalfUp(startY + alpha * alongY) - lower[1]
        const k = straight ? firstK : roundHalfUp(startZ + alpha * alongZ) - lower[2]
        if (i >= 0 && i < nx && j >= 0 && j < ny && k >= 0 && k < nz) out[to] = voxels[i + nx * (j + ny * k)]
      }
    }
  }
  return out
}

/** floor(index + 0.5), exact also just below a half (as ITK's integer rounding). */
function roundHalfUp(index: number): number {
  const twice = 2 * index + 0.5
  const floor = Math.floor(twice / 2)
  return twice - 2 * floor >= 1.5 ? floor + 1 : floor
}

/** numpy.allclose, with its defaults. */
function isClose(value: number, to: number): boolean {
  return Math.abs(value - to) <= 1e-8 + 1e-5 * Math.abs(to)
}

/** The voxels of `source` that the points of `target` (or of a box of it) lie between, and `margin` more, as far as the grid goes. */
function boxOf(target: Grid, source: Grid, margin: number, box?: BoundingBox): BoundingBox {
  const toSource = createGridMap(target, source)
  const lower = [Infinity, Infinity, Infinity]
  const upper = [-Infinity, -Infinity, -Infinity]
  for (let corner = 0; corner < 8; corner++) {
    const isUpper = (axis: number) => ((corner >> axis) & 1) === 1
    const index = toSource(
      mapAxes((axis) => (isUpper(axis) ? (box ? box.upper[axis] : target.size[axis] - 1) : (box?.lower[axis] ?? 0))),
    )
    for (let axis = 0; axis < 3; axis++) {
      lower[axis] = Math.min(lower[axis], index[axis])
      upper[axis] = Math.max(upper[axis], index[axis])
    }
  }
  const clip = (axis: number, index: number) => Math.max(0, Math.min(source.size[axis] - 1, index))
  return {
    lower: mapAxes((axis) => clip(axis, Math.floor(lower[axis]) - margin)),
    upper: mapAxes((axis) => clip(axis, Math.ceil(upper[axis]) + margin)),
  }
}

function mapAxes(value: (axis: 0 | 1 | 2) => number): Triple {
  return [value(0), value(1), value(2)]
}

/** Number of the kernel in assembly/resample.ts, and the order of a spline. */
const kinds: Readonly<Record<Interpolation, { kind: number; order: number }>> = {
  nearest: { kind: 0, order: 0 },
  linear: { kind: 1, order: 0 },
  spline1: { kind: 2, order: 1 },
  spline2: { kind: 2, order: 2 },
  spline3: { kind: 2, order: 3 },
  spline4: { kind: 2, order: 4 },
  spline5: { kind: 2, order: 5 },
  gaussian: { kind: 3, order: 0 },
  labelGaussian: { kind: 4, order: 0 },
  hammingSinc: { kind: 5, order: 0 },
  cosineSinc: { kind: 6, order: 0 },
  welchSinc: { kind: 7, order: 0 },
  lanczosSinc: { kind: 8, order: 0 },
  blackmanSinc: { kind: 9, order: 0 },
}

/**
 * Voxels beyond its point that an interpolator reads. A spline's coefficient depends on all samples, by its largest pole to the power of
 * the distance (0.17, 0.27, 0.36, 0.43 for the orders 2 to 5): less than the last bit of a float64, and some more for its rounding.
 */
const reach: Readonly<Record<Interpolation, number>> = {
  nearest: 1,
  linear: 1,
  spline1: 2,
  spline2: 36,
  spline3: 40,
  spline4: 52,
  spline5: 64,
  gaussian: 5,
  labelGaussian: 3,
  hammingSinc: 6,
  cosineSinc: 6,
  welchSinc: 6,
  lanczosSinc: 6,
  blackmanSinc: 6,
}

/** Lowest and highest value, and the kernel's rounding: 0 none, 1 to float32, 2 towards zero. */
const ranges: Readonly<Record<PixelType, readonly [lowest: number, highest: number, rounding: number]>> = {
  int8: [-128, 127, 2],
  uint8: [0, 255, 2],
  int16: [-32768, 32767, 2],
  uint16: [0, 65535, 2],
  int32: [-2147483648, 2147483647, 2],
  uint32: [0, 4294967295, 2],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38, 1],
  float64: [-Infinity, Infinity, 0],
}
