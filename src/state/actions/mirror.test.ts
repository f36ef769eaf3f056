import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createDynamicStore } from '../dynamic.ts'
import { createSecondStore } from '../second.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { createMirror, type MirrorServices } from './mirror.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve))

function page() {
  const roi = createStore(() => ({ open: madeRegion(madeFound('a')) }))
  const [second, dynamic] = [createSecondStore(), createDynamicStore()]
  const mirror = vi.fn<MirrorServices['mirror']>((image) => Promise.resolve(image.voxels.slice().reverse()))
  return { ...createMirror({ dynamic, roi, second, mirror }), roi, second, dynamic, mirror }
}

test('the mirrored image stands beside, from left to right, and says that it is; then what was seen before comes back', async () => {
  const { toggleMirror, mirroredSecond, second, mirror } = page()
  second.getState().choose('b')
  await toggleMirror()
  expect(mirror.mock.lastCall?.[1]).toBe(0)
  expect(mirroredSecond()).toMatchObject({
    name: 'a, mirrored',
    volume: { voxels: Int16Array.of(4, 3, 2, 1), source: { derived: { isMirrored: true } } },
  })
  expect(second.getState().way).toBe('beside')
  await toggleMirror()
  expect(second.getState()).toMatchObject({ imageId: 'b', way: 'fade' })
  expect(mirroredSecond()).toBeUndefined()
})

test('another image that is opened is mirrored in its place, and never the one before beside it', async () => {
  const { toggleMirror, mirroredSecond, roi } = page()
  await toggleMirror()
  roi.setState({ open: madeRegion(madeFound('b')) })
  expect(mirroredSecond()).toBeUndefined()
  await settle()
  expect(mirroredSecond()?.name).toBe('b, mirrored')
})

test('whoever chooses another second image has no mirror any more', async () => {
  const { toggleMirror, second, dynamic } = page()
  await toggleMirror()
  second.getState().choose('b')
  expect(dynamic.getState().isMirroring).toBe(false)
})

test('one that cannot be made is told', async () => {
  const { toggleMirror, mirror, dynamic } = page()
  mirror.mockRejectedValueOnce(new Error('no memory'))
  await toggleMirror()
  expect(dynamic.getState()).toMatchObject({ work: { status: 'failed' }, isMirroring: false })
})
