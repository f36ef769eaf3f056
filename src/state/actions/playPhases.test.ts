import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Volume } from '../../core/image/volume.ts'
import type { Viewer } from '../../viewer/index.ts'
import { createDynamicStore } from '../dynamic.ts'
import { madeFound, madeRegion, madeVolume } from './madeVolumes.ts'
import { createPlayPhases, phaseMs } from './playPhases.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page(otherGrid = false) {
  const phases = ['pre', 'post1', 'post2'].map((id) => madeFound(id))
  if (otherGrid) phases[1] = madeFound('post1', { volume: { ...madeVolume('post1'), size: [1, 2, 2] } })
  const seen: (string | null)[] = []
  const heard = new Map<string, () => void>()
  const viewer = {
    showPicture: (volume: Volume | null) => void seen.push(volume && volume.source.path),
    on: (name: string, listener: () => void) => {
      heard.set(name, listener)
      return () => void heard.delete(name)
    },
  } as unknown as Viewer
  const dynamic = createDynamicStore()
  const roi = createStore(() => ({ open: madeRegion(phases[2]) }))
  const hand = createStore(() => ({ viewer }))
  const { togglePlaying } = createPlayPhases({
    dynamic,
    hand,
    roi,
    findSeries: () => ({ phases, at: 2, isTold: true }),
    now: Date.now,
  })
  return { togglePlaying, dynamic, roi, seen, heard, phases }
}

test('ten phases a second from the one that is shown, then the image itself again', () => {
  const { togglePlaying, dynamic, seen } = page()
  togglePlaying()
  vi.advanceTimersByTime(4 * phaseMs)
  expect(phaseMs).toBe(100)
  expect(seen).toEqual(['post2', 'pre', 'post1', 'post2', 'pre'])
  expect(dynamic.getState().playing).toBe(0)
  togglePlaying()
  vi.advanceTimersByTime(10 * phaseMs)
  expect(seen.slice(5)).toEqual([null])
  expect(dynamic.getState().playing).toBeNull()
})

test('where drawing is slow phases are left out: the clock goes on', () => {
  const { togglePlaying, seen } = page()
  togglePlaying()
  vi.setSystemTime(Date.now() + 4 * phaseMs)
  vi.advanceTimersByTime(phaseMs / 2)
  expect(seen).toEqual(['post2', 'pre'])
})

test('a phase of another grid has no such slice', () => {
  const { togglePlaying, seen } = page(true)
  togglePlaying()
  vi.advanceTimersByTime(2 * phaseMs)
  expect(seen).toEqual(['post2', 'pre', 'post2'])
})

test('it ends when somebody draws, and when another image is opened', () => {
  for (const end of ['maskChanged', 'outline', 'open']) {
    const { togglePlaying, seen, heard, roi, phases } = page()
    togglePlaying()
    if (end === 'open') roi.setState({ open: madeRegion(phases[0]) })
    else heard.get(end)!()
    vi.advanceTimersByTime(3 * phaseMs)
    expect(seen, end).toEqual(['post2', null])
  }
})
