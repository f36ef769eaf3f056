import { voxelToPhysical } from '../image/gridTransform.ts'
import { fitNormalisation, locateVoxel, normalise } from '../image/normalise.ts'
import { findNonFinite } from '../image/nonFinite.ts'
import { resampleImage, resampleLabels, type ResamplingPlan, type SliceRange } from '../image/resample.ts'
import { measureVolume, type VolumeStatistics } from '../image/statistics.ts'
import { voxelCount as countVoxels, type BoundingBox, type Grid } from '../image/volume.ts'
import type { Block, Kernels } from '../kernels/kernels.ts'
import { extentOf, padBoundingBox } from '../mask/boundingBox.ts'
import { checkRegion } from '../mask/checkRegion.ts'
import { compareGeometry } from '../mask/compareGeometry.ts'
import { resegment } from '../mask/resegment.ts'
import { pixelTypeOf, type Triple } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import type { CaseCut, PreparedCase, PreparedSlices } from './case.ts'
import { adviseOnMemory } from './adviseOnMemory.ts'
import { planImage } from './cutCase.ts'
import { describeImage, describeMask } from './diagnostics.ts'
import { refuse } from './messages.ts'

/**
 * Brings image and mask to the grid on which they are measured: normalise, resample, resegment, check, in PyRadiomics's order.
 * @param wholeImage figures of the whole image before anything else, for the normalisation
 * @throws DataError if nothing can be computed: voxels without a finite value where they matter, a constant image that
 *   is to be normalised, a region that is one voxel, too small or has vanished
 */
export function prepareCase(kernels: Kernels, cut: CaseCut, wholeImage: VolumeStatistics, plan: ExtractionPlan): PreparedCase {
  const slices = prepareSlices(kernels, cut, wholeImage, plan)
  return finishCase(cut, slices, wholeImage, plan)
}

/**
 * The first and longest part of the way: normalise and resample.
 * @param slices of the new grid that are made; the bits of a voxel do not depend on them, so they may be made in parts
 * @throws as `prepareCase`
 */
export function prepareSlices(
  kernels: Kernels,
  cut: CaseCut,
  wholeImage: VolumeStatistics,
  plan: ExtractionPlan,
  slices?: SliceRange,
): PreparedSlices {
  const target = planImage(cut.imageGrid, cut.maskGrid, cut.boundingBox, plan)
  if (cut.voxelCount === 1) throw refuse('one-voxel', {})
  const { voxels, pixelType } = adviseOnMemory(plan, () =>
    kernels.scope(() => {
      const image = resampleImage(
        kernels,
        loadImage(kernels, cut, wholeImage, plan),
        cut.imageGrid,
        target,
        plan.resampling?.interpolation ?? 'nearest',
        slices,
      )
      const voxels = kernels.f64(image.pointer, countVoxels(image)).slice()
      return { voxels: plan.resampling?.wholeNumbers ? voxels.map(toWhole) : voxels, pixelType: image.pixelType }
    }),
  )
  const labels = { ...cut.maskGrid, voxels: cut.region, box: cut.boundingBox }
  return {
    voxels,
    pixelType,
    mask:
      plan.resampling?.mask === 'linear'
        ? adviseOnMemory(plan, () => interpolateRegion(kernels, labels, target, slices))
        : resampleLabels(labels, target.grid, slices),
  }
}

/** What should be a half may come out a rounding below it. */
const rounding = 1e-9

function toWhole(value: number): number {
  return Math.floor(value + 0.5 + rounding)
}

/** The voxels of a new grid that are inside by at least a half, by linear interpolation of 0 and 1. */
function interpolateRegion(
  kernels: Kernels,
  { box, voxels, ...maskGrid }: Grid & { readonly voxels: Uint8Array; readonly box: BoundingBox },
  target: ResamplingPlan,
  slices?: SliceRange,
): Uint8Array<ArrayBuffer> {
  // A voxel of nothing around the region, so that the part is a grid of its own: what lies farther off is 0 as well. At the edge of the
  // mask there is none, and the region goes on there as the image does.
  const around = padBoundingBox(box, 1, maskGrid.size)
  const size = extentOf(around)
  const part: Grid = { ...maskGrid, size, originMm: voxelToPhysical(maskGrid, around.lower) }
  const [nx, ny, nz] = extentOf(box)
  const [dx, dy, dz] = box.lower.map((first, axis) => first - around.lower[axis]) as unknown as Triple
  return kernels.scope(() => {
    const count = countVoxels(part)
    const block: Block = { pointer: kernels.allocate(8 * count), size, spacingMm: part.spacingMm, pixelType: 'float64' }
    const shares = kernels.f64(block.pointer, count).fill(0)
    for (let z = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++) {
        const row = nx * (y + ny * z)
        shares.set(voxels.subarray(row, row + nx), dx + size[0] * (y + dy + size[1] * (z + dz)))
      }
    }
    const sourceBox = { lower: [0, 0, 0], upper: [size[0] - 1, size[1] - 1, size[2] - 1] } as const
    const inside = resampleImage(kernels, block, part, { ...target, sourceBox }, 'linear', slices)
    return Uint8Array.from(kernels.f64(inside.pointer, countVoxels(inside)), (share) => (share >= 0.5 - rounding ? 1 : 0))
  })
}

