import { transfer } from 'comlink'
import { meshRegion, type RegionMesh } from '../src/core/features/meshRegion.ts'
import { measureGreatestDiameter } from '../src/core/features/shape.ts'
import { simplifyMesh } from '../src/core/features/simplifyMesh.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Kernels } from '../src/core/kernels/kernels.ts'
import { findBoundingBox } from '../src/core/mask/boundingBox.ts'
import type { Axis } from '../src/core/mask/brush.ts'
import { compareMaskVoxels, countAddedAndRemoved, type MaskDifference } from '../src/core/mask/difference.ts'
import { combineMasks } from '../src/core/mask/edit/combineMasks.ts'
import { editMask, type MaskEdit } from '../src/core/mask/edit/editMask.ts'
import { growRegion } from '../src/core/mask/edit/growRegion.ts'
import type { GreyRange } from '../src/core/mask/edit/threshold.ts'
import { fillHoles } from '../src/core/mask/edit/fillHoles.ts'
import {
  contourVoxels,
  evolveContour,
  type Bubble,
  type ContourState,
  type SpeedImage,
} from '../src/core/mask/grow/activeContour.ts'
import { contourFromBubbles, type ContourSettings, type ContourSetup } from '../src/core/mask/grow/contourFromBubbles.ts'
import { growFromSeeds, insideSeed, outsideSeed } from '../src/core/mask/grow/growFromSeeds.ts'
import { proposeFromEnhancement } from '../src/core/mask/grow/proposeFromEnhancement.ts'
import type { BoundingBox, Mask } from '../src/core/mask/mask.ts'
import { cutMask } from '../src/core/mask/maskPart.ts'
import { measureRegion, type RegionMeasures } from '../src/core/mask/measure/measureRegion.ts'
import type { Triple } from '../src/core/numeric/voxelArray.ts'
import type { InterpolateSlices } from '../src/io/pipelines/sliceInterpolation.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'

/** What a region found in the image does to the one drawn before. */
export type Joining = 'add' | 'replace'

/** One thing to be done to a mask. */
export type MaskJob =
  | { readonly kind: 'edit'; readonly edit: MaskEdit }
  | { readonly kind: 'interpolate'; readonly sliceAxis: Axis }
  /** The mask's own voxels are the strokes inside. */
  | { readonly kind: 'grow'; readonly image: Volume; readonly outside: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'propose'
      readonly pre: Volume
      readonly post: Volume
      readonly click: Triple
      readonly joining: Joining
    }

/** A contour to be started. */
export interface ContourJob {
  readonly image: Volume
  readonly bubbles: readonly Bubble[]
  readonly settings: ContourSettings
  readonly joining: Joining
}

export interface MaskResult {
  /** 0 or 1, of the mask's grid. */
  readonly voxels: Uint8Array<ArrayBuffer>
  /** From the mask that was given to these voxels: found here, where looking through all of them holds nobody up. */
  readonly difference: MaskDifference
  /** Voxels more and fewer than in the mask that was given. */
  readonly added: number
  readonly removed: number
}

/** A contour as it stands. */
export interface ContourResult extends MaskResult {
  readonly rounds: number
  /** Voxels that changed sides in the last round. */
  readonly changedVoxels: number
}

/** A contour before its first round. */
export interface ContourStart extends ContourResult {
  readonly speed: SpeedImage
  readonly setup: ContourSetup
}

/** What region growing found. */
export interface GrownPart {
  /** That it fills, by indexes of what was given; null if nothing was found. */
  readonly box: BoundingBox | null
  /** 0 or 1, of the box. */
  readonly voxels: Uint8Array<ArrayBuffer>
  readonly voxelCount: number
}

/** A region's surface. */
export interface PartMesh {
  readonly mesh: RegionMesh
  /** With fewer triangles, for while it moves; the same one where it has few. */
  readonly coarse: RegionMesh
}

export interface PartMeasures extends RegionMeasures {
  /** The longest diameter in any direction, as the shape features' Maximum3DDiameter. */
  readonly greatestMm: number
}

/** Surfaces of so many are drawn within a tenth of a second, by software too. */
const coarseTriangles = 30_000

export type MaskApi = ReturnType<typeof createMaskApi>

