import { transfer, type Remote } from 'comlink'
import type { CaseCut, PreparedCase } from '../src/core/extraction/case.ts'
import { addProvenance, type Provenance } from '../src/core/extraction/diagnostics.ts'
import { collectResult, type ExtractionResult } from '../src/core/extraction/collectResult.ts'
import { planCut, planImage } from '../src/core/extraction/cutCase.ts'
import { collectGreyLevels, planGreyLevels, type GreyLevelCount } from '../src/core/extraction/greyLevels.ts'
import { createJobQueue, failedJob, type JobQueue, type ReadyJob } from '../src/core/extraction/jobQueue.ts'
import { planJobs, type Job } from '../src/core/extraction/planJobs.ts'
import type { JobResult } from '../src/core/extraction/runJob.ts'
import type { VolumeStatistics } from '../src/core/image/statistics.ts'
import { voxelCount, type Grid, type Volume } from '../src/core/image/volume.ts'
import { extentOf } from '../src/core/mask/boundingBox.ts'
import type { Mask } from '../src/core/mask/mask.ts'
import type { VoxelArray } from '../src/core/numeric/voxelArray.ts'
import type { ExtractionParameters } from '../src/core/parameters/parameters.ts'
import { isProgramLoadError } from '../src/io/programLoadError.ts'
import type { ComputeApi } from './computeApi.ts'
import { WorkerEnded, type LivingWorker } from './livingWorker.ts'
import { onceAgain } from './onceAgain.ts'
import { copyInPieces, cutInPieces, joinInPieces, pieceBytes, pieces } from '../src/io/inPieces.ts'

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
   * The features of one region. Calls share the workers: one alone has all of them, several at once have some each, as far as
   * the memory reaches; others wait for their turn. An abort ends its workers at once and resolves to what was finished by
   * then, with `partial: true`.
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

type PrepareArguments = [
  own: Case,
  planned: ReturnType<typeof planCase>,
  call: Call,
  onProgress: ExtractionOptions['onProgress'],
  meanwhile: () => void,
]

/** A place for a worker, which another one takes when it has ended by itself. */
interface Slot {
  worker: LivingWorker<ComputeApi>
  caseOpen: boolean
}

/** What one call of the bridge may use. */
interface Turn {
  readonly maximumWorkers: number
  readonly memoryBudget: number
  slots: Slot[]
}