/** The second part: resegment, check and describe. @param slices all of them @throws as `prepareCase` */
export function finishCase(
  cut: Omit<CaseCut, 'voxels'>,
  { voxels, pixelType, mask }: PreparedSlices,
  wholeImage: VolumeStatistics,
  plan: ExtractionPlan,
): PreparedCase {
  const target = planImage(cut.imageGrid, cut.maskGrid, cut.boundingBox, plan)
  const resampled = plan.resampling !== null
  const box = { offset: [0, 0, 0] as const, size: target.grid.size }
  const region = checkRegion(mask, target.grid.size, plan.region, resampled ? 'resampling' : undefined)
  checkFinite(voxels, mask, target, cut.imageGrid.size, wholeImage, plan)

  const corrected = !resampled && compareGeometry(cut.imageGrid, cut.maskGrid, plan.geometry.tolerance).length > 0
  const describe = <T>(lines: () => T[]): T[] => (plan.diagnostics ? lines() : [])
  const diagnostics = describe(() => [
    ...describeImage('original', cut.imageGrid, wholeImage),
    ...describeMask('original', cut.maskGrid, cut.boundingBox, cut.region, {
      offset: cut.boundingBox.lower,
      size: extentOf(cut.boundingBox),
    }),
    ...(resampled
      ? [
          ...describeImage('interpolated', target.grid, measureVolume(voxels)),
          ...describeMask('interpolated', target.grid, region.boundingBox, mask, box, voxels),
        ]
      : []),
    ...(corrected ? describeMask('corrected', target.grid, region.boundingBox, mask, box, voxels) : []),
  ])
  const common = { grid: target.grid, voxels, pixelType, plan }
  const warnings = [...region.warnings, ...plan.notices]
  if (!plan.resegmentation) return { ...common, ...region, mask, shapeMask: mask, diagnostics, warnings }

  const { steps, shape } = plan.resegmentation
  const resegmented = steps.reduce((left, step) => resegment(voxels, left, pixelType, step).voxels, mask)
  const kept = checkRegion(resegmented, target.grid.size, plan.region, 'resegmentation')
  return {
    ...common,
    ...kept,
    boundingBox: shape === 'drawn' ? region.boundingBox : kept.boundingBox,
    mask: resegmented,
    shapeMask: shape === 'left' ? resegmented : mask,
    diagnostics: [
      ...diagnostics,
      ...describe(() => describeMask('resegmented', target.grid, kept.boundingBox, resegmented, box, voxels)),
    ],
    warnings: [...kept.warnings, ...plan.notices],
  }
}

/** The cut as float64 in WASM memory, normalised if that is asked for; normalisation never needs a copy of the whole volume. */
function loadImage(
  kernels: Kernels,
  cut: CaseCut,
  wholeImage: VolumeStatistics,
  { normalisation: options, greyValues }: ExtractionPlan,
): Block {
  const block: Block = {
    pointer: kernels.allocate(cut.voxels.length * 8),
    size: extentOf(cut.imageBox),
    spacingMm: cut.imageGrid.spacingMm,
    pixelType: greyValues === 'asImage' ? pixelTypeOf(cut.voxels) : greyValues,
  }
  kernels.f64(block.pointer, cut.voxels.length).set(cut.voxels)
  return options ? normalise(kernels, block, fitNormalisation(wholeImage, cut.imageGrid.size, options.name), options) : block
}

/**
 * A filter spreads what is not finite over its reach, the spline prefilter over the whole crop. Places are told as voxels of
 * the image that was given.
 */
function checkFinite(
  voxels: Float64Array,
  mask: Uint8Array,
  { kind, grid, sourceBox }: ResamplingPlan,
  imageSize: Triple,
  { nonFinite, firstNonFinite }: VolumeStatistics,
  { images, ibsi }: ExtractionPlan,
): void {
  const filtered = [...images, ...ibsi].some(({ filter }) => filter.kind !== 'none')
  const reach = filtered ? 'filters' : 'region'
  const { lower } = kind === 'crop' ? sourceBox : { lower: [0, 0, 0] as const }
  const [nx, ny, nz] = grid.size
  const box = { lower, upper: [lower[0] + nx - 1, lower[1] + ny - 1, lower[2] + nz - 1] as const }
  const found = findNonFinite(voxels, box, filtered ? undefined : mask)
  if (found.count === 0) return
  if (kind === 'crop') throw refuse('not-finite', { found, reach })
  throw refuse('not-finite-resampled', { found: { count: nonFinite, first: [locateVoxel(firstNonFinite, imageSize)] }, reach })
}
