import { expect, test } from 'vitest'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { changedPlace, goesOn } from './protocolActs.ts'

const protocol = protocolSchema.parse({ select: [{ method: 'rankSum' }, { method: 'boruta' }] })
const withStep = (at: number, part: object) => protocolSchema.parse({ ...protocol, select: protocol.select.map((step, i) => (i === at ? { ...step, ...part } : step)) }) // prettier-ignore

test('the place of a change is the one setting that is another', () => {
  expect(changedPlace(protocol, withStep(1, { trees: 50 }))).toBe('select.1.trees')
  expect(changedPlace(protocol, { ...protocol, seed: 9 })).toBe('seed')
  expect(changedPlace(protocol, structuredClone(protocol))).toBeNull()
  expect(changedPlace(protocol, withStep(1, { trees: 50, maximumRuns: 20 }))).toBeNull()
  // A step more is one change, at its place.
  expect(changedPlace(protocol, { ...protocol, select: protocol.select.slice(0, 1) })).toBe('select.1')
})

test('what is typed on at the same place without a pause is one act', () => {
  const first = { place: 'select.1.trees', at: 100 }
  expect(goesOn({ place: 'select.1.trees', at: 900 }, first)).toBe(true)
  expect(goesOn({ place: 'select.1.trees', at: 1100 }, first)).toBe(false)
  expect(goesOn({ place: 'seed', at: 200 }, first)).toBe(false)
  expect(goesOn({ place: null, at: 200 }, { place: null, at: 100 })).toBe(false)
  expect(goesOn(first, null)).toBe(false)
})
