import { expect, test, vi } from 'vitest'
import { studyParameters } from '../../io/records/studyParameters.ts'
import type { MaskProposal } from '../maskReview.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'
import { createReviewMask } from './reviewMask.ts'

function page({ isOpen = true, isLocked = false, proposal = null as Partial<MaskProposal> | null } = {}) {
  const propose = vi.fn(async () => undefined)
  const replaceMask = vi.fn()
  const dismiss = vi.fn()
  const show = vi.fn()
  const image = madeFound('image')
  const settings = { ...studyParameters.settings, label: 3 }
  const actions = createReviewMask({
    images: { getState: () => ({ volumes: [] }) },
    roi: {
      getState: () => ({ open: isOpen ? madeRegion(image) : null, refuseLocked: () => isLocked, replaceMask }),
    },
    extraction: { getState: () => ({ parameters: { ...studyParameters, settings } }) },
    maskReview: { getState: () => ({ proposal: proposal as MaskProposal | null, propose, dismiss }) },
    screen: { getState: () => ({ show }) },
  })
  return { ...actions, propose, replaceMask, dismiss, show, image }
}
const mask = madeFound('mask', { kind: 'mask' })
const region = new Uint8Array(4)

test('a mask is laid on the open image with the label of the parameters first, or the one that is asked for', () => {
  const { reviewMask, propose, show, image } = page()
  reviewMask(mask)
  reviewMask(mask, 7)
  expect(propose.mock.calls).toEqual([
    ['mask', 'mask', mask.volume, image.volume, 3],
    ['mask', 'mask', mask.volume, image.volume, 7],
  ])
  expect(show).toHaveBeenCalledWith('roi')
})

test('without an open image there is nothing to lay it on', () => {
  const { reviewMask, propose, show } = page({ isOpen: false })
  reviewMask(mask)
  expect(propose).not.toHaveBeenCalled()
  expect(show).not.toHaveBeenCalled()
})

test('what was looked at becomes the region, and the review is over', () => {
  const { acceptProposal, replaceMask, dismiss } = page({ proposal: { name: 'm', region, isWorking: false } })
  expect(acceptProposal()).toBe(true)
  expect(dismiss).toHaveBeenCalledOnce()
  expect(replaceMask).toHaveBeenCalledWith('Load m', region)
})

test('a locked region, a mask that is still being laid and one that could not be laid change nothing', () => {
  for (const one of [
    page({ isLocked: true, proposal: { region, isWorking: false } }),
    page({ proposal: { region, isWorking: true } }),
    page({ proposal: { region: null, isWorking: false } }),
    page(),
  ]) {
    expect(one.acceptProposal()).toBe(false)
    expect(one.replaceMask).not.toHaveBeenCalled()
    expect(one.dismiss).not.toHaveBeenCalled()
  }
})
