import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { translation } from '../../core/image/rigidMove.ts'
import { imageKey } from '../../storage/imageKey.ts'
import { createAlignmentStore } from '../alignments.ts'
import { createDynamicStore } from '../dynamic.ts'
import type { FoundVolume } from '../images.ts'
import { createSecondStore } from '../second.ts'
import { madeFound, madeRegion, madeVolume } from './madeVolumes.ts'
import { createSubtraction, type SubtractionServices } from './subtraction.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve))

/** Three phases of a patient, another image of hers, and a page that shows the third phase. */
function page() {
  const phases = ['pre', 'post1', 'post2'].map((id, i) => madeFound(id, { volume: { ...madeVolume(id), voxels: Int16Array.of(i, 2 * i, 3 * i, 4 * i) } }))
  const t2 = madeFound('T2')
  let madeCount = 0
  let volumes: readonly FoundVolume[] = [...phases, t2]
  const images = {
    getState: () => ({
      volumes,
      addMade: (volume: FoundVolume['volume']) => {
        const made = madeFound(`made ${++madeCount}`, { volume })
        volumes = [...volumes, made]
        return made
      },
      remove: (id: string) => void (volumes = volumes.filter((found) => found.id !== id)),
    }),
  }
  const closed: string[] = []
  const drawnOn = new Set<string>()
  const roi = createStore(() => ({
    open: madeRegion(phases[2]),
    whyStay: (id: string) => (drawnOn.has(id) ? ({} as never) : null),
    close: (id: string) => void closed.push(id),
  }))
  const openImage = vi.fn((found: FoundVolume) => Promise.resolve(roi.setState({ open: madeRegion(found) })))
  const second = createSecondStore()
  const alignments = createAlignmentStore({}, () => {})
  const dynamic = createDynamicStore()
  const subtract = vi.fn<SubtractionServices['subtract']>((image, taken) =>
    Promise.resolve(Float32Array.from(image.voxels, (value, i) => value - taken.voxels[i])),
  )
  const actions = createSubtraction({
    dynamic,
    images,
    roi,
    second,
    alignments,
    findSeries: (image) => {
      const at = phases.findIndex(({ volume }) => volume === image)
      return at < 0 ? null : { phases, at, isTold: true }
    },
    openImage,
    subtract,
  })
  const over = () => volumes.find(({ id }) => id === second.getState().imageId)
  return { ...actions, phases, t2, roi, second, alignments, dynamic, subtract, over, openImage, drawnOn, list: () => volumes }
} // prettier-ignore

test('the phase less the first one lies over it whole, is named as what it is, and what was seen before comes back', async () => {
  const { toggleSubtraction, second, over, list, dynamic } = page()
  second.getState().choose('T2')
  second.getState().setShare(0.3)
  await toggleSubtraction()
  expect(over()?.volume).toMatchObject({
    voxels: Float32Array.of(2, 4, 6, 8),
    source: { phase: 'phase 3 minus phase 1', derived: {} },
  })
  expect(second.getState()).toMatchObject({ way: 'fade', share: 1 })
  await toggleSubtraction()
  expect(second.getState()).toMatchObject({ imageId: 'T2', share: 0.3 })
  expect(dynamic.getState()).toMatchObject({ isSubtracting: false, work: { status: 'idle' } })
  expect(list()).toHaveLength(5)
})

test('each phase comes with its own difference, made once; the first has none, and another image none', async () => {
  const { toggleSubtraction, openImage, phases, t2, over, subtract, second } = page()
  await toggleSubtraction()
  await openImage(phases[1])
  await settle()
  expect(over()?.volume.source.phase).toBe('phase 2 minus phase 1')
  for (const without of [phases[0], t2]) {
    await openImage(without)
    await settle()
    expect(second.getState().imageId).toBeNull()
  }
  await openImage(phases[2])
  await settle()
  expect(over()?.volume.source.phase).toBe('phase 3 minus phase 1')
  expect(subtract).toHaveBeenCalledTimes(2)
})

test('the difference of one phase never lies over another one while the next is made', async () => {
  const { toggleSubtraction, openImage, phases, second, subtract } = page()
  await toggleSubtraction()
  subtract.mockReturnValueOnce(new Promise(() => {}))
  await openImage(phases[1])
  expect(second.getState().imageId).toBeNull()
})

test('an alignment is followed, and the difference that was not aligned goes', async () => {
  const { toggleSubtraction, alignments, phases, subtract, list, over } = page()
  await toggleSubtraction()
  const before = over()!.id
  alignments.getState().set(imageKey(phases[0].volume), imageKey(phases[2].volume), translation([1, 0, 0]))
  await settle()
  expect(subtract.mock.lastCall?.[2]).toEqual(translation([1, 0, 0]))
  expect(list().map(({ id }) => id)).not.toContain(before)
  expect(over()?.volume.source.phase).toBe('phase 3 minus phase 1')
})

test('one that somebody drew on stays', async () => {
  const { toggleSubtraction, alignments, phases, drawnOn, list, over } = page()
  await toggleSubtraction()
  const before = over()!.id
  drawnOn.add(before)
  alignments.getState().set(imageKey(phases[0].volume), imageKey(phases[2].volume), translation([1, 0, 0]))
  await settle()
  expect(list().map(({ id }) => id)).toContain(before)
})

test('whoever chooses another second image sees that, also with the next phase', async () => {
  const { toggleSubtraction, openImage, phases, second, dynamic } = page()
  await toggleSubtraction()
  second.getState().choose('T2')
  expect(dynamic.getState().isSubtracting).toBe(false)
  await openImage(phases[1])
  await settle()
  expect(second.getState().imageId).toBe('T2')
})

test('keys go through the phases round and round, and from one difference to the next', async () => {
  const { stepPhase, openSubtraction, roi } = page()
  const opened = () => roi.getState().open.image.source
  await stepPhase(1)
  expect(opened().path).toBe('pre')
  await stepPhase(-1)
  await openSubtraction()
  expect(opened().phase).toBe('phase 3 minus phase 1')
  await stepPhase(1)
  expect(opened().phase).toBe('phase 2 minus phase 1')
  await stepPhase(-1)
  expect(opened().phase).toBe('phase 3 minus phase 1')
})

test('one that cannot be made is told, and made when it is asked for again', async () => {
  const { toggleSubtraction, dynamic, subtract, over } = page()
  subtract.mockRejectedValueOnce(new Error('no memory'))
  await toggleSubtraction()
  expect(dynamic.getState().work).toMatchObject({ status: 'failed' })
  await toggleSubtraction()
  await toggleSubtraction()
  expect(dynamic.getState().work).toEqual({ status: 'idle' })
  expect(over()).toBeDefined()
})

test('what is asked for twice at once is made once', async () => {
  const { toggleSubtraction, subtractionInHand, subtract, over } = page()
  const [, found] = await Promise.all([toggleSubtraction(), subtractionInHand()])
  expect(over()).toBe(found)
  expect(subtract).toHaveBeenCalledOnce()
})
