import { expect, test } from 'vitest'
import { withRoom } from './nomogramTicks.ts'

test('a number that would touch the one before is left out, its mark stays; the order of the axis does not matter', () => {
  const ticks = [0, 12, 60, 66, 140].map((x, i) => ({ x, text: ['0.05', '0.1', '0.2', '0.3', '0.95'][i] }))
  const shown = [
    { x: 0, text: '0.05' },
    { x: 12, text: '' },
    { x: 60, text: '0.2' },
    { x: 66, text: '' },
    { x: 140, text: '0.95' },
  ]
  expect(withRoom(ticks, 6)).toEqual(shown)
  expect(withRoom(ticks.toReversed(), 6)).toEqual(shown)
})
