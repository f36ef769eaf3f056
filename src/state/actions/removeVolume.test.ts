import { expect, test } from 'vitest'
import type { MaskProposal } from '../maskReview.ts'
import { madeFound, madeVolume } from './madeVolumes.ts'
import { createRemoveVolume } from './removeVolume.ts'
import { inWords, type Message } from '../../core/messages/message.ts'
import { say } from '../../messages/say.ts'

const volume = madeVolume('3')
const identified = madeFound('3', {
  volume: { ...volume, source: { ...volume.source, identity: { image: 'i3', content: 'c' } } },
})

function page({ reason = null as Message | null, reviewed = '', imported = [] as readonly string[] } = {}) {
  const done: string[] = []
  const remove = createRemoveVolume({
    images: {
      getState: () => ({
        volumes: [identified],
        remove: (id) => void done.push(`remove ${id}`),
        sleep: (id) => Boolean(done.push(`sleep ${id}`)),
      }),
    },
    roi: { getState: () => ({ whyStay: () => reason, close: (id) => void done.push(`close ${id}`) }) },
    maskReview: {
      getState: () => ({ proposal: { maskId: reviewed } as MaskProposal, dismiss: () => void done.push('dismiss') }),
    },
    deletions: { getState: () => ({ refuse: (why) => void done.push(`refuse ${say(why)}`) }) },
    workList: {
      getState: () => ({
        importedLabels: new Map(imported.map((id) => [id, 'A-0001'])),
        removeImage: async (id) => void done.push(`off the list ${id}`),
      }),
    },
  })
  return { remove, done }
}

test('an image whose region is kept nowhere stays, with the reason', () => {
  const { remove, done } = page({ reason: inWords('not kept') })
  remove('1')
  expect(done).toEqual(['refuse not kept'])
})

test('a volume goes with its region, and with its review where it is the mask under review', () => {
  const { remove, done } = page({ reviewed: '2' })
  remove('1')
  expect(done).toEqual(['remove 1', 'close 1'])
  remove('2')
  expect(done.slice(2)).toEqual(['dismiss', 'remove 2', 'close 2'])
})

test('an image that the study knows by its files goes from the work list too', () => {
  const { remove, done } = page()
  remove('3')
  expect(done).toEqual(['remove 3', 'off the list i3', 'close 3'])
})

test('an image that an import brought is put away, and stays in the study', () => {
  const { remove, done } = page({ imported: ['i3'] })
  remove('3')
  expect(done).toEqual(['sleep 3', 'close 3'])
})
