import { expect, test, vi } from 'vitest'
import { startWorker, WorkerEnded, type StartedWorker } from './startWorker.ts'
import { createWorkerPool } from './workerPool.ts'

interface Api {
  readonly number: number
}

function startedBy() {
  const started: StartedWorker<Api>[] = []
  const start = () => {
    const worker = startWorker<Api>({ remote: { number: started.length + 1 } as never, terminate: () => {} })
    started.push(worker)
    return worker
  }
  return { start, living: () => started.flatMap((worker, i) => (worker.isAlive() ? [i + 1] : [])) }
}

const numberOf = async (api: unknown) => (api as Api).number

test('one thing after the other is done by one worker, two at once by two', async () => {
  const { start } = startedBy()
  const pool = createWorkerPool<Api>(start)
  expect([await pool.run(numberOf), await pool.run(numberOf)]).toEqual([1, 1])
  const both = await Promise.all([pool.run(numberOf), pool.run(numberOf)])
  expect(both.sort()).toEqual([1, 2])
})

test('a worker that is spent, in which work failed, or that died while it was free is not used again', async () => {
  const { start, living } = startedBy()
  const pool = createWorkerPool<Api>(start)
  expect(await pool.run(numberOf, { isSpent: (result) => result === 1 })).toBe(1)
  expect(living()).toEqual([])
  await expect(pool.run(() => Promise.reject(new Error('a trap of the module')))).rejects.toThrowSaying('a trap')
  expect(living()).toEqual([])
  expect(await pool.run(numberOf)).toBe(3)
})

test('what a worker ends in by itself is done once more, by another', async () => {
  const { start, living } = startedBy()
  const pool = createWorkerPool<Api>(start)
  const dying = async (api: unknown) => {
    const number = await numberOf(api)
    if (number === 1) throw new WorkerEnded('files')
    return number
  }
  expect(await pool.run(dying)).toBe(2)
  expect(living()).toEqual([2])
})

test('an abort ends the worker at work at once, and closing ends all of them', async () => {
  const { start, living } = startedBy()
  const pool = createWorkerPool<Api>(start)
  const abort = new AbortController()
  const stopped = pool.run(() => new Promise(() => {}), { signal: abort.signal })
  const closed = pool.run(() => new Promise(() => {}))
  await pool.run(numberOf)
  expect(living()).toEqual([1, 2, 3])
  abort.abort(new Error('enough'))
  await expect(stopped).rejects.toThrowSaying('enough')
  expect(living()).toEqual([2, 3])
  pool.close()
  expect(living()).toEqual([])
  await expect(closed).rejects.toThrowSaying('aborted')
})

test('workers stay until nothing was done for a while, those that were taken too', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { start, living } = startedBy()
  const pool = createWorkerPool<Api>(start, { idleMs: 1000 })
  const taken = pool.take()
  await pool.run(numberOf)
  vi.advanceTimersByTime(5000)
  expect(living(), 'one is at work').toEqual([1, 2])
  pool.giveBack(taken)
  vi.advanceTimersByTime(999)
  expect([pool.count(), await pool.run(numberOf)]).toEqual([2, 1])
  vi.advanceTimersByTime(1000)
  expect([pool.count(), living()]).toEqual([0, []])
  vi.useRealTimers()
})

test('what goes beyond the most workers waits for its turn, and leaves the line when it is aborted', async () => {
  const { start, living } = startedBy()
  const pool = createWorkerPool<Api>(start, { mostWorkers: 1 })
  const abort = new AbortController()
  let finish = () => {}
  const first = pool.run(() => new Promise<void>((resolve) => (finish = resolve)))
  const stopped = pool.run(numberOf, { signal: abort.signal })
  const last = pool.run(numberOf)
  expect(living()).toEqual([1])
  abort.abort(new Error('enough'))
  await expect(stopped).rejects.toThrowSaying('enough')
  finish()
  await first
  expect(await last).toBe(1)
})
