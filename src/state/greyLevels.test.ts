// @vitest-environment node
import { expect, test } from 'vitest'
import type { GreyLevelCount } from '../core/extraction/greyLevels.ts'
import type { Volume } from '../core/image/volume.ts'
import type { Mask } from '../core/mask/mask.ts'
import { parseParameterFile } from '../io/records/parameterFile.ts'
import { createGreyLevelStore, type CountGreyLevels } from './greyLevels.ts'
import { messageOf } from '../core/messages/message.ts'

const parameters = parseParameterFile('imageType:\n  Original: {}\n')
const [image, mask] = [{} as Volume, {} as Mask]
const about = (maskRevision: number) => ({ imageId: '1', maskRevision, parameters })

/** Counts whose answers the test gives when it likes; an abort rejects, as the bridge does. */
function manualCounts() {
  const answers: ((counts: readonly GreyLevelCount[]) => void)[] = []
  const count: CountGreyLevels = (_image, _mask, _parameters, { signal }) =>
    new Promise((resolve, reject) => {
      answers.push(resolve)
      signal?.addEventListener('abort', () => reject(new Error('cancelled')))
    })
  return { count, answers }
}

test('a count is told, and not made twice for the same region and parameters', async () => {
  const { count, answers } = manualCounts()
  const store = createGreyLevelStore(count)
  const first = store.getState().count(image, mask, about(1))
  expect(store.getState().check.status).toBe('running')
  void store.getState().count(image, mask, about(1))
  answers[0]([{ imageName: 'original', count: 40 }])
  await first
  expect(store.getState().check).toMatchObject({ status: 'done', counts: [{ imageName: 'original', count: 40 }] })
  await store.getState().count(image, mask, about(1))
  expect(answers).toHaveLength(1)
})

test('a later count takes the place of one that is under way', async () => {
  const { count, answers } = manualCounts()
  const store = createGreyLevelStore(count)
  const first = store.getState().count(image, mask, about(1))
  const second = store.getState().count(image, mask, about(2))
  await first
  expect(store.getState().check).toMatchObject({ status: 'running', about: { maskRevision: 2 } })
  answers[1]([])
  await second
  expect(store.getState().check).toMatchObject({ status: 'done', about: { maskRevision: 2 } })
})

test('cancel ends a count and leaves one that is done', async () => {
  const { count, answers } = manualCounts()
  const store = createGreyLevelStore(count)
  const counting = store.getState().count(image, mask, about(1))
  store.getState().cancel()
  await counting
  expect(store.getState().check.status).toBe('idle')
  const again = store.getState().count(image, mask, about(1))
  answers[1]([])
  await again
  store.getState().cancel()
  expect(store.getState().check.status).toBe('done')
})

test('a case that cannot be used is told', async () => {
  const store = createGreyLevelStore(() => Promise.reject(new Error('The region is a single voxel.')))
  await store.getState().count(image, mask, about(1))
  expect(store.getState().check).toMatchObject({
    status: 'failed',
    reason: messageOf(new Error('The region is a single voxel.')),
  })
})
