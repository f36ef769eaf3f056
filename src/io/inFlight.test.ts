import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inFlight } from './inFlight.ts'

it('gives the results in the order of the items, with so many at work at once and no more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (s, items, atOnce) => {
        let working = 0
        let most = 0
        const started: number[] = []
        const all = inFlight(items, atOnce, async (item, index) => {
          most = Math.max(most, ++working)
          started.push(index)
          await s.schedule(Promise.resolve())
          working--
          return 2 * item
        })
        await s.waitFor(all)
        expect(await all).toEqual(items.map((item) => 2 * item))
        expect(started).toEqual(items.map((_, i) => i))
        expect(most).toBe(Math.min(atOnce, items.length))
      },
    ),
  )
})

it('fails as its work does', async () => {
  await expect(inFlight([1, 2, 3], 2, (item) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item)))).rejects.toThrowSaying('two') // prettier-ignore
})
