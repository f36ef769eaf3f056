import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { expectTime, type Timed } from '../../core/extraction/expectTime.ts'
import type { Volume } from '../../core/image/volume.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { messageOf, type Message } from '../../core/messages/message.ts'
import type { BatchRow } from '../../core/study/batchRows.ts'
import { told } from '../messages.ts'

/** What of a row is measured. */
export interface RowCase {
  readonly image: Volume
  readonly mask: Mask
  readonly maskHash: string
}

/** Measures one region at a time. */
export interface RowWorker {
  /** An abort ends its worker, and resolves with `partial: true`. */
  extract(image: Volume, mask: Mask, options: { readonly signal: AbortSignal }): Promise<ExtractionResult>
  close(): void
}

/** What rows are measured with and where they are kept. */
export interface RowHost {
  readonly workers: number
  /** @param workers among which memory is shared */
  openWorker(workers: number): RowWorker
  /** Voxels that tell how long a row takes, see `expectVoxels`. */
  sizeOf(row: BatchRow): number
  /** It is written down that the row is begun. */
  begin(row: BatchRow): Promise<void>
  /** @throws what the row fails with; `isForAll` says whether others would fail with it too */
  load(row: BatchRow, signal: AbortSignal): Promise<RowCase>
  /** Whether a thing that went wrong is no fault of the row: its folder is away, or the browser has no room. */
  isForAll(error: unknown, row: BatchRow): boolean
  /** @param failure what failed of it in part @returns false where the region was changed meanwhile */
  finish(row: BatchRow, loaded: RowCase, result: ExtractionResult, seconds: number, failure: Message | null): Promise<boolean>
  /** The row waits for a person. */
  end(row: BatchRow, state: 'failed' | 'setAside', reason: Message): Promise<void>
  /** The rows are as if they had not been begun. */
  forget(rows: readonly BatchRow[]): Promise<void>
  readonly now: () => number
}

export type RowEnd =
  { readonly end: 'done' } | { readonly end: 'dropped' } | { readonly end: 'failed' | 'setAside'; readonly reason: Message }

export interface RowsRun {
  readonly signal: AbortSignal
  /** Resolves once work may go on. */
  readonly whilePaused: () => Promise<void>
  /** Something is wrong that is no fault of a row: `whilePaused` waits for a person from now on. */
  readonly onProblem: (problem: Message) => void
  readonly onBegun: (row: BatchRow) => void
  /** The row is none of those that are computed any more; it comes again where `end` is missing. */
  readonly onEnded: (row: BatchRow, end?: RowEnd) => void
  /** Milliseconds that all rows that are left will take together, by those that are done. */
  readonly onExpected: (leftMs: number) => void
}

/** So many rows must be done before they say how long others take. */
const fewestTimed = 5
/** A row that takes so much longer than others of its size is given up, but never before it had its time. */
const patience = { times: 20, leastMs: 60_000 }
/** Before any row of its size is known. */
const firstPatienceMs = 1_800_000

/** A row whose case is loaded or on the way. */
interface Ahead {
  readonly row: BatchRow
  readonly loading: Promise<RowCase>
  /** Problems that were told before it was begun. */
  since: number
}

/** What comes of an attempt: an end, or another attempt, of which one may have to be by itself. */
type Outcome = RowEnd | 'again' | 'alone'

/**
 * Measures rows, each by one worker, in their order; cases are loaded one after the other, one more than there are workers at most.
 * Rows that ended a worker, or the page before, come last and one at a time, with all memory, so that no other row is taken for them.
 * Each is kept as soon as it is done. Resolves when all have ended; when the signal aborts at once, and then what was begun is as it
 * was.
 */
