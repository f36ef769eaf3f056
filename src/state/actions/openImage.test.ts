import { expect, test, vi } from 'vitest'
import { createOpenImage } from './openImage.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'

function page(openId: string | null, secondId: string | null) {
  const done: string[] = []
  const say = (what: string) => (id: unknown) => void done.push(`${what} ${String(id)}`)
  const actions = createOpenImage({
    images: { getState: () => ({ chooseImage: say('choose') }) },
    roi: {
      getState: () => ({
        open: openId === null ? null : madeRegion(madeFound(openId)),
        openImage: vi.fn(async (id: string) => say('open')(id)),
      }),
    },
    second: { getState: () => ({ imageId: secondId, choose: say('second') }) },
    screen: { getState: () => ({ show: say('show'), showList: () => undefined }) },
  })
  return { ...actions, done }
}

test('two images that are seen together change places', async () => {
  const { openImage, done } = page('T1', 'T2')
  await openImage(madeFound('T2'))
  expect(done).toEqual(['second T1', 'choose T2', 'open T2'])
})

test('another second image stays where it is', async () => {
  const { openImage, done } = page('T1', 'T3')
  await openImage(madeFound('T2'))
  expect(done).toEqual(['choose T2', 'open T2'])
})

test('an image that is shown is shown at once, not once it is open', async () => {
  const { showImage, done } = page(null, null)
  await showImage(madeFound('T1'))
  expect(done).toEqual(['show roi', 'choose T1', 'open T1'])
})
