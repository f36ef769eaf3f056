import { expect, test, vi } from 'vitest'
import { createCompareReaders } from './compareReaders.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'

const own = madeRegion(madeFound('T1'))
const masks = { 1: own.mask, 2: own.mask }

/** @param openLater the image that is open once the masks are read */
function page(locked: typeof masks | null, openLater = own) {
  let open = own
  const compare = vi.fn(async () => undefined)
  const run = createCompareReaders({
    roi: {
      getState: () => ({
        open,
        readLockedMasks: async () => {
          open = openLater
          return locked
        },
      }),
    },
    comparison: { getState: () => ({ compare }) },
  })
  return { run, compare }
}

test('the masks of both readers are compared once both are locked', async () => {
  const { run, compare } = page(masks)
  await run()
  expect(compare).toHaveBeenCalledWith(own, masks)
})

test('nothing is compared unless both are locked, or for an image or a lesion that is in hand no more', async () => {
  const expectNone = async ({ run, compare }: ReturnType<typeof page>) => {
    await run()
    expect(compare).not.toHaveBeenCalled()
  }
  const unlocked = page(null)
  await expectNone(unlocked)
  const other = page(masks, madeRegion(madeFound('T2')))
  await expectNone(other)
  const lesion = page(masks, { ...own, lesion: 'L2' })
  await expectNone(lesion)
})