export async function runRows(rows: readonly BatchRow[], host: RowHost, run: RowsRun): Promise<void> {
  const together = rows.filter(({ attempts }) => attempts === 0)
  const alone = rows.filter(({ attempts }) => attempts > 0)
  const begun = new Set<BatchRow>()
  const timed: Timed[] = []
  /** What was begun before the last of them fails as it did, and is not told again. */
  let problems = 0
  const tellProblem = (error: unknown) => {
    problems++
    run.onProblem(messageOf(error))
  }

  await share(together, host.workers, host.workers + 1)
  await share(alone, 1, 1)
  if (begun.size > 0) await host.forget([...begun]).catch(tellProblem)

  /** @param most cases that are loaded or in work at once */
  async function share(queue: BatchRow[], workers: number, most: number): Promise<void> {
    if (queue.length === 0 || run.signal.aborted) return
    const isAlone = queue === alone
    const loader = createLoader(queue, most)
    await Promise.all(Array.from({ length: Math.min(workers, queue.length) }, () => workOff(loader, workers, isAlone)))
    await loader.whenIdle()
  }

  async function workOff(loader: Loader, workers: number, isAlone: boolean): Promise<void> {
    const worker = host.openWorker(workers)
    try {
      for (;;) {
        await run.whilePaused()
        const next = run.signal.aborted ? undefined : loader.take()
        if (!next) return
        const { row } = next
        const outcome = await measure(worker, next, isAlone)
        if (run.signal.aborted) return
        begun.delete(row)
        loader.leave()
        if (outcome === 'again') loader.putBack(row)
        if (outcome === 'alone') alone.push(row)
        run.onEnded(row, typeof outcome === 'string' ? undefined : outcome)
        tellExpected(loader)
      }
    } finally {
      worker.close()
    }
  }

  function createLoader(queue: BatchRow[], most: number) {
    const ahead: Ahead[] = []
    let last: Promise<unknown> = Promise.resolve()
    let inWork = 0
    const load = async (own: Ahead) => {
      do {
        own.since = problems
        await run.whilePaused()
        // Something may have gone wrong in this moment.
      } while (own.since !== problems)
      run.signal.throwIfAborted()
      await host.begin(own.row)
      begun.add(own.row)
      return host.load(own.row, run.signal)
    }
    const fill = () => {
      while (ahead.length + inWork < most && queue.length > 0) {
        const before = last
        const own: Ahead = { row: queue.shift()!, loading: before.then(() => load(own)), since: 0 }
        // Told where the row's turn comes.
        last = own.loading.catch(() => {})
        ahead.push(own)
      }
    }
    return {
      /** The next row; undefined where none is left. */
      take() {
        fill()
        const next = ahead.shift()
        if (next) inWork++
        fill()
        return next
      },
      leave: () => void inWork--,
      putBack: (row: BatchRow) => void queue.unshift(row),
      left: () => [...ahead.map(({ row }) => row), ...queue],
      whenIdle: () => last,
    }
  }

  async function measure(worker: RowWorker, own: Ahead, isAlone: boolean): Promise<Outcome> {
    const { row } = own
    try {
      const loaded = await own.loading
      run.onBegun(row)
      const { result, ms, isLate } = await measureInTime(worker, row, loaded)
      if (run.signal.aborted) return 'again'
      if (isLate) return await giveUp(row, 'setAside', told('row-too-long', { seconds: Math.round(ms / 1000) }))
      const failed = result.failures.at(0)?.reason ?? null
      if (failed && isDeath(failed)) return await endDeath(row, isAlone, failed)
      if (!(await host.finish(row, loaded, result, ms / 1000, failed))) return { end: 'dropped' }
      timed.push({ voxels: host.sizeOf(row), ms })
      return failed ? { end: 'failed', reason: failed } : { end: 'done' }
    } catch (error) {
      if (run.signal.aborted) return 'again'
      const reason = messageOf(error)
      if (isDeath(reason)) return endDeath(row, isAlone, reason)
      if (!host.isForAll(error, row)) return giveUp(row, 'failed', reason)
      if (own.since === problems) tellProblem(error)
      await host.forget([row]).catch(tellProblem)
      return 'again'
    }
  }

  /** Its worker died of it twice: once more alone, then no more. */
  function endDeath(row: BatchRow, isAlone: boolean, reason: Message): Promise<Outcome> {
    return isAlone ? giveUp(row, 'setAside', reason) : Promise.resolve('alone')
  }

  async function giveUp(row: BatchRow, end: 'failed' | 'setAside', reason: Message): Promise<Outcome> {
    try {
      await host.end(row, end, reason)
      return { end, reason }
    } catch (error) {
      tellProblem(error)
      return 'again'
    }
  }

  async function measureInTime(worker: RowWorker, row: BatchRow, { image, mask }: RowCase) {
    const own = new AbortController()
    const stop = () => own.abort(run.signal.reason)
    run.signal.addEventListener('abort', stop)
    let isLate = false
    const expected = timed.length < fewestTimed ? firstPatienceMs : patience.times * expectTime(timed)(host.sizeOf(row))
    const clock = setTimeout(
      () => {
        isLate = true
        own.abort()
      },
      Math.max(patience.leastMs, expected),
    )
    const start = host.now()
    try {
      const result = await worker.extract(image, mask, { signal: own.signal })
      return { result, ms: host.now() - start, isLate }
    } finally {
      clearTimeout(clock)
      run.signal.removeEventListener('abort', stop)
    }
  }

  function tellExpected(loader: Loader): void {
    if (timed.length < fewestTimed) return
    const expect = expectTime(timed)
    const sum = (left: readonly BatchRow[]) => left.reduce((ms, row) => ms + expect(host.sizeOf(row)), 0)
    const others = new Set([...loader.left(), ...begun])
    run.onExpected(sum([...others].filter((row) => !alone.includes(row))) / host.workers + sum(alone))
  }

  type Loader = ReturnType<typeof createLoader>
}

/** A worker ended by itself, twice on the same work. */
const isDeath = ({ step, code }: Message) => step === 'workers' && code === 'ended'
