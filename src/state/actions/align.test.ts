import { expect, test } from 'vitest'
import { translation } from '../../core/image/rigidMove.ts'
import { oldImageKey } from '../../storage/imageKey.ts'
import { createAlignmentStore, moveBetween } from '../alignments.ts'
import { createAlign } from './align.ts'
import { madeFound, madeRegion, madeVolume } from './madeVolumes.ts'

const first = madeFound('T1')
const second = madeFound('T2', { volume: madeVolume('T2', 5) })

function page(kept: Parameters<typeof createAlignmentStore>[0] = {}, hasSecond = true) {
  const alignments = createAlignmentStore(kept, () => undefined)
  const found = translation([9, 0, 0])
  const actions = createAlign({
    roi: { getState: () => ({ open: madeRegion(first) }) },
    alignments,
    secondImage: () => (hasSecond ? second : undefined),
    findAlignment: async (moved, onto) => (moved === second.volume && onto === first.volume ? found : translation([-9, 0, 0])),
  })
  const moveNow = () => moveBetween(alignments.getState().moves, second.volume, first.volume)
  return { ...actions, alignments, moveNow, found }
}

test('a nudge is added to how the second image is aligned', () => {
  const { nudgeSecond, moveNow } = page()
  nudgeSecond([1, 0, 0])
  nudgeSecond([0, 2, 0])
  expect(moveNow()).toEqual(translation([1, 2, 0]))
})

test('what was found by grey levels takes the place of what was set by hand, and can be taken back', async () => {
  const { nudgeSecond, alignAutomatically, alignSecond, moveNow, found } = page()
  nudgeSecond([1, 0, 0])
  await alignAutomatically(new AbortController().signal)
  expect(moveNow()).toEqual(found)
  alignSecond(null)
  expect(moveNow()).toBeNull()
})

test('a move that an earlier version kept holds until it is taken back, and does not come again then', () => {
  const old = { [`${oldImageKey(second.volume)} ${oldImageKey(first.volume)}`]: translation([3, 0, 0]) }
  const { alignSecond, moveNow, alignments } = page(old)
  expect(moveNow()).toEqual(translation([3, 0, 0]))
  alignSecond(null)
  expect(moveNow()).toBeNull()
  expect(alignments.getState().moves).toEqual({})
})

test('without a second image there is nothing to align', async () => {
  const { nudgeSecond, alignAutomatically, alignments } = page({}, false)
  nudgeSecond([1, 0, 0])
  await alignAutomatically(new AbortController().signal)
  expect(alignments.getState().moves).toEqual({})
})
