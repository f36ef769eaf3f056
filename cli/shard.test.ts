import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatShard, parseShard, takeShard } from './shard.ts'

test.each(['', '1', '0/2', '3/2', '1/0', '1/2/3', 'a/b', '-1/2', '1.5/2'])('%j is no part', (text) => {
  expect(() => parseShard(text)).toThrow('as in 1/4 to 4/4')
})

test('the parts together are the list, in its order and of about the same size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (length, wanted) => {
      const items = Array.from({ length }, (_, i) => i)
      const parts = Math.min(length, wanted)
      const shards = Array.from({ length: parts }, (_, k) => takeShard(items, parseShard(formatShard({ part: k + 1, parts }))))
      expect(shards.flat()).toEqual(items)
      const sizes = shards.map((shard) => shard.length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }),
  )
})

test('more parts than cases are refused', () => {
  expect(() => takeShard(['a', 'b'], { part: 1, parts: 3 })).toThrow('2 cases cannot be cut into 3 parts.')
})
