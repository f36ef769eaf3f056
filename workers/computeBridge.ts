import { transfer, type Remote } from 'comlink'
import type { PreparedCase } from '../src/core/extraction/case.ts'
import { addProvenance } from '../src/core/extraction/diagnostics.ts'
import { collectResult, type ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { cutCase } from '../src/core/extraction/cutCase.ts'
import { planJobs, type Job } from '../src/core/extraction/planJobs.ts'
import type { JobResult } from '../src/core/extraction/runJob.ts'
import type { VolumeStatistics } from '../src/core/image/statistics.ts'
import type { Volume } from '../src/core/image/volume.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { ExtractionParameters } from '../src/core/parameters.ts'
import type { ComputeApi } from './computeApi.ts'

export interface ComputeWorker {
  readonly api: Remote<ComputeApi>
  /** Rejects if the worker dies; never resolves. */
  readonly crashed: Promise<never>
  terminate(): void
}

export interface ComputeHost {
  startWorker(): ComputeWorker
  /** At most this many workers; fewer if there are fewer jobs or less memory. */
  readonly maximumWorkers: number
  /** Bytes that all workers together may use. */
  readonly memoryBudget: number
  /** SHA-1 of the bytes as lower-case hexadecimal digits, or a word why there is none. */
  hash(bytes: Uint8Array<ArrayBuffer>): Promise<string>
  /** Of this program. */
  readonly version: string
}

export interface Progress {
  readonly done: number
  /** 0 until the jobs are known. */
  readonly total: number
  /** What is being worked on, in the user's words. */
  readonly step: string
}

export interface ExtractionOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface ComputeBridge {
  /**
   * The features of one region. Calls wait for each other. An abort ends the workers at once and resolves to what was
   * finished by then, with `partial: true`.
   * @throws if the case cannot be used at all; the message says why and what to do.
   */
  extract(image: Volume, mask: Mask, parameters: ExtractionParameters, options?: ExtractionOptions): Promise<ExtractionResult>
  /** Workers that exist now; they start when needed and end when idle. */
  workerCount(): number
  close(): void
}

const idleMs = 20_000
const chunkVoxels = 2 ** 20
const chunksAhead = 4

class Cancelled extends Error {}

interface Slot {
  readonly worker: ComputeWorker
  caseOpen: boolean
}

export function createComputeBridge(host: ComputeHost): ComputeBridge {
  let slots: Slot[] = []
  let last: Promise<unknown> = Promise.resolve()
  let idle: ReturnType<typeof setTimeout> | undefined

  function close() {
    clearTimeout(idle)
    for (const { worker } of slots) worker.terminate()
    slots = []
  }

  function slotsFor(count: number): Slot[] {
    while (slots.length < count) slots.push({ worker: host.startWorker(), caseOpen: false })
    return slots.slice(0, count)
  }

  async function run(
    image: Volume,
    mask: Mask,
    parameters: ExtractionParameters,
    { signal, onProgress }: ExtractionOptions,
  ): Promise<ExtractionResult> {
    clearTimeout(idle)
    for (const slot of slots) slot.caseOpen = false
    let stop = () => {}
    // comlink leaves the calls of a terminated worker hanging, so every call races with this promise.
    const cancelled = new Promise<never>((_, reject) => {
      stop = () => {
        close()
        reject(new Cancelled('cancelled'))
      }
    })
    cancelled.catch(() => {})
    signal?.addEventListener('abort', stop, { once: true })
    const results: JobResult[] = []
    let prepared: PreparedCase | undefined
    let jobs: readonly Job[] = []
    try {
      if (signal?.aborted) throw new Cancelled('cancelled')
      onProgress?.({ done: 0, total: 0, step: 'Reading grey levels' })
      const cut = cutCase(image, mask, parameters)
      const [first] = slotsFor(1)
      const call = <T>(slot: Slot, work: Promise<T>) => Promise.race([work, slot.worker.crashed, cancelled])
      // The worker measures while this thread computes the hashes.
      const measuring = call(first, measure(first.worker.api, image.voxels))
      measuring.catch(() => {})
      const hashing = Promise.all(
        [image.voxels, new Uint32Array(mask.voxels), new TextEncoder().encode(JSON.stringify(parameters))].map((data) =>
          host.hash(bytesOf(data)),
        ),
      )
      hashing.catch(() => {})
      const statistics = await measuring
      onProgress?.({ done: 0, total: 0, step: 'Preparing the image' })
      prepared = await call(first, first.worker.api.prepare(transfer(cut, [cut.voxels.buffer]), statistics, parameters))
      const [imageHash, maskHash, parameterHash] = await Promise.race([hashing, cancelled])
      if (parameters.settings.additionalInfo) {
        prepared = {
          ...prepared,
          diagnostics: addProvenance(
            prepared.diagnostics,
            { version: host.version, imageHash, maskHash, parameterHash },
            parameters,
          ),
        }
      }
      jobs = planJobs(prepared, parameters)
      const count = Math.max(
        1,
        Math.min(host.maximumWorkers, jobs.length, Math.floor(host.memoryBudget / memoryForCase(prepared))),
      )
      await runAll(slotsFor(count), prepared, jobs, results, call, onProgress)
      return collectResult(prepared, jobs, results)
    } catch (error) {
      if (!(error instanceof Cancelled)) {
        // A worker that failed outside a job is not used again.
        close()
        throw error
      }
      return prepared
        ? collectResult(prepared, jobs, results)
        : { diagnostics: [], features: [], failures: [], warnings: [], partial: true }
    } finally {
      signal?.removeEventListener('abort', stop)
      idle = setTimeout(close, idleMs)
    }
  }

  return {
    extract(image, mask, parameters, options = {}) {
      const result = last.then(() => run(image, mask, parameters, options))
      last = result.catch(() => {})
      return result
    },
    workerCount: () => slots.length,
    close,
  }

  async function runAll(
    workers: readonly Slot[],
    prepared: PreparedCase,
    jobs: readonly Job[],
    results: JobResult[],
    call: <T>(slot: Slot, work: Promise<T>) => Promise<T>,
    onProgress: ExtractionOptions['onProgress'],
  ) {
    const waiting = [...jobs].sort((a, b) => b.cost - a.cost)
    let done = 0
    const report = (step: string) => onProgress?.({ done, total: jobs.length, step })
    /** Jobs whose input another job makes wait until all of its parts are there. */
    const takeReady = (): Job | undefined => {
      const at = waiting.findIndex((job) => job.needs.every((id) => results.some((result) => result.id === id)))
      return at < 0 ? undefined : waiting.splice(at, 1)[0]
    }
    let wake: (() => void)[] = []
    await Promise.all(
      workers.map(async (slot) => {
        while (waiting.length > 0) {
          const job = takeReady()
          if (!job) {
            await new Promise<void>((resolve) => wake.push(resolve))
            continue
          }
          report(job.label)
          results.push(await runOne(slot, prepared, job, results, call))
          done++
          report(job.label)
          wake.forEach((resolve) => resolve())
          wake = []
        }
      }),
    )
  }

  async function runOne(
    slot: Slot,
    prepared: PreparedCase,
    job: Job,
    results: readonly JobResult[],
    call: <T>(slot: Slot, work: Promise<T>) => Promise<T>,
  ): Promise<JobResult> {
    try {
      if (!slot.caseOpen) {
        await call(slot, slot.worker.api.openCase(prepared))
        slot.caseOpen = true
      }
      const parts = job.needs.map((id) => results.find((result) => result.id === id)!)
      const failed = parts.find((part) => part.failure !== undefined)
      if (failed) return { id: job.id, failure: failed.failure! }
      return await call(
        slot,
        slot.worker.api.runJob(
          job,
          parts.map((part) => part.values!),
        ),
      )
    } catch (error) {
      if (error instanceof Cancelled) throw error
      slot.caseOpen = false
      return { id: job.id, failure: error instanceof Error ? error.message : String(error) }
    }
  }
}

/**
 * The volume goes to the worker in pieces, so that no second copy of it ever exists. A few are sent ahead: this thread may be
 * busy when the worker asks for more.
 */
async function measure(api: Remote<ComputeApi>, voxels: VoxelArray): Promise<VolumeStatistics> {
  const sent: Promise<void>[] = [api.startStatistics()]
  for (let from = 0; from < voxels.length; from += chunkVoxels) {
    const chunk = voxels.slice(from, from + chunkVoxels) as VoxelArray
    sent.push(api.addToStatistics(transfer(chunk, [chunk.buffer])))
    if (sent.length > chunksAhead) await sent.shift()
  }
  await Promise.all(sent)
  return api.finishStatistics()
}

function bytesOf(voxels: VoxelArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
}

/** A filter needs its input, its result and the passes between; LBP's spline coefficients are among them. */
function memoryForCase({ voxels }: PreparedCase): number {
  return 64 * 2 ** 20 + 8 * voxels.length * 8
}
