import { transfer, type Remote } from 'comlink'
import type { Volume } from '../src/core/image/volume.ts'
import { extentOf } from '../src/core/mask/boundingBox.ts'
import type { Axis } from '../src/core/mask/brush.ts'
import type { GreyRange } from '../src/core/mask/edit/threshold.ts'
import type { BoundingBox, Mask } from '../src/core/mask/mask.ts'
import type { RegionMeasures } from '../src/core/mask/measure/measureRegion.ts'
import type { Triple } from '../src/core/numeric/voxelArray.ts'
import type { GrownPart, MaskApi } from './maskApi.ts'
import { orAborted } from './orAborted.ts'
import { cutInPieces } from '../src/io/inPieces.ts'
import { startMaskWorker } from './startMaskWorker.ts'
import { createStayingWorker, type StayingWorker } from './stayingWorker.ts'

export type { GrownPart } from './maskApi.ts'

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
  /** @param box outside which the mask is empty @returns slice and ends of the diameter by indexes of the whole image */
  measure(image: Volume, mask: Mask, box: BoundingBox, sliceAxis: Axis): Promise<RegionMeasures>
}

/** After so long without a question a worker is ended. */
const idleMs = 20_000

/**
 * Small questions about a box of an image, which the hand asks again and again: a worker stays for the next one. Only the box
 * goes to it. Growing and measuring have a worker each, so that ending one does not lose the answer of the other.
 */
export function createPartBridge(): PartBridge {
  const growing = createQuestions()
  const measuring = createQuestions()
  return {
    async grow(image, { box, seed, range, sliceAxis }, signal) {
      const { lower } = box
      const seedInBox: Triple = [seed[0] - lower[0], seed[1] - lower[1], seed[2] - lower[2]]
      const grown = await growing.ask(signal, async (api) => {
        const part = await cutVolume(image, box)
        return api.growPart(transfer(part, [part.voxels.buffer]), seedInBox, range, sliceAxis)
      })
      return { ...grown, box: grown.box && { lower: shiftBy(lower, grown.box.lower), upper: shiftBy(lower, grown.box.upper) } }
    },
    async measure(image, mask, box, sliceAxis) {
      const { diameter, ...measures } = await measuring.ask(new AbortController().signal, async (api) => {
        const part = await cutVolume(image, box)
        const voxels = await cutInPieces(mask, { imageBox: box })
        const maskPart: Mask = { ...mask, size: part.size, voxels }
        return api.measurePart(transfer(part, [part.voxels.buffer]), transfer(maskPart, [voxels.buffer]), sliceAxis)
      })
      return {
        ...measures,
        diameter: diameter && {
          ...diameter,
          slice: diameter.slice + box.lower[sliceAxis],
          from: shiftBy(box.lower, diameter.from),
          to: shiftBy(box.lower, diameter.to),
        },
      }
    },
  }
}

/** Voxels of a box and their size: where it lies in the patient does not matter to the worker. */
async function cutVolume({ size, spacingMm, originMm, direction, voxels }: Volume | Mask, box: BoundingBox): Promise<Volume> {
  const grid = { size, spacingMm, originMm, direction }
  const part = await cutInPieces({ ...grid, voxels }, { imageBox: box })
  return { ...grid, size: extentOf(box), voxels: part, source: { path: 'part', format: 'memory' } }
}

const shiftBy = (by: Triple, at: Triple): Triple => [at[0] + by[0], at[1] + by[1], at[2] + by[2]]

/** A worker that is started for the first question and ended when there was none for a while. */
function createQuestions() {
  let current: { readonly worker: StayingWorker<MaskApi, void>; readonly life: AbortController } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let questions = 0
  const end = (one: typeof current, reason: unknown) => {
    one?.worker.close()
    one?.life.abort(reason)
    if (current === one) current = undefined
  }
  return {
    async ask<Answer>(signal: AbortSignal, question: (api: Remote<MaskApi>) => Promise<Answer>): Promise<Answer> {
      signal.throwIfAborted()
      clearTimeout(timer)
      current ??= { worker: createStayingWorker(startMaskWorker, () => Promise.resolve()), life: new AbortController() }
      const asked = current
      // What it computes cannot be stopped otherwise.
      const stop = () => end(asked, signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      questions++
      try {
        return await orAborted(asked.life.signal, asked.worker.ask(question))
      } catch (error) {
        // After a trap the memory of its kernels cannot be trusted.
        end(asked, error)
        throw error
      } finally {
        signal.removeEventListener('abort', stop)
        if (--questions === 0) timer = setTimeout(() => end(current, new Error('Nobody asked for a while.')), idleMs)
      }
    },
  }
}