/** What a worker does to the one mask that it was sent. A contour stays in it from one call to the next. */
export function createMaskApi(
  loadKernels: () => Promise<Kernels>,
  createInterpolator: (pipelinesUrl: string) => InterpolateSlices,
) {
  let contour: { readonly mask: Mask; readonly joining: Joining; readonly state: ContourState } | undefined
  const { get: loaded } = keepLoaded(loadKernels)

  async function showContour(): Promise<ContourResult> {
    const { mask, joining, state } = contour!
    const enclosed = { ...mask, voxels: contourVoxels(state, mask) }
    const voxels = join(mask, fillHoles(await loaded(), enclosed, thickestAxis(mask)), joining)
    return { ...compare(mask, voxels), rounds: state.rounds, changedVoxels: state.changedVoxels }
  }

  return {
    async run(mask: Mask, job: MaskJob, pipelinesUrl: string, onProgress: (percent: number) => void): Promise<MaskResult> {
      const voxels = await runJob(mask, job)
      return handOver(compare(mask, voxels))

      async function runJob(of: Mask, work: MaskJob): Promise<Uint8Array<ArrayBuffer>> {
        if (work.kind === 'interpolate') return createInterpolator(pipelinesUrl)(of, work.sliceAxis)
        if (work.kind === 'edit') return editMask(await loaded(), of, work.edit)
        if (work.kind === 'propose') {
          const { voxels: proposed } = proposeFromEnhancement(await loaded(), work.pre, work.post, work.click)
          if (!proposed.includes(1))
            throw new Error(
              'Nothing around the cursor enhances enough: move it into the part of the tumour that takes up contrast.',
            )
          return join(of, proposed, work.joining)
        }
        const seeds = work.outside.map((voxel, i) => (of.voxels[i] !== 0 ? insideSeed : voxel !== 0 ? outsideSeed : 0))
        const grown = growFromSeeds(await loaded(), work.image, seeds, undefined, onProgress)
        return grown.map((label) => (label === insideSeed ? 1 : 0))
      }
    },
    async startContour(mask: Mask, { image, bubbles, settings, joining }: ContourJob): Promise<ContourStart> {
      const { state, setup } = contourFromBubbles(await loaded(), image, bubbles, settings)
      contour = { mask, joining, state }
      // A copy: the contour needs its own.
      return handOver({ ...(await showContour()), setup, speed: { ...state.speed, speed: state.speed.speed.slice() } })
    },
    /** @param seed a voxel of the part */
    async growPart(part: Volume, seed: Triple, range: GreyRange, sliceAxis: Axis | null): Promise<GrownPart> {
      const voxels = growRegion(await loaded(), part, seed, { range, ...(sliceAxis !== null && { sliceAxis }) })
      const box = findBoundingBox(voxels, part.size) ?? null
      const { voxels: found } = cutMask({ voxels, size: part.size }, box)
      return transfer({ box, voxels: found, voxelCount: found.reduce((sum, voxel) => sum + voxel, 0) }, [found.buffer])
    },
    async meshPart(part: Mask): Promise<PartMesh> {
      const mesh = meshRegion(await loaded(), part)
      const coarse = simplifyMesh(mesh, coarseTriangles, 2 * Math.max(...part.spacingMm))
      const buffers = [mesh, coarse].flatMap(({ positionsMm, normals, triangles }) => [positionsMm, normals, triangles])
      return transfer({ mesh, coarse }, [...new Set(buffers.map(({ buffer }) => buffer))])
    },
    async measurePart(image: Volume, mask: Mask): Promise<PartMeasures> {
      return { ...measureRegion(image, mask), greatestMm: measureGreatestDiameter(await loaded(), mask) }
    },
    async evolveContour(rounds: number): Promise<ContourResult> {
      if (!contour) throw new Error('A contour was to evolve before it was started.')
      contour = { ...contour, state: evolveContour(await loaded(), contour.state, rounds) }
      return handOver(await showContour())
    },
  }
}

/** Thick slices are where a hole is seen: across them. */
function thickestAxis({ spacingMm: [x, y, z] }: Mask): Axis {
  return z >= x && z >= y ? 2 : y >= x ? 1 : 0
}

function join({ voxels }: Mask, found: Uint8Array<ArrayBuffer>, joining: Joining): Uint8Array<ArrayBuffer> {
  return joining === 'add' ? combineMasks(voxels, found, 'union') : found
}

function compare({ voxels: before }: Mask, voxels: Uint8Array<ArrayBuffer>): MaskResult {
  const difference = compareMaskVoxels(before, voxels)
  return { voxels, difference, ...countAddedAndRemoved(difference) }
}

function handOver<Result extends MaskResult>(result: Result): Result {
  const { starts, lengths, before, after } = result.difference
  return transfer(
    result,
    [result.voxels, starts, lengths, before, after].map(({ buffer }) => buffer),
  )
}
