import { transfer, wrap } from 'comlink'
import type { Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { ContourJob, ContourResult, MaskApi, MaskJob, MaskResult } from './maskApi.ts'
import { progressUntilDone } from './progress.ts'
import { copyInPieces } from './sendInPieces.ts'

export type { ContourJob, ContourResult, Joining, MaskJob, MaskResult } from './maskApi.ts'

/** A contour in a worker of its own, which evolves as far as it is told. */
export interface OpenContour {
  readonly start: ContourResult
  evolve(rounds: number): Promise<ContourResult>
  /** Ends the worker; what it was still asked for never comes. */
  close(): void
}

export interface MaskBridge {
  /** @throws the signal's reason when it aborts: the worker is ended then */
  run(mask: Mask, job: MaskJob, signal: AbortSignal, onProgress: (percent: number) => void): Promise<MaskResult>
  startContour(mask: Mask, job: ContourJob, signal: AbortSignal): Promise<OpenContour>
}

/**
 * Mask operations off the page's own thread, each in a worker that is started for it and ended after it, so that its memory
 * comes back. What goes to the worker is a copy: the mask in hand stays as it is whatever happens.
 */
export const maskBridge: MaskBridge = {
  async run(mask, job, signal, onProgress) {
    const worker = startMaskWorker(signal)
    const progress = progressUntilDone(onProgress)
    try {
      const [sentMask, sentJob] = [await copyGrid(mask), await copyJob(job)]
      const pipelinesUrl = new URL(`${import.meta.env.BASE_URL}itk`, location.href).href
      return await worker.race(worker.api.run(give(sentMask), give(sentJob), pipelinesUrl, progress.report))
    } finally {
      progress.done()
      worker.end()
    }
  },
  async startContour(mask, job, signal) {
    const worker = startMaskWorker(signal)
    try {
      const [sentMask, image] = [await copyGrid(mask), await copyVolume(job.image)]
      const start = await worker.race(worker.api.startContour(give(sentMask), give({ ...job, image })))
      return { start, evolve: (rounds) => worker.race(worker.api.evolveContour(rounds)), close: worker.end }
    } catch (error) {
      worker.end()
      throw error
    }
  },
}

/** comlink leaves the calls of an ended worker hanging, so every call races with its end. */
export function startMaskWorker(signal: AbortSignal) {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' })
  let stop = () => {}
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    worker.addEventListener('error', (event) =>
      reject(new Error(`The worker for masks stopped: ${event.message || 'it ran out of memory or could not be loaded'}.`)),
    )
  })
  ended.catch(() => undefined)
  const end = () => {
    signal.removeEventListener('abort', abort)
    worker.terminate()
  }
  const abort = () => {
    stop()
    end()
  }
  signal.addEventListener('abort', abort, { once: true })
  return { api: wrap<MaskApi>(worker), race: <T>(call: Promise<T>) => Promise.race([call, ended]), end }
}

async function copyGrid({ size, spacingMm, originMm, direction, voxels }: Mask): Promise<Mask> {
  return { size, spacingMm, originMm, direction, voxels: await copyInPieces(voxels) }
}

async function copyVolume(volume: Volume): Promise<Volume> {
  return { ...volume, voxels: await copyInPieces(volume.voxels) }
}

async function copyJob(job: MaskJob): Promise<MaskJob> {
  if (job.kind === 'grow') return { ...job, image: await copyVolume(job.image), outside: await copyInPieces(job.outside) }
  if (job.kind === 'propose') return { ...job, pre: await copyVolume(job.pre), post: await copyVolume(job.post) }
  return job
}

/** A copy goes over without being copied again. */
function give<T extends Mask | MaskJob | ContourJob>(sent: T): T {
  const arrays =
    'voxels' in sent
      ? [sent.voxels]
      : !('kind' in sent)
        ? [sent.image.voxels]
        : sent.kind === 'grow'
          ? [sent.image.voxels, sent.outside]
          : sent.kind === 'propose'
            ? [sent.pre.voxels, sent.post.voxels]
            : []
  return transfer(sent, [...new Set(arrays.map(({ buffer }) => buffer))])
}
