import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PartMesh } from '../../workers/partBridge.ts'
import type { Mask } from '../core/mask/mask.ts'
import { say } from '../messages/say.ts'
import { restMs, watchSurfaces, type Surfaces, type SurfacesServices } from './surfaces.ts'

const box = { lower: [0, 0, 0], upper: [1, 1, 1] } as const
const maskOf = (path: string) => ({ path }) as unknown as Mask
const own = { image: { path: 'image' }, mask: maskOf('own'), lesion: 'L1' }

let roi: StoreApi<object>
let others: StoreApi<{ others: object[] }>
let asked: { readonly mask: Mask; give(): void; refuse(): void; readonly signal: AbortSignal | undefined }[]
let told: Surfaces[]
let end: () => void

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  told = []
  roi = createStore<object>(() => ({ open: own, drawnBox: box, voxelCount: 3, revision: 1 }))
  others = createStore<{ others: object[] }>(() => ({ others: [{ lesion: 'L2', mask: maskOf('other'), box }] }))
  const services = {
    roi,
    others,
    mesh: (mask: Mask, _box: unknown, signal?: AbortSignal) =>
      new Promise<PartMesh>((resolve, reject) =>
        asked.push({
          mask,
          signal,
          give: () => resolve({ mesh: { of: mask } } as unknown as PartMesh),
          refuse: () => reject(new Error('no room')),
        }),
      ),
  } as unknown as SurfacesServices
  end = watchSurfaces(services, (shown) => told.push(shown))
})
afterEach(() => {
  end()
  vi.useRealTimers()
})

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
const now = () => told.at(-1)!
const giveAll = async () => {
  asked.splice(0).forEach(({ give }) => give())
  await pass()
}

test('each region has its surface; when the hand rests that of the one that changed is made anew, and the other stays', async () => {
  expect(now()).toMatchObject({ surfaces: [], isMaking: true })
  await giveAll()
  expect(now()).toMatchObject({ surfaces: [{ lesion: 'L1' }, { lesion: 'L2' }], isMaking: false })
  const [, other] = now().surfaces
  roi.setState({ revision: 2 })
  expect(now().isMaking).toBe(true)
  await pass(restMs - 1)
  roi.setState({ revision: 3 })
  await pass(restMs - 1)
  expect(asked).toHaveLength(0)
  await pass(1)
  expect(asked.map(({ mask }) => mask)).toEqual([own.mask])
  await giveAll()
  expect(now().isMaking).toBe(false)
  expect(now().surfaces[1].mesh).toBe(other.mesh)
})

test('what changed meanwhile is made anew, one round at a time', async () => {
  roi.setState({ revision: 2 })
  await pass(restMs)
  expect(asked).toHaveLength(2)
  await giveAll()
  expect(now().isMaking).toBe(true)
  await pass(restMs)
  expect(asked).toHaveLength(1)
  await giveAll()
  expect(now().isMaking).toBe(false)
})

test('surfaces of another image are taken away at once, also those that come late', async () => {
  await giveAll()
  roi.setState({ revision: 2 })
  await pass(restMs)
  const next = { image: { path: 'next' }, mask: maskOf('next'), lesion: 'L1' }
  others.setState({ others: [] })
  roi.setState({ open: next, revision: 3 })
  expect(now()).toMatchObject({ surfaces: [], isMaking: true })
  await giveAll()
  expect(now().surfaces).toEqual([])
  await pass(restMs)
  await giveAll()
  expect(now().surfaces.map(({ mesh }) => (mesh as unknown as { of: Mask }).of)).toEqual([next.mask])
})

test('nothing drawn is nothing to show, a failure says why, and a view that is closed asks no more', async () => {
  asked.splice(0)[0].refuse()
  await pass()
  expect(say(now().problem!)).toContain('no room')
  end()
  others.setState({ others: [] })
  roi.setState({ voxelCount: 0, drawnBox: null, revision: 5 })
  await pass(2 * restMs)
  expect(asked).toHaveLength(0)
})
