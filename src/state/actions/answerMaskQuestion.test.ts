import { expect, test } from 'vitest'
import { createAnswerMaskQuestion } from './answerMaskQuestion.ts'
import { madeFound, madeRegion } from './madeVolumes.ts'

const question = { found: madeFound('roi'), image: madeFound('T1') }

/** @param opensInstead the image that somebody opened while that of the question was on its way */
function page(openId: string | null, opensInstead?: string) {
  const done: string[] = []
  let open = openId === null ? null : madeRegion(madeFound(openId))
  const answer = createAnswerMaskQuestion({
    images: { getState: () => ({ setKind: (id, kind) => void done.push(`${id} is ${kind}`) }) },
    roi: { getState: () => ({ open }) },
    openImage: async (found) => {
      done.push(`open ${found.id}`)
      open = madeRegion(madeFound(opensInstead ?? found.id))
    },
    reviewMask: ({ id }) => void done.push(`review ${id}`),
  })
  return { answer, done }
}

test('a mask is laid on its image, which is opened for it', async () => {
  const { answer, done } = page('T2')
  await answer(question, true)
  expect(done).toEqual(['roi is mask', 'open T1', 'review roi'])
  const onOpen = page('T1')
  await onOpen.answer(question, true)
  expect(onOpen.done).toEqual(['roi is mask', 'review roi'])
})

test('an image stays an image, and nothing is opened', async () => {
  const { answer, done } = page(null)
  await answer(question, false)
  expect(done).toEqual(['roi is image'])
})

test('the mask is not offered for another image that was opened meanwhile', async () => {
  const { answer, done } = page(null, 'T3')
  await answer(question, true)
  expect(done).not.toContain('review roi')
})
