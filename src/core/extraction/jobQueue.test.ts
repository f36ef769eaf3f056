import { expect, it } from 'vitest'
import { createJobQueue } from './jobQueue.ts'
import { messageOf } from '../messages/message.ts'
import type { Job } from './planJobs.ts'

const job = (id: string, cost: number, needs: readonly string[] = []) =>
  ({ id, imageName: id, cost, needs, work: { kind: 'features', recipe: { filter: 'original' } } }) as unknown as Job
const values = (...numbers: number[]) => Float64Array.from(numbers)

it('gives the costliest job first, and one that needs others when all of them are there, with their values in its order', () => {
  const queue = createJobQueue([job('joined', 9, ['a', 'b']), job('b', 2), job('a', 3)])
  expect([queue.next()?.job.id, queue.next()?.job.id, queue.next()]).toEqual(['a', 'b', undefined])
  expect(queue.hasMore()).toBe(true)
  queue.finish({ id: 'b', values: values(2) })
  expect(queue.next()).toBeUndefined()
  queue.finish({ id: 'a', values: values(1) })
  expect(queue.next()).toMatchObject({ job: { id: 'joined' }, parts: [values(1), values(2)] })
  expect(queue.hasMore()).toBe(false)
})

it('fails with a part all that needs it, however far, and nothing else', () => {
  const queue = createJobQueue([job('a', 4), job('b', 3), job('of a', 2, ['b', 'a']), job('of that', 1, ['of a'])])
  queue.next()
  queue.finish({ id: 'a', failure: messageOf('No memory.') })
  expect(queue.next()?.job.id).toBe('b')
  expect(queue.hasMore(), 'a part that comes later brings nothing back').toBe(false)
  queue.finish({ id: 'b', values: values(1) })
  expect(queue.results()).toEqual([
    { id: 'a', failure: messageOf('No memory.') },
    { id: 'of a', failure: messageOf('No memory.') },
    { id: 'of that', failure: messageOf('No memory.') },
    { id: 'b', values: values(1) },
  ])
})
