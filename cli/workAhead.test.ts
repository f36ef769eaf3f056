import { expect, test } from 'vitest'
import { workAhead } from './workAhead.ts'

test('outcomes and errors come in the order of the items, the work on the next ones begins before', async () => {
  const begun: number[] = []
  const finish = new Map<number, () => void>()
  const next = workAhead([1, 2, 3, 4], 2, (item) => {
    begun.push(item)
    return new Promise<number>((resolve, reject) => {
      finish.set(item, () => (item === 2 ? reject(new Error('no number')) : resolve(10 * item)))
    })
  })
  const first = next()
  expect(begun).toEqual([1, 2])
  finish.get(2)!()
  finish.get(1)!()
  expect(await first).toBe(10)
  const second = next()
  expect(begun).toEqual([1, 2, 3])
  await expect(second).rejects.toThrowSaying('no number')
  const third = next()
  for (const item of [4, 3]) finish.get(item)!()
  expect([await third, await next(), next()]).toEqual([30, 40, undefined])
})