export function createComputeBridge(host: ComputeHost): ComputeBridge {
  let free: LivingWorker<ComputeApi>[] = []
  const turns = new Set<Turn>()
  const waiting: { readonly workerBytes: number; readonly begin: (turn: Turn) => void }[] = []
  let idle: ReturnType<typeof setTimeout> | undefined

  function close() {
    clearTimeout(idle)
    for (const worker of free) worker.terminate()
    free = []
    turns.forEach(endWorkers)
  }

  function endWorkers(turn: Turn): void {
    for (const { worker } of turn.slots) worker.terminate()
    turn.slots = []
  }

  /** @throws Cancelled where the slot's worker was not missed but ended */
  function startIn(turn: Turn, slot: Slot): void {
    if (!turn.slots.includes(slot)) throw new Cancelled('cancelled')
    slot.worker = host.startWorker()
    slot.caseOpen = false
  }

  function slotsFor(turn: Turn, count: number): Slot[] {
    turn.slots.filter(({ worker }) => !worker.isAlive()).forEach((slot) => startIn(turn, slot))
    while (turn.slots.length < count) {
      free = free.filter((worker) => worker.isAlive())
      turn.slots.push({ worker: free.pop() ?? host.startWorker(), caseOpen: false })
    }
    return turn.slots.slice(0, count)
  }

  /** Who waits longest comes first. Those who wait share what is left of workers and memory; one call is always let in, whatever it needs. */
  function admit(): void {
    while (waiting.length > 0) {
      const [{ workerBytes, begin }] = waiting
      let { maximumWorkers: workers, memoryBudget: memory } = host
      for (const turn of turns) {
        workers -= turn.maximumWorkers
        memory -= turn.memoryBudget
      }
      if (turns.size > 0 && (workers < 1 || memory < workerBytes)) return
      const turn: Turn = {
        maximumWorkers: Math.max(1, Math.floor(workers / waiting.length)),
        memoryBudget: Math.max(memory / waiting.length, Math.min(memory, workerBytes)),
        slots: [],
      }
      waiting.shift()
      turns.add(turn)
      begin(turn)
    }
  }

  /**
   * Gives work its turn with workers: an abort ends them and rejects with `Cancelled`, a failure outside a job ends them too.
   * @param workerBytes that one of them needs for the work
   */
  async function withWorkers<T>(
    signal: AbortSignal | undefined,
    workerBytes: number,
    work: (turn: Turn, call: Call) => Promise<T>,
  ): Promise<T> {
    clearTimeout(idle)
    let turn: Turn | undefined
    let stop = () => {}
    // comlink leaves the calls of a terminated worker hanging, so every call races with this promise.
    const cancelled = new Promise<never>((_, reject) => {
      stop = () => {
        if (turn) endWorkers(turn)
        reject(new Cancelled('cancelled'))
      }
    })
    cancelled.catch(() => {})
    signal?.addEventListener('abort', stop, { once: true })
    const call: Call = (work) => Promise.race([work, cancelled])
    let place: (typeof waiting)[number] | undefined
    try {
      if (signal?.aborted) throw new Cancelled('cancelled')
      const begun = new Promise<Turn>((begin) => waiting.push((place = { workerBytes, begin: (own) => begin((turn = own)) })))
      admit()
      return await work(await call(begun), call)
    } catch (error) {
      // A worker that failed outside a job is not used again.
      if (turn && !(error instanceof Cancelled)) endWorkers(turn)
      throw error
    } finally {
      signal?.removeEventListener('abort', stop)
      if (turn) {
        free.push(...turn.slots.map(({ worker }) => worker))
        turns.delete(turn)
      } else if (place) waiting.splice(waiting.indexOf(place), 1)
      admit()
      if (turns.size === 0) idle = setTimeout(close, idleMs)
    }
  }

  /** Where a worker ends by itself all begin anew: what they hold belongs together. */
  function prepare(turn: Turn, ...sent: PrepareArguments): Promise<PreparedCase> {
    return onceAgain(() =>
      prepareOnce(turn, ...sent).catch((error: unknown) => {
        if (error instanceof WorkerEnded) endWorkers(turn)
        throw error
      }),
    )
  }

  /**
   * Image and mask on the grid on which they are measured: its slices are shared out, the rest the first worker does.
   * @param meanwhile is called when that is all that is left to wait for
   */
  async function prepareOnce(
    turn: Turn,
    ...[{ image, parameters }, { plan, grid, kind }, call, onProgress, meanwhile]: PrepareArguments
  ): Promise<PreparedCase> {
    onProgress?.({ done: 0, total: 0, step: 'Reading grey levels' })
    const [first] = slotsFor(turn, 1)
    // The worker measures while the image is cut.
    const measuring = measure(first.worker.api, image.voxels)
    measuring.catch(() => {})
    const workers = kind === 'crop' ? [first] : slotsForSlices(turn, plan, grid)
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
  function slotsForSlices(turn: Turn, plan: Omit<CaseCut, 'voxels'>, grid: Grid): Slot[] {
    const [x, y, z] = extentOf(plan.imageBox)
    const memory = kernelBytes + 8 * (2 * x * y * z + voxelCount(grid))
    const worthIt = Math.min(grid.size[2], Math.floor(voxelCount(grid) / fewestVoxelsAPart))
    return slotsFor(turn, Math.max(1, Math.min(turn.maximumWorkers, worthIt, Math.floor(turn.memoryBudget / memory))))
  }

  function slotsForJobs(turn: Turn, { voxels }: PreparedCase, jobs: readonly Job[]): Slot[] {
    const count = Math.min(turn.maximumWorkers, jobs.length, Math.floor(turn.memoryBudget / memoryForCase(voxels.length)))
    return slotsFor(turn, Math.max(1, count))
  }

  async function extract(own: Case, { signal, onProgress }: ExtractionOptions): Promise<ExtractionResult> {
    const { parameters } = own
    let prepared: PreparedCase | undefined
    let jobs: readonly Job[] = []
    let queue = createJobQueue(jobs)
    let provenance = parameters.settings.additionalInfo ? await startProvenance(parameters) : undefined
    const collect = (prepared: PreparedCase) => {
      const { diagnostics } = prepared
      return collectResult(
        provenance ? { ...prepared, diagnostics: addProvenance(diagnostics, provenance, parameters) } : prepared,
        jobs,
        queue.results(),
      )
    }
    try {
      const planned = planCase(own)
      return await withWorkers(signal, planned.workerBytes, async (turn, call) => {
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
        prepared = await prepare(turn, own, planned, call, onProgress, startHashing)
        jobs = planJobs(prepared, parameters)
        queue = createJobQueue(jobs)
        await runAll(turn, prepared, jobs, queue, call, onProgress)
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
    const planned = planCase(own)
    return withWorkers(signal, planned.workerBytes, async (turn, call) => {
      const prepared = await prepare(turn, own, planned, call, onProgress, () => {})
      const jobs = planGreyLevels(prepared, own.parameters)
      const queue = createJobQueue(jobs)
      await runAll(turn, prepared, jobs, queue, call, onProgress)
      return collectGreyLevels(jobs, queue.results())
    })
  }

  return {
    extract: (image, mask, parameters, options = {}) => extract({ image, mask, parameters }, options),
    countGreyLevels: (image, mask, parameters, options = {}) => countGreyLevels({ image, mask, parameters }, options),
    workerCount: () => [...turns].reduce((sum, { slots }) => sum + slots.length, free.length),
    close,
  }

  async function runAll(
    turn: Turn,
    prepared: PreparedCase,
    jobs: readonly Job[],
    queue: JobQueue,
    call: Call,
    onProgress: ExtractionOptions['onProgress'],
  ) {
    const report = (step: string) => onProgress?.({ done: queue.results().length, total: jobs.length, step })
    let wake: (() => void)[] = []
    await Promise.all(
      slotsForJobs(turn, prepared, jobs).map(async (slot) => {
        while (queue.hasMore()) {
          const ready = queue.next()
          if (!ready) {
            await new Promise<void>((resolve) => wake.push(resolve))
            continue
          }
          report(ready.job.label)
          queue.finish(await runOne(turn, slot, prepared, ready, call))
          report(ready.job.label)
          wake.forEach((resolve) => resolve())
          wake = []
        }
      }),
    )
  }

  async function runOne(
    turn: Turn,
    slot: Slot,
    prepared: PreparedCase,
    { job, parts }: ReadyJob,
    call: Call,
  ): Promise<JobResult> {
    try {
      return await onceAgain(async () => {
        if (!slot.worker.isAlive()) startIn(turn, slot)
        if (!slot.caseOpen) {
          await call(sendCase(slot.worker.api, prepared))
          slot.caseOpen = true
        }
        return call(slot.worker.api.runJob(job, parts))
      })
    } catch (error) {
      if (error instanceof Cancelled || isProgramLoadError(error)) throw error
      slot.caseOpen = false
      return failedJob(job, error)
    }
  }
}

/**
 * The volume goes to the worker in pieces, so that no second copy of it ever exists. A few are sent ahead: this thread may be
 * busy when the worker asks for more.
 */
async function measure(api: Remote<ComputeApi>, voxels: VoxelArray): Promise<VolumeStatistics> {
  const sent: Promise<void>[] = []
  const send = (call: Promise<void>) => {
    // What ends the worker fails all of them: the first one below tells it.
    call.catch(() => {})
    sent.push(call)
  }
  send(api.startStatistics())
  const step = pieceBytes / voxels.BYTES_PER_ELEMENT
  for (let from = 0; from < voxels.length; from += step) {
    const piece = voxels.slice(from, from + step)
    send(api.addToStatistics(transfer(piece, [piece.buffer])))
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

/** What can be known of a case before any worker has it. */
function planCase({ image, mask, parameters }: Case) {
  const plan = planCut(image, mask, parameters)
  const { grid, kind } = planImage(plan.imageGrid, plan.maskGrid, plan.boundingBox, parameters)
  return { plan, grid, kind, workerBytes: memoryForCase(voxelCount(grid)) }
}

/** Bytes of a worker. A filter needs its input, its result and the passes between; LBP's spline coefficients are among them. */
function memoryForCase(voxels: number): number {
  return kernelBytes + 8 * voxels * 8
}
