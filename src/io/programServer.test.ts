import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ProgramLoadError } from './programLoadError.ts'
import { createProgramServer } from './programServer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const gone = /own server does not answer any more: start it again \(npm start\)/

it('tells a server that is gone from a part that is, and leaves other errors as they are', async () => {
  const ask = vi.fn(() => Promise.resolve(true))
  const server = createProgramServer(ask)
  const fault = new Error('a damaged file')
  expect(await server.explain(fault)).toBe(fault)
  expect(ask).not.toHaveBeenCalled()
  // As it comes out of a worker: its class is lost on the way, its name is not.
  const fromWorker = Object.assign(new Error('Kernels failed'), { name: 'ProgramLoadError' })
  expect(await server.explain(fromWorker)).toMatchObject({
    message: expect.stringMatching(/^Kernels failed\. .*reload the page/),
  })
  expect(server.isGone()).toBe(false)

  ask.mockResolvedValue(false)
  expect(await server.explain(fromWorker)).toMatchObject({ name: 'ProgramLoadError', message: expect.stringMatching(gone) })
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

  await Promise.all([server.describe('A'), server.describe('B')])
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
