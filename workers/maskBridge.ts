import { transfer } from 'comlink'
import type { Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { ContourJob, ContourResult, ContourStart, MaskJob, MaskResult } from './maskApi.ts'
import { pipelinesUrl } from './pipelinesUrl.ts'
import { progressUntilDone } from './progress.ts'
import { runInWorker } from './runInWorker.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { startMaskWorker } from './startMaskWorker.ts'
import { createStayingWorker } from './stayingWorker.ts'

export type { ContourJob, ContourResult, ContourStart, Joining, MaskJob, MaskResult } from './maskApi.ts'

/** A contour in a worker of its own, which evolves as far as it is told. */
export interface OpenContour {
  readonly start: ContourStart
  evolve(rounds: number): Promise<ContourResult>
  /** Ends the worker, with what it was still asked for. */
  close(): void
}

export interface MaskBridge {
  /** @throws the signal's reason when it aborts: the worker is ended then */
  run(mask: Mask, job: MaskJob, signal: AbortSignal, onProgress: (percent: number) => void): Promise<MaskResult>
  /** @param signal closes it, whatever it does */
  startContour(mask: Mask, job: ContourJob, signal: AbortSignal): Promise<OpenContour>
}

/**
 * Mask operations off the page's own thread, each in a worker that is started for it and ended after it, so that its memory
 * comes back. What goes to the worker is a copy: the mask in hand stays as it is whatever happens.
 */
export const maskBridge: MaskBridge = {
  async run(mask, job, signal, onProgress) {
    const progress = progressUntilDone(onProgress)
    return runInWorker(
      startMaskWorker,
      async (api, life) => {
        const [sentMask, sentJob] = [await copyGrid(mask, life), await copyJob(job, life)]
        return api.run(give(sentMask), give(sentJob), pipelinesUrl(), progress.report)
      },
      signal,
    ).finally(progress.done)
  },
  async startContour(mask, job, signal) {
    let rounds = 0
    const worker = createStayingWorker(
      startMaskWorker,
      async (api, life) => {
        const [sentMask, image] = [await copyGrid(mask, life), await copyVolume(job.image, life)]
        const start = await api.startContour(give(sentMask), give({ ...job, image }))
        if (rounds > 0) await api.evolveContour(rounds)
        return start
      },
      signal,
    )
    return {
      start: await worker.ask((_, start) => Promise.resolve(start)),
      async evolve(by) {
        const evolved = await worker.ask((api) => api.evolveContour(by))
        rounds = evolved.rounds
        return evolved
      },
      close: () => worker.close(),
    }
  },
}

async function copyGrid({ size, spacingMm, originMm, direction, voxels }: Mask, life: AbortSignal): Promise<Mask> {
  return { size, spacingMm, originMm, direction, voxels: await copyInPieces(voxels, life) }
}

async function copyVolume(volume: Volume, life: AbortSignal): Promise<Volume> {
  return { ...volume, voxels: await copyInPieces(volume.voxels, life) }
}

async function copyJob(job: MaskJob, life: AbortSignal): Promise<MaskJob> {
  if (job.kind === 'grow')
    return { ...job, image: await copyVolume(job.image, life), outside: await copyInPieces(job.outside, life) }
  if (job.kind === 'propose') return { ...job, pre: await copyVolume(job.pre, life), post: await copyVolume(job.post, life) }
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
