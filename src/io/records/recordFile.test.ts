import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRecord, parseRecord } from './recordFile.ts'

const key = 'ab'.repeat(32)
const recordOf = (value: unknown) => ({ stage: 'select.1', version: 3, value })

const anyNumber = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 5e-324, Number.MAX_VALUE))
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('#', '##', '#NaN', '#-0', '##NaN', '\ud800'))
const plain = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, anyNumber, anyText, fc.boolean(), fc.constant(null), fc.array(tie('value')), fc.dictionary(anyText, tie('value'), { noNullPrototype: true })), // prettier-ignore
})).value

test('whatever is plain is read as it was written, NaN, infinities and -0 included', () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(parseRecord(formatRecord(key, recordOf(value)), 'r.json')).toStrictEqual({ key, record: recordOf(value) })
    }),
    { numRuns: 500 },
  )
})

test('what is not plain is refused with its place, not written as something else', () => {
  for (const [value, what] of [
    [{ a: [1, undefined] }, 'select.1.a.1 is not: [object Undefined]'],
    [{ a: Float64Array.of(1) }, 'select.1.a is not: [object Float64Array]'],
    [new Map(), 'select.1 is not: [object Map]'],
  ] as const)
    expect(() => formatRecord(key, recordOf(value))).toThrow(what)
})

test('what is no record says so', () => {
  const text = formatRecord(key, recordOf([NaN]))
  expect(() => parseRecord(text.slice(0, -3), 'r.json')).toThrowSaying('r.json is no JSON')
  expect(() => parseRecord(text.replace('"version":1', '"version":2'), 'r.json')).toThrowSaying(
    'no record of a stage of this Texel: version',
  )
  expect(() => parseRecord(text.replace('#NaN', '#nan'), 'r.json')).toThrowSaying('"#nan", which stands for nothing')
  expect(() => parseRecord('{}', 'r.json')).toThrowSaying('r.json is no record')
})
