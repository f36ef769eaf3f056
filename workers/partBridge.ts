import { transfer } from 'comlink'
import { indexToPhysical, type Volume } from '../src/core/image/volume.ts'
import { extentOf } from '../src/core/mask/boundingBox.ts'
import type { Axis } from '../src/core/mask/brush.ts'
import type { GreyRange } from '../src/core/mask/edit/threshold.ts'
import type { BoundingBox, Mask } from '../src/core/mask/mask.ts'
import type { LongestDiameter } from '../src/core/mask/measure/axialDiameter.ts'
import type { Triple } from '../src/core/numeric/voxelArray.ts'
import type { GrownPart, PartMeasures, PartMesh } from './maskApi.ts'
import { cutInPieces } from '../src/io/inPieces.ts'
import { startMaskWorker } from './startMaskWorker.ts'
import { createWorkerPool } from './workerPool.ts'

export type { GrownPart, PartMeasures, PartMesh } from './maskApi.ts'

export interface PartGrowing {
  /** Growing stops at its faces. */
  readonly box: BoundingBox
  readonly seed: Triple
  readonly range: GreyRange
  /** Only in the seed's slice across this axis; null grows in 3D. */
  readonly sliceAxis: Axis | null
}

export interface PartBridge {
  /** @returns what it found, its box by indexes of the whole image @throws the signal's reason when it aborts */
  grow(image: Volume | Mask, growing: PartGrowing, signal: AbortSignal): Promise<GrownPart>
  /**
   * @param box outside which the mask is empty
   * @returns slices and ends of the diameters by indexes of the whole image
   * @throws the signal's reason when it aborts
   */
  measure(image: Volume, mask: Mask, box: BoundingBox, signal?: AbortSignal): Promise<PartMeasures>
  /**
   * @param box outside which the mask is empty
   * @throws the signal's reason when it aborts
   */
  mesh(mask: Mask, box: BoundingBox, signal?: AbortSignal): Promise<PartMesh>
}

/** After so long without a question the workers are ended. */
const idleMs = 20_000

/**
 * Small questions about a box of an image, which the hand asks again and again: a worker stays for the next one. Only the box
 * goes to it. Two at once have a worker each, so that ending one does not lose the answer of the other.
 */
export function createPartBridge(): PartBridge {
  const workers = createWorkerPool(startMaskWorker, { idleMs })
  return {
    async grow(image, { box, seed, range, sliceAxis }, signal) {
      const { lower } = box
      const seedInBox: Triple = [seed[0] - lower[0], seed[1] - lower[1], seed[2] - lower[2]]
      const grown = await workers.run(
        async (api, life) => {
          const part = await cutVolume(image, box, life)
          return api.growPart(transfer(part, [part.voxels.buffer]), seedInBox, range, sliceAxis)
        },
        { signal },
      )
      return { ...grown, box: grown.box && { lower: shiftBy(lower, grown.box.lower), upper: shiftBy(lower, grown.box.upper) } }
    },
    async measure(image, mask, box, signal) {
      const { diameters, ...measures } = await workers.run(
        async (api, life) => {
          const part = await cutVolume(image, box, life)
          const voxels = await cutInPieces(mask, { imageBox: box }, life)
          const maskPart: Mask = { ...mask, size: part.size, voxels }
          return api.measurePart(transfer(part, [part.voxels.buffer]), transfer(maskPart, [voxels.buffer]))
        },
        { signal },
      )
      const place = (diameter: LongestDiameter, sliceAxis: Axis): LongestDiameter => ({
        ...diameter,
        slice: diameter.slice + box.lower[sliceAxis],
        from: shiftBy(box.lower, diameter.from),
        to: shiftBy(box.lower, diameter.to),
      })
      const [x, y, z] = diameters ?? []
      return { ...measures, diameters: x && y && z && [place(x, 0), place(y, 1), place(z, 2)] }
    },
    mesh: (mask, box, signal) =>
      workers.run(
        async (api, life) => {
          const voxels = await cutInPieces(mask, { imageBox: box }, life)
          const originMm = indexToPhysical(mask, box.lower)
          return api.meshPart(transfer({ ...mask, size: extentOf(box), originMm, voxels }, [voxels.buffer]))
        },
        { signal },
      ),
  }
}

/** Voxels of a box and their size: where it lies in the patient does not matter to the worker. */
async function cutVolume(
  { size, spacingMm, originMm, direction, voxels }: Volume | Mask,
  box: BoundingBox,
  life: AbortSignal,
): Promise<Volume> {
  const grid = { size, spacingMm, originMm, direction }
  const part = await cutInPieces({ ...grid, voxels }, { imageBox: box }, life)
  return { ...grid, size: extentOf(box), voxels: part, source: { path: 'part', format: 'memory' } }
}

const shiftBy = (by: Triple, at: Triple): Triple => [at[0] + by[0], at[1] + by[1], at[2] + by[2]]
