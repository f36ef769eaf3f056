import type { Axis } from '../../src/core/mask/brush.ts'
import type { Triple } from '../../src/core/numeric/voxelArray.ts'
import { boxAround } from '../../src/core/mask/boxVoxels.ts'
import { computeDice } from '../../src/core/mask/compare/compareMasks.ts'
import { computeSquaredDistances } from '../../src/core/mask/distances.ts'
import { fillHoles } from '../../src/core/mask/edit/fillHoles.ts'
import { growRegion } from '../../src/core/mask/edit/growRegion.ts'
import {
  computeEdgeSpeed,
  computeRegionSpeed,
  contourVoxels,
  evolveContour,
  gradientQuantile,
  startContour,
  type Bubble,
  type SpeedImage,
} from '../../src/core/mask/grow/activeContour.ts'
import { rangeOfBubbles } from '../../src/core/mask/grow/contourFromBubbles.ts'
import { growFromSeeds, insideSeed } from '../../src/core/mask/grow/growFromSeeds.ts'
import { proposeFromEnhancement } from '../../src/core/mask/grow/proposeFromEnhancement.ts'
import type { Mask } from '../../src/core/mask/mask.ts'
import type { Kernels } from '../../src/core/kernels/kernels.ts'
import { interpolateSlices } from '../../src/io/pipelines/interpolateSlices.node.ts'
import type { RoiCase } from './cases.ts'
import { drawFourStrokes } from './scribble.ts'

/** One cell of the table; undefined where a tool has nothing to work on. */
export interface ToolResult {
  readonly tool: string
  readonly dice: number | undefined
  readonly ms: number
}

const boxMarginMm = 8
const bubbleMm = 4
const bubblesApartMm = 12
const regionRounds = 60

/** Dice of every tool on one case, each with its scripted input (docs/roi-tools.md says it in words). */
export async function measureTools(kernels: Kernels, roiCase: RoiCase): Promise<ToolResult[]> {
  const { image, truth, dce } = roiCase
  const results: ToolResult[] = []
  const measure = async (tool: string, run: () => Uint8Array | Promise<Uint8Array>) => {
    const start = performance.now()
    const voxels = await run()
    results.push({ tool, dice: computeDice(voxels, truth.voxels), ms: performance.now() - start })
  }
  const clicks = chooseClicks(kernels, roiCase)
  const box = boxAround(truth, image.spacingMm.map((mm) => Math.ceil(boxMarginMm / mm)) as unknown as Triple)!
  const bubbles = clicks.map((centre) => ({ centre, radiusMm: bubbleMm }))
  const { low, high, sd } = rangeOfBubbles(image, box, bubbles)
  const filled = (voxels: Uint8Array<ArrayBuffer>) => fillHoles(kernels, { ...truth, voxels }, 2)

  const seeds = drawFourStrokes(kernels, truth, roiCase.strokeAxes)
  await measure('grow from seeds, 4 strokes', () =>
    growFromSeeds(kernels, image, seeds).map((label) => (label === insideSeed ? 1 : 0)),
  )
  await measure('region competition, 1 click (4 on brain1)', () =>
    filled(
      runContour(
        kernels,
        roiCase,
        computeRegionSpeed(kernels, image, box, { smoothingMm: 0.8, low, high, softness: sd }),
        bubbles,
        regionRounds,
      ),
    ),
  )
  await measure('geodesic active contour, 1 click (4 on brain1)', () => {
    const halfGradient = gradientQuantile(kernels, image, box, 0.8, 0.8)
    return filled(
      runContour(
        kernels,
        roiCase,
        computeEdgeSpeed(kernels, image, box, { smoothingMm: 0.8, halfGradient }),
        bubbles,
        roiCase.edgeRounds,
      ),
    )
  })
  await measure('region growing, 1 click', () => filled(growRegion(kernels, image, clicks[0], { range: { low, high }, box })))
  if (dce) {
    await measure(
      'proposal from enhancement, 1 click',
      () => proposeFromEnhancement(kernels, dce.phases[0], dce.phases[1], clicks[0]).voxels,
    )
  } else results.push({ tool: 'proposal from enhancement, 1 click', dice: undefined, ms: 0 })
  for (const [axis, plane] of [
    [2, 'axial'],
    [1, 'coronal'],
    [0, 'sagittal'],
  ] as const) {
    const drawn = keepEveryThird(truth, axis)
    await measure(`interpolation, every third ${plane} slice drawn`, () => interpolateSlices(drawn, axis))
  }
  return results
}

function runContour(
  kernels: Kernels,
  { image }: RoiCase,
  speed: SpeedImage,
  bubbles: readonly Bubble[],
  rounds: number,
): Uint8Array<ArrayBuffer> {
  return contourVoxels(evolveContour(kernels, startContour(image, speed, bubbles), rounds), image)
}

/**
 * Where a reader would click: the deepest voxel of the bright part of the tumour (at least as bright as its mean), then the deepest
 * that is 12 mm from all before.
 */
function chooseClicks(kernels: Kernels, { image, truth, bubbles }: RoiCase): Triple[] {
  const { size, spacingMm, voxels } = truth
  const count = voxels.length
  let [sum, inside] = [0, 0]
  voxels.forEach((voxel, i) => {
    if (!voxel) return
    sum += image.voxels[i]
    inside++
  })
  const bright = voxels.map((voxel, i) => (voxel && image.voxels[i] >= sum / inside ? 1 : 0))
  const depths = kernels.scope(() => {
    const pointer = kernels.allocate(count)
    kernels.u8(pointer, count).set(bright)
    return kernels.f64(computeSquaredDistances(kernels, pointer, 'outside', size, spacingMm), count).slice()
  })
  const place = (i: number): Triple => [i % size[0], Math.floor(i / size[0]) % size[1], Math.floor(i / size[0] / size[1])]
  const clicks: Triple[] = []
  while (clicks.length < bubbles) {
    let best = -1
    depths.forEach((depth, i) => {
      if (!bright[i] || (best >= 0 && depth <= depths[best])) return
      if (clicks.every((click) => distanceMm(click, place(i), spacingMm) >= bubblesApartMm)) best = i
    })
    if (best < 0) break
    clicks.push(place(best))
  }
  return clicks
}

function distanceMm(a: Triple, b: Triple, spacingMm: Triple): number {
  return Math.hypot(...a.map((at, axis) => (at - b[axis]) * spacingMm[axis]))
}

/** The first drawn slice, every third after it, and the last one. */
function keepEveryThird(mask: Mask, axis: Axis): Mask {
  const stride = [1, mask.size[0], mask.size[0] * mask.size[1]][axis]
  const { lower, upper } = boxAround(mask, [0, 0, 0])!
  const isDrawn = (slice: number) => (slice - lower[axis]) % 3 === 0 || slice === upper[axis]
  return { ...mask, voxels: mask.voxels.map((voxel, i) => (isDrawn(Math.floor(i / stride) % mask.size[axis]) ? voxel : 0)) }
}
