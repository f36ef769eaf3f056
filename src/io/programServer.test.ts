import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sayError } from '../messages/say.ts'
import { tell } from './messages.ts'
import { ProgramLoadError } from './programLoadError.ts'
import { createProgramServer, serverIsGone } from './programServer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const gone = /own server does not answer any more: start it again \(npm start\)/

it('tells a server that is gone from a part that is, and leaves other errors as they are', async () => {
  const ask = vi.fn(() => Promise.resolve(true))
  const server = createProgramServer(ask)
  const fault = new Error('a damaged file')
  expect(await server.explain(fault)).toBe(fault)
  expect(ask).not.toHaveBeenCalled()
  const fromWorker = new ProgramLoadError(tell('not-loaded', { part: 'kernels', why: 'Kernels failed' }))
  expect(sayError(await server.explain(fromWorker))).toMatch(
    /that computes could not be loaded: Kernels failed\. .*reload the page/,
  )
  expect(server.isGone()).toBe(false)

  ask.mockResolvedValue(false)
  const told = await server.explain(fromWorker)
  expect(told).toBeInstanceOf(ProgramLoadError)
  expect(sayError(told)).toMatch(gone)
  expect(server.isGone()).toBe(true)
})

it('asks nothing while the server answers, and now and again while it is gone, once for all who want to know', async () => {
  let isThere = false
  const ask = vi.fn(() => Promise.resolve(isThere))
  const server = createProgramServer(ask)
  const told: boolean[] = []
  server.subscribe(() => told.push(server.isGone()))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ask).not.toHaveBeenCalled()

  await Promise.all([server.describe(serverIsGone), server.describe(serverIsGone)])
  expect(ask).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(ask).toHaveBeenCalledTimes(11)
  isThere = true
  await vi.advanceTimersByTimeAsync(3000)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ask).toHaveBeenCalledTimes(12)
  expect(told).toEqual([true, false])
})

it('loads a part of the page as soon as the server is back, and says so where it is there but the part is not', async () => {
  let isThere = false
  const server = createProgramServer(() => Promise.resolve(isThere))
  const chart = server.load(() => (isThere ? Promise.resolve('chart') : Promise.reject(new TypeError('Failed to fetch'))))
  await vi.advanceTimersByTimeAsync(10_000)
  isThere = true
  await vi.advanceTimersByTimeAsync(3000)
  expect(await chart).toBe('chart')
  const missing = server.load(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(missing).rejects.toThrowSaying(/could not be loaded: TypeError: Failed to fetch\. .*reload the page/)
  await expect(missing).rejects.toBeInstanceOf(ProgramLoadError)
})
