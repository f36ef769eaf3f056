import { expect, test } from 'vitest'
import { createSecondStore } from '../second.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { createShowSecond } from './showSecond.ts'

function page(ids: readonly string[], openId = ids[0]) {
  const second = createSecondStore()
  const open = { id: openId }
  const actions = createShowSecond({
    roi: { getState: () => ({ open: madeRegion(madeFound(open.id)) }) },
    second,
    mirroredSecond: () => undefined,
    listImages: () => ids.map((id) => ({ found: madeFound(id) })),
  })
  return { ...actions, second, open, shown: () => actions.secondImage()?.id }
}

test('the patient’s next image is shown first; then the one that was hidden comes back', () => {
  const { toggleSecond, second, shown } = page(['a', 'b', 'c'])
  toggleSecond()
  expect(shown()).toBe('b')
  second.getState().choose('c')
  toggleSecond()
  expect(shown()).toBeUndefined()
  toggleSecond()
  expect(shown()).toBe('c')
})

test('the open image is not its own second one, and one of another patient is not shown', () => {
  const { second, open, shown } = page(['a', 'b'])
  second.getState().choose('b')
  open.id = 'b'
  expect(shown()).toBeUndefined()
  second.getState().choose('other')
  expect(shown()).toBeUndefined()
})

test('a patient with one image has no second one', () => {
  const { toggleSecond, shown } = page(['a'])
  toggleSecond()
  expect(shown()).toBeUndefined()
})
