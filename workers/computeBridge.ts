import { transfer, type Remote } from 'comlink'
import type { CaseCut, PreparedCase } from '../src/core/extraction/case.ts'
import { addProvenance, type Provenance } from '../src/core/extraction/diagnostics.ts'
import { collectResult, type ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { planCut, planImage } from '../src/core/extraction/cutCase.ts'
import { collectGreyLevels, planGreyLevels, type GreyLevelCount } from '../src/core/extraction/greyLevels.ts'
import { planJobs, type Job } from '../src/core/extraction/planJobs.ts'
import type { JobResult } from '../src/core/extraction/runJob.ts'
import type { VolumeStatistics } from '../src/core/image/statistics.ts'
import { voxelCount, type Grid, type Volume } from '../src/core/image/volume.ts'
import { extentOf } from '../src/core/mask/boundingBox.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { ExtractionParameters } from '../src/core/parameters.ts'
import { isProgramLoadError } from '../src/io/programLoadError.ts'
import type { ComputeApi } from './computeApi.ts'
import { WorkerEnded, type LivingWorker } from './livingWorker.ts'
import { onceAgain } from './onceAgain.ts'
import { copyInPieces, cutInPieces, joinInPieces, pieceBytes, pieces } from './sendInPieces.ts'

export interface ComputeHost {
  startWorker(): LivingWorker<ComputeApi>
  /** At most this many workers; fewer if there are fewer jobs or less memory. */
  readonly maximumWorkers: number
  /** Bytes that all workers together may use. */
  readonly memoryBudget: number
  /** SHA-1 of so many bytes, which come in pieces, from the first one with each call, as lower-case hexadecimal digits; or a word why there is none. */
  hash(byteLength: number, pieces: () => AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<string>
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
  /**
   * The grey levels of every image that an extraction would measure, without the texture: a part of its time. An abort ends
   * the workers and rejects.
   * @throws as `extract`
   */
  countGreyLevels(
    image: Volume,
    mask: Mask,
    parameters: ExtractionParameters,
    options?: ExtractionOptions,
  ): Promise<readonly GreyLevelCount[]>
  /** Workers that exist now; they start when needed and end when idle. */
  workerCount(): number
  close(): void
}

const idleMs = 20_000
const piecesAhead = 4
/** A worker and its kernels without a case. */
const kernelBytes = 64 * 2 ** 20
/** Below this, telling another worker costs more than its part of the resampling saves. */
const fewestVoxelsAPart = 30_000

/** Stands where a hash would, in a result that was cancelled early. */
const hashNotReady = 'not known: the extraction was cancelled before it was computed'
/** Features are not lost for want of a hash. */
const describeMissingHash = (error: unknown) => `not known: ${error instanceof Error ? error.message : String(error)}`

class Cancelled extends Error {}

interface Case {
  readonly image: Volume
  readonly mask: Mask
  readonly parameters: ExtractionParameters
}

/** Waits for work unless the user cancels. */
type Call = <T>(work: Promise<T>) => Promise<T>

/** A place for a worker, which another one takes when it has ended by itself. */
interface Slot {
  worker: LivingWorker<ComputeApi>
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

  /** @throws Cancelled where the slot's worker was not missed but ended */
  function startIn(slot: Slot): void {
    if (!slots.includes(slot)) throw new Cancelled('cancelled')
    slot.worker = host.startWorker()
    slot.caseOpen = false
  }

  function slotsFor(count: number): Slot[] {
    slots.filter(({ worker }) => !worker.isAlive()).forEach(startIn)
    while (slots.length < count) slots.push({ worker: host.startWorker(), caseOpen: false })
    return slots.slice(0, count)
  }

  /** Gives work its turn with the workers: an abort ends them and rejects with `Cancelled`, a failure outside a job ends them too. */
  async function withWorkers<T>(signal: AbortSignal | undefined, work: (call: Call) => Promise<T>): Promise<T> {
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
    try {
      if (signal?.aborted) throw new Cancelled('cancelled')
      return await work((call) => Promise.race([call, cancelled]))
    } catch (error) {
      // A worker that failed outside a job is not used again.
      if (!(error instanceof Cancelled)) close()
      throw error
    } finally {
      signal?.removeEventListener('abort', stop)
      idle = setTimeout(close, idleMs)
    }
  }

  /** Where a worker ends by itself all begin anew: what they hold belongs together. */
  const prepare = (...sent: Parameters<typeof prepareOnce>): Promise<PreparedCase> =>
    onceAgain(() =>
      prepareOnce(...sent).catch((error: unknown) => {
        if (error instanceof WorkerEnded) close()
        throw error
      }),
    )

  /**
   * Image and mask on the grid on which they are measured: its slices are shared out, the rest the first worker does.
   * @param meanwhile is called when that is all that is left to wait for
   */
  async function prepareOnce(
    { image, mask, parameters }: Case,
    call: Call,
    onProgress: ExtractionOptions['onProgress'],
    meanwhile: () => void,
  ): Promise<PreparedCase> {
    onProgress?.({ done: 0, total: 0, step: 'Reading grey levels' })
    const [first] = slotsFor(1)
    // The worker measures while the image is cut.
    const measuring = measure(first.worker.api, image.voxels)
    measuring.catch(() => {})
    const plan = planCut(image, mask, parameters)
    const { grid, kind } = planImage(plan.imageGrid, plan.maskGrid, plan.boundingBox, parameters)
    const workers = kind === 'crop' ? [first] : slotsForSlices(plan, grid)
    const voxels = await call(cutInPieces(image, plan))
    const copies = await call(Promise.all(workers.slice(1).map(() => copyInPieces(voxels))))
    const statistics = await call(measuring)
    onProgress?.({ done: 0, total: 0, step: 'Preparing the image' })
    const cuts = [voxels, ...copies].map((voxels) => transfer({ ...plan, voxels }, [voxels.buffer]))
    if (workers.length === 1) {
      meanwhile()
      return call(first.worker.api.prepare(cuts[0], statistics, parameters))
    }

    const bound = (part: number) => Math.floor((grid.size[2] * part) / workers.length)
    const parts = await Promise.all(
      workers.map((slot, part) =>
        call(slot.worker.api.prepareSlices(cuts[part], statistics, parameters, { from: bound(part), to: bound(part + 1) })),
      ),
    )
    const slices = {
      pixelType: parts[0].pixelType,
      voxels: await call(joinInPieces(parts.map(({ voxels }) => voxels))),
      mask: await call(joinInPieces(parts.map(({ mask }) => mask))),
    }
    const all = transfer(slices, [slices.voxels.buffer, slices.mask.buffer])
    meanwhile()
    return call(first.worker.api.finishCase(plan, all, statistics, parameters))
  }

  /** Every worker turns the whole cut into coefficients of a spline and then makes its slices of the new grid. */
  function slotsForSlices(plan: Omit<CaseCut, 'voxels'>, grid: Grid): Slot[] {
    const [x, y, z] = extentOf(plan.imageBox)
    const memory = kernelBytes + 8 * (2 * x * y * z + voxelCount(grid))
    const worthIt = Math.min(grid.size[2], Math.floor(voxelCount(grid) / fewestVoxelsAPart))
    return slotsFor(Math.max(1, Math.min(host.maximumWorkers, worthIt, Math.floor(host.memoryBudget / memory))))
  }

  function slotsForJobs(prepared: PreparedCase, jobs: readonly Job[]): Slot[] {
    const count = Math.min(host.maximumWorkers, jobs.length, Math.floor(host.memoryBudget / memoryForCase(prepared)))
    return slotsFor(Math.max(1, count))
  }

  async function extract(own: Case, { signal, onProgress }: ExtractionOptions): Promise<ExtractionResult> {
    const { parameters } = own
    const results: JobResult[] = []
    let prepared: PreparedCase | undefined
    let jobs: readonly Job[] = []
    let provenance = parameters.settings.additionalInfo ? await startProvenance(parameters) : undefined
    const collect = (prepared: PreparedCase) => {
      const { diagnostics } = prepared
      return collectResult(
        provenance ? { ...prepared, diagnostics: addProvenance(diagnostics, provenance, parameters) } : prepared,
        jobs,
        results,
      )
    }
    try {
      return await withWorkers(signal, async (call) => {
        let hashing: Promise<unknown> | undefined
        // While one worker alone has work, and after what all of them wait for.
        const startHashing = () => {
          if (!provenance || hashing) return
          const known = (part: Partial<Provenance>) => (provenance = { ...provenance!, ...part })
          hashing = Promise.all([
            hashImage(own.image).then((imageHash) => known({ imageHash })),
            hashMask(own.mask).then((maskHash) => known({ maskHash })),
          ])
        }
        prepared = await prepare(own, call, onProgress, startHashing)
        jobs = planJobs(prepared, parameters)
        await runAll(slotsForJobs(prepared, jobs), prepared, jobs, results, call, onProgress)
        if (hashing) await call(hashing)
        return collect(prepared)
      })
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
      return prepared ? collect(prepared) : { diagnostics: [], features: [], failures: [], warnings: [], partial: true }
    }
  }

  /** What is known at once; the hashes of the voxels take their places when they are there. */
  async function startProvenance(parameters: ExtractionParameters): Promise<Provenance> {
    const text = new TextEncoder().encode(JSON.stringify(parameters))
    const parameterHash = await host.hash(text.length, () => bytesInPieces(text)).catch(describeMissingHash)
    return { version: host.version, parameterHash, imageHash: hashNotReady, maskHash: hashNotReady }
  }

  function hashImage({ voxels }: Volume): Promise<string> {
    return host.hash(voxels.byteLength, () => bytesInPieces(voxels)).catch(describeMissingHash)
  }

  /** PyRadiomics holds masks as uint32. */
  function hashMask({ voxels }: Mask): Promise<string> {
    return host.hash(voxels.length * 4, () => piecesAsUint32(voxels)).catch(describeMissingHash)
  }

  async function countGreyLevels(own: Case, { signal, onProgress }: ExtractionOptions): Promise<readonly GreyLevelCount[]> {
    return withWorkers(signal, async (call) => {
      const results: JobResult[] = []
      const prepared = await prepare(own, call, onProgress, () => {})
      const jobs = planGreyLevels(prepared, own.parameters)
      await runAll(slotsForJobs(prepared, jobs), prepared, jobs, results, call, onProgress)
      return collectGreyLevels(jobs, results)
    })
  }

  /** Calls wait for each other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }

  return {
    extract: (image, mask, parameters, options = {}) => inTurn(() => extract({ image, mask, parameters }, options)),
    countGreyLevels: (image, mask, parameters, options = {}) =>
      inTurn(() => countGreyLevels({ image, mask, parameters }, options)),
    workerCount: () => slots.length,
    close,
  }

  async function runAll(
    workers: readonly Slot[],
    prepared: PreparedCase,
    jobs: readonly Job[],
    results: JobResult[],
    call: Call,
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
    call: Call,
  ): Promise<JobResult> {
    const parts = job.needs.map((id) => results.find((result) => result.id === id)!)
    const failed = parts.find((part) => part.failure !== undefined)
    if (failed) return { id: job.id, failure: failed.failure! }
    try {
      return await onceAgain(async () => {
        if (!slot.worker.isAlive()) startIn(slot)
        if (!slot.caseOpen) {
          await call(sendCase(slot.worker.api, prepared))
          slot.caseOpen = true
        }
        return call(
          slot.worker.api.runJob(
            job,
            parts.map((part) => part.values!),
          ),
        )
      })
    } catch (error) {
      if (error instanceof Cancelled || isProgramLoadError(error)) throw error
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
  const step = pieceBytes / voxels.BYTES_PER_ELEMENT
  for (let from = 0; from < voxels.length; from += step) {
    const piece = voxels.slice(from, from + step) as VoxelArray
    sent.push(api.addToStatistics(transfer(piece, [piece.buffer])))
    if (sent.length > piecesAhead) await sent.shift()
  }
  await Promise.all(sent)
  return api.finishStatistics()
}

/** Every worker gets a copy of the case. */
async function sendCase(api: Remote<ComputeApi>, prepared: PreparedCase): Promise<void> {
  const voxels = await copyInPieces(prepared.voxels)
  const mask = await copyInPieces(prepared.mask)
  const shapeMask = prepared.shapeMask === prepared.mask ? mask : await copyInPieces(prepared.shapeMask)
  const buffers = [...new Set([voxels.buffer, mask.buffer, shapeMask.buffer])]
  await api.openCase(transfer({ ...prepared, voxels, mask, shapeMask }, buffers))
}

/** The bytes of an array as they lie in memory. */
async function* bytesInPieces(voxels: VoxelArray): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const [from, to] of pieces(voxels)) {
    const { buffer, byteOffset, byteLength } = voxels.subarray(from, to)
    yield new Uint8Array(buffer, byteOffset, byteLength)
  }
}

async function* piecesAsUint32(voxels: VoxelArray): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const [from, to] of pieces(voxels, Uint32Array.BYTES_PER_ELEMENT)) {
    yield new Uint8Array(new Uint32Array(voxels.subarray(from, to)).buffer)
  }
}

/** A filter needs its input, its result and the passes between; LBP's spline coefficients are among them. */
function memoryForCase({ voxels }: PreparedCase): number {
  return kernelBytes + 8 * voxels.length * 8
}
