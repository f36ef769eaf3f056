import { transfer, type Remote } from 'comlink'
import type { AnyParameters } from '../src/core/parameters/parameters.ts'
import type { PreparedCase } from '../src/core/extraction/case.ts'
import { addProvenance } from '../src/core/extraction/diagnostics.ts'
import { collectResult, type ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { collectGreyLevels, planGreyLevels, type GreyLevelCount } from '../src/core/extraction/greyLevels.ts'
import { createJobQueue, failedJob, type JobQueue } from '../src/core/extraction/jobQueue.ts'
import { planJobs, type Job } from '../src/core/extraction/planJobs.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { OnProgress, Progress } from '../src/core/numeric/jobs.ts'
import { copyInPieces } from '../src/io/inPieces.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'
import type { ComputeApi } from './computeApi.ts'
import { createComputeTurns, type Turn } from './computeTurns.ts'
import { beginProvenance, type Hash } from './hashCase.ts'
import { orAborted } from './orAborted.ts'
import { memoryForCase, planCase, prepareInWorkers, type Case } from './prepareInWorkers.ts'
import type { StartWorker } from './startWorker.ts'
import { createStayingWorker } from './stayingWorker.ts'
import { type Message } from '../src/core/messages/message.ts'

export interface ComputeHost {
  readonly startWorker: StartWorker<ComputeApi>
  /** At most this many workers; fewer if there are fewer jobs or less memory. */
  readonly maximumWorkers: number
  /** Bytes that all workers together may use. */
  readonly memoryBudget: number
  readonly hash: Hash
  /** Of this program. */
  readonly version: string
}

export type { Progress }

export interface ExtractionOptions {
  readonly signal?: AbortSignal
  /** Its `total` is 0 until the jobs are known. */
  readonly onProgress?: OnProgress
}

export interface ComputeBridge {
  /**
   * The features of one region. Calls share the workers: one alone has all of them, several at once have some each, as far as
   * the memory reaches; others wait for their turn. An abort ends its workers at once and resolves to what was finished by
   * then, with `partial: true`.
   * @throws if the case cannot be used at all; the message says why and what to do.
   */
  extract(image: Volume, mask: Mask, parameters: AnyParameters, options?: ExtractionOptions): Promise<ExtractionResult>
  /**
   * The grey levels of every image that an extraction would measure, without the texture: a part of its time. An abort ends
   * the workers.
   * @throws as `extract`, and the signal's reason
   */
  countGreyLevels(
    image: Volume,
    mask: Mask,
    parameters: AnyParameters,
    options?: ExtractionOptions,
  ): Promise<readonly GreyLevelCount[]>
  /** Workers that exist now; they start when needed and end when idle. */
  workerCount(): number
  close(): void
}

export function createComputeBridge(host: ComputeHost): ComputeBridge {
  const turns = createComputeTurns(host.startWorker, host)

  async function extract(own: Case, { signal, onProgress }: ExtractionOptions): Promise<ExtractionResult> {
    const { image, mask, parameters } = own
    const provenance = parameters.settings.additionalInfo ? await beginProvenance(host, parameters, signal) : undefined
    const planned = planCase(own)
    let prepared: PreparedCase | undefined
    let jobs: readonly Job[] = []
    let queue = createJobQueue(jobs)
    const collect = (prepared: PreparedCase) => {
      const { diagnostics } = prepared
      return collectResult(
        provenance ? { ...prepared, diagnostics: addProvenance(diagnostics, provenance.known(), prepared.plan) } : prepared,
        jobs,
        queue.results(),
      )
    }
    try {
      return await turns.run(planned.workerBytes, signal, async (turn) => {
        let hashing: Promise<void> | undefined
        // While one worker alone has work, and after what all of them wait for.
        const startHashing = () => {
          hashing ??= provenance?.hashVoxels(image, mask, turn.life)
        }
        prepared = await prepareInWorkers(turn, own, planned, onProgress, startHashing)
        jobs = planJobs(prepared, prepared.plan)
        queue = createJobQueue(jobs)
        await runJobs(turn, prepared, jobs, queue, onProgress)
        if (hashing) await orAborted(turn.life, hashing)
        return collect(prepared)
      })
    } catch (error) {
      if (!signal?.aborted) throw error
      return prepared ? collect(prepared) : { diagnostics: [], features: [], failures: [], warnings: [], partial: true }
    }
  }

  async function countGreyLevels(own: Case, { signal, onProgress }: ExtractionOptions): Promise<readonly GreyLevelCount[]> {
    const planned = planCase(own)
    return turns.run(planned.workerBytes, signal, async (turn) => {
      const prepared = await prepareInWorkers(turn, own, planned, onProgress, () => {})
      const jobs = planGreyLevels(prepared, prepared.plan)
      const queue = createJobQueue(jobs)
      await runJobs(turn, prepared, jobs, queue, onProgress)
      return collectGreyLevels(jobs, queue.results())
    })
  }

  return {
    extract: (image, mask, parameters, options = {}) => extract({ image, mask, parameters }, options),
    countGreyLevels: (image, mask, parameters, options = {}) => countGreyLevels({ image, mask, parameters }, options),
    workerCount: turns.workerCount,
    close: turns.close,
  }
}

/** Spreads the jobs over workers, each with a copy of the case. One that fails alone is told in its result. */
async function runJobs(
  turn: Turn,
  prepared: PreparedCase,
  jobs: readonly Job[],
  queue: JobQueue,
  onProgress: OnProgress | undefined,
): Promise<void> {
  const { life, maximumWorkers, memoryBudget } = turn
  const report = (step: Message) => onProgress?.({ done: queue.results().length, total: jobs.length, step })
  const mostForMemory = Math.floor(memoryBudget / memoryForCase(prepared.voxels.length))
  const workers = Array.from({ length: Math.max(1, Math.min(maximumWorkers, jobs.length, mostForMemory)) }, (_, place) =>
    createStayingWorker(
      () => turn.worker(place),
      (api, alive) => sendCase(api, prepared, alive),
      life,
    ),
  )
  const wake: (() => void)[] = []
  await Promise.all(
    workers.map(async (worker) => {
      while (queue.hasMore()) {
        const ready = queue.next()
        if (!ready) {
          await orAborted(life, new Promise<void>((resolve) => wake.push(resolve)))
          continue
        }
        const { job, parts } = ready
        report(job.step)
        try {
          queue.finish(await worker.ask((api) => api.runJob(job, parts)))
        } catch (error) {
          if (life.aborted || error instanceof ProgramLoadError) throw error
          worker.openAgain()
          queue.finish(failedJob(job, error))
        }
        report(job.step)
        for (const go of wake.splice(0)) go()
      }
    }),
  )
}

async function sendCase(api: Remote<ComputeApi>, prepared: PreparedCase, life: AbortSignal): Promise<void> {
  const voxels = await copyInPieces(prepared.voxels, life)
  const mask = await copyInPieces(prepared.mask, life)
  const shapeMask = prepared.shapeMask === prepared.mask ? mask : await copyInPieces(prepared.shapeMask, life)
  const buffers = [...new Set([voxels.buffer, mask.buffer, shapeMask.buffer])]
  await api.openCase(transfer({ ...prepared, voxels, mask, shapeMask }, buffers))
}
