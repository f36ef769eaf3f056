import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ascendingOrder } from './ascendingOrder.ts'

/** A comparing sort, which is stable; -0 before 0 as in a typed array's own order. */
function compared(values: readonly number[]): number[] {
  const rank = (x: number, y: number) => x - y || Number(Object.is(y, -0)) - Number(Object.is(x, -0))
  return values.map((_, i) => i).sort((i, j) => rank(values[i], values[j]))
}

const values = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(-0, 0, 5e-324, -5e-324, Infinity, -Infinity, Number.MAX_VALUE),
  fc.integer({ min: -3, max: 3 }),
  // Equal in the upper half of their bits, so that the lower decides.
  fc.integer({ min: 0, max: 9 }).map((steps) => 1 + steps * Number.EPSILON),
  fc.integer({ min: 0, max: 9 }).map((steps) => -1 - steps * Number.EPSILON),
)

test('the order is that of comparing, ties in their own order, in any part of a buffer', () => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 300 }), (some) => {
      const within = new Float64Array(some.length + 1)
      within.set(some, 1)
      expect(Array.from(ascendingOrder(within.subarray(1)))).toEqual(compared(some))
    }),
  )
})
