import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { exposeApi } from './exposeApi.ts'
import { fakeBrowser } from './fakeBrowser.node.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'
import { WorkerEnded } from './startWorker.ts'
import { workerKind } from './workerKind.ts'

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
  const worker = workerKind<Api>('hash', () => new Worker(new URL('file:///test.worker.ts')))()
  const answer = () => worker.run((api) => api.answer())
  const compute = (signal?: AbortSignal) => worker.run((api) => api.compute(), signal)
  return { worker, answer, compute, thread: browser.started.at(-1)! }
}
/** An error event of a browser; Node has none. */
const errorEvent = (message?: string) => Object.assign(new Event('error'), message === undefined ? {} : { message })

it('fails the calls of a worker that is gone, and those that come after', async () => {
  const { worker, thread, answer, compute } = start()
  expect(await answer()).toBe(42)
  expect(worker.isAlive()).toBe(true)
  const computing = compute()
  thread.kill()
  await expect(computing).rejects.toThrowSaying('The part of the program that hashes images ended by itself.')
  expect(worker.isAlive()).toBe(false)
  await expect(answer()).rejects.toBeInstanceOf(WorkerEnded)
})

it('does not take a worker that the page itself ends for one that died', async () => {
  const { worker, answer, compute, thread } = start()
  await answer()
  const computing = compute()
  worker.end(new Error('no longer wanted'))
  await expect(computing).rejects.toThrowSaying('no longer wanted')
  await expect(answer()).rejects.toThrowSaying('no longer wanted')
  expect([worker.isAlive(), thread.isTerminated]).toEqual([false, true])
})

it('ends a worker at once when what it does is cancelled', async () => {
  const { compute, thread } = start()
  const cancel = new AbortController()
  const computing = compute(cancel.signal)
  cancel.abort(new Error('cancelled by hand'))
  expect(thread.isTerminated).toBe(true)
  await expect(computing).rejects.toThrowSaying('cancelled by hand')
})

it('waits for a worker that computes for minutes without a word', async () => {
  const { worker, answer, compute } = start()
  await answer()
  vi.useFakeTimers()
  const settled = vi.fn()
  compute().then(settled, settled)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(settled).not.toHaveBeenCalled()
  expect(worker.isAlive()).toBe(true)
})

it('tells a worker that throws, and one whose answer does not come through', async () => {
  for (const [event, reason] of [
    [errorEvent('out of memory'), 'out of memory'],
    [new Event('messageerror'), 'could not be received'],
  ] as const) {
    const { thread, answer, compute } = start()
    await answer()
    const computing = compute()
    thread.dispatchEvent(event)
    await expect(computing).rejects.toThrowSaying(reason)
    expect(thread.isTerminated).toBe(true)
  }
})

it('tells a worker that cannot be loaded, and one that is not ready in a minute', async () => {
  const failed = start()
  const call = failed.answer()
  failed.thread.dispatchEvent(errorEvent())
  await expect(call).rejects.toBeInstanceOf(ProgramLoadError)
  await expect(call).rejects.toThrowSaying('could not be loaded')

  vi.useFakeTimers()
  browser.neverLoads = true
  const slow = start()
  const waiting = expect(slow.compute()).rejects.toThrowSaying('it was not ready after 60 s')
  await vi.advanceTimersByTimeAsync(59_999)
  expect(slow.worker.isAlive(), 'a slow start is none that failed').toBe(true)
  await vi.advanceTimersByTimeAsync(1)
  await waiting
})

it('notices at once that a worker is gone which was still loading', async () => {
  browser.neverLoads = true
  const { compute, thread } = start()
  const computing = compute()
  await new Promise((resolve) => thread.addEventListener('message', resolve, { once: true }))
  thread.kill()
  await expect(computing).rejects.toBeInstanceOf(WorkerEnded)
})

/** The inside of a worker. */
function inside(navigator: object) {
  const told: unknown[] = []
  const thrown: unknown[] = []
  let receive: (event: object) => void = () => {}
  vi.stubGlobal('addEventListener', (name: string, listener: typeof receive) => {
    if (name === 'message') receive = listener
  })
  vi.stubGlobal('postMessage', (message: unknown) => told.push(message))
  vi.stubGlobal('reportError', (error: unknown) => thrown.push(error))
  vi.stubGlobal('navigator', navigator)
  const call = (name: string) =>
    receive({ origin: '', data: { id: '1', type: 'APPLY', path: [name], argumentList: [{ type: 'RAW', value: 2 }] } })
  return { told, thrown, call }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

it('asks for its lock before it loads anything, holds it for ever, and says when it is loaded', async () => {
  let holding: Promise<unknown> | undefined
  let take = () => {}
  const request = (_: string, granted: () => Promise<unknown>) => {
    take = () => void (holding = granted())
    return new Promise(() => {})
  }
  const { told, call } = inside({ locks: { request } })
  let loaded: (api: object) => void = () => {}
  exposeApi(() => {
    take()
    return new Promise((resolve) => (loaded = resolve))
  })
  expect(told).toEqual([{ holds: expect.stringMatching(/^texel worker .{36}$/) }])
  expect(holding, 'held until the worker ends').toBeInstanceOf(Promise)
  call('twice')
  await settled()
  expect(told, 'a call waits for what it needs').toHaveLength(1)
  loaded({ twice: (value: number) => 2 * value })
  await settled()
  expect(told.slice(1)).toEqual([{ isLoaded: true }, expect.objectContaining({ id: '1', value: 4 })])
})

it('has no lock where there are none, and throws what kept it from loading', async () => {
  const { told, thrown, call } = inside({})
  const missing = new TypeError('Failed to fetch')
  exposeApi(() => Promise.reject(missing))
  call('twice')
  await settled()
  expect([told, thrown]).toEqual([[{ holds: null }], [missing]])
})
