import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { exposeApi } from './exposeApi.ts'
import { fakeBrowser } from './fakeBrowser.node.ts'
import { WorkerEnded } from './livingWorker.ts'
import { watchWorker } from './watchWorker.ts'

type Api = { answer(): number; compute(): Promise<number> }

let browser: ReturnType<typeof fakeBrowser>
beforeEach(() => {
  browser = fakeBrowser({ test: () => ({ answer: () => 42, compute: () => new Promise<number>(() => {}) }) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const start = () => {
  const worker = watchWorker<Api>(new Worker(new URL('file:///test.worker.ts')), 'answers')
  return { worker, thread: browser.started.at(-1)! }
}
/** An error event of a browser; Node has none. */
const errorEvent = (message?: string) => Object.assign(new Event('error'), message === undefined ? {} : { message })

it('fails the calls of a worker that is gone, and those that come after', async () => {
  const { worker, thread } = start()
  expect(await worker.api.answer()).toBe(42)
  expect(worker.isAlive()).toBe(true)
  const computing = worker.api.compute()
  thread.kill()
  await expect(computing).rejects.toThrow('The part of the program that answers ended by itself.')
  expect(worker.isAlive()).toBe(false)
  await expect(worker.api.answer()).rejects.toBeInstanceOf(WorkerEnded)
})

it('does not take a worker that the page itself ends for one that died', async () => {
  const { worker } = start()
  await worker.api.answer()
  const settled = vi.fn()
  worker.api.compute().then(settled, settled)
  worker.terminate()
  await new Promise((resolve) => setImmediate(resolve))
  expect(settled).not.toHaveBeenCalled()
  expect(worker.isAlive()).toBe(false)
})

it('waits for a worker that computes for minutes without a word', async () => {
  const { worker } = start()
  await worker.api.answer()
  vi.useFakeTimers()
  const settled = vi.fn()
  worker.api.compute().then(settled, settled)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(settled).not.toHaveBeenCalled()
  expect(worker.isAlive()).toBe(true)
})

it('tells a worker that throws, and one whose answer does not come through', async () => {
  for (const [event, reason] of [
    [errorEvent('out of memory'), 'out of memory'],
    [new Event('messageerror'), 'could not be received'],
  ] as const) {
    const { worker, thread } = start()
    await worker.api.answer()
    const computing = worker.api.compute()
    thread.dispatchEvent(event)
    await expect(computing).rejects.toThrow(reason)
    expect(thread.isTerminated).toBe(true)
  }
})

it('tells a worker that cannot be loaded, and one that is not ready in a minute', async () => {
  const failed = start()
  const call = failed.worker.api.answer()
  failed.thread.dispatchEvent(errorEvent())
  await expect(call).rejects.toMatchObject({ name: 'ProgramLoadError', message: expect.stringContaining('could not be loaded') })

  vi.useFakeTimers()
  const slow = start()
  slow.thread.kill()
  const waiting = expect(slow.worker.api.answer()).rejects.toThrow('it was not ready after 60 s')
  await vi.advanceTimersByTimeAsync(60_000)
  await waiting
})

it('says that a worker is ready once it holds its lock, and at once where there are no locks', async () => {
  const told: unknown[] = []
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('postMessage', (message: unknown) => told.push(message))
  let holding: Promise<unknown> | undefined
  let take = () => {}
  const request = (_: string, granted: () => Promise<unknown>) => {
    take = () => void (holding = granted())
    return new Promise(() => {})
  }
  vi.stubGlobal('navigator', { locks: { request } })
  exposeApi({})
  expect(told).toEqual([])
  take()
  expect(told).toEqual([{ holds: expect.stringMatching(/^texel worker .{36}$/) }])
  expect(holding, 'held until the worker ends').toBeInstanceOf(Promise)

  vi.stubGlobal('navigator', {})
  exposeApi({})
  expect(told.at(-1)).toEqual({ holds: null })
})
