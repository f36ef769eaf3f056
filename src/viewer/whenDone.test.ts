import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { whenDone } from './whenDone.ts'

const codes = { SYNC_GPU_COMMANDS_COMPLETE: 1, SYNC_STATUS: 2, SIGNALED: 3 } as const
let frames: (() => void)[] = []
const nextFrame = () => frames.splice(0).forEach((frame) => frame())

/** Graphics that are done with a fence when the test says so. */
function made() {
  const fences: { isDone: boolean }[] = []
  const gl = {
    ...codes,
    isLost: false,
    fenceSync: vi.fn(() => {
      if (gl.isLost) return null
      fences.push({ isDone: false })
      return fences.at(-1)!
    }),
    getSyncParameter: (fence: { isDone: boolean }) => (fence.isDone ? codes.SIGNALED : 0),
    deleteSync: vi.fn(),
    flush: vi.fn(),
    isContextLost: () => gl.isLost,
  }
  const act = vi.fn()
  const stop = new AbortController()
  const ask = whenDone(() => gl as unknown as WebGL2RenderingContext, stop.signal, act)
  return { gl, fences, act, stop, ask }
}

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
})
afterEach(() => vi.unstubAllGlobals())

it('acts once the graphics are done, not before', () => {
  const { fences, act, ask, gl } = made()
  ask()
  nextFrame()
  nextFrame()
  expect(act).not.toHaveBeenCalled()
  fences[0].isDone = true
  nextFrame()
  expect(act).toHaveBeenCalledOnce()
  expect(gl.deleteSync).toHaveBeenCalledWith(fences[0])
  nextFrame()
  expect(act).toHaveBeenCalledOnce()
})

it('asked again meanwhile, it waits for that too and acts once', () => {
  const { fences, act, ask } = made()
  ask()
  ask()
  ask()
  fences[0].isDone = true
  nextFrame()
  expect(act).not.toHaveBeenCalled()
  fences[1].isDone = true
  nextFrame()
  expect(act).toHaveBeenCalledOnce()
  ask()
  fences[2].isDone = true
  nextFrame()
  expect(act).toHaveBeenCalledTimes(2)
})

it('does nothing of a context that is lost, and begins anew with the next one', () => {
  const { gl, fences, act, ask } = made()
  ask()
  gl.isLost = true
  nextFrame()
  ask()
  expect(frames).toEqual([])
  gl.isLost = false
  ask()
  fences[1].isDone = true
  nextFrame()
  expect(act).toHaveBeenCalledOnce()
})

it('does nothing once aborted', () => {
  const { fences, act, ask, stop } = made()
  ask()
  stop.abort()
  fences[0].isDone = true
  nextFrame()
  expect(act).not.toHaveBeenCalled()
  expect(frames).toEqual([])
})
