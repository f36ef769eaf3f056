import { expect, test } from 'vitest'
import { DataError, messagesOf } from '../core/messages/message.ts'
import { say, sayError } from './say.ts'

test('a message is said by the sentence of its step and code, from its values', () => {
  expect(say({ step: 'numeric', code: 'seed', values: { given: -1 } })).toBe(
    'A seed is a whole number from 0 to 9007199254740991; -1 was given.',
  )
})

test('a code that this version does not know is told with its values, not passed over', () => {
  expect(say({ step: 'numeric', code: 'of-tomorrow', values: { given: 3 } })).toBe('numeric/of-tomorrow {"given":3}')
  expect(say({ step: 'tomorrow', code: 'constructor', values: {} })).toBe('tomorrow/constructor {}')
  expect(say({ step: 'numeric', code: 'constructor', values: {} })).toBe('numeric/constructor {}')
})

test('an error of the program keeps its own words; bad data has its sentence', () => {
  const { refuse } = messagesOf<{ seed: { readonly given: number } }>('numeric')
  expect(sayError(refuse('seed', { given: 0.5 }))).toContain('0.5 was given')
  expect(sayError(new TypeError('x is undefined'))).toBe('x is undefined')
  expect(sayError('cancelled')).toBe('cancelled')
  expect(new DataError({ step: 'a', code: 'b', values: { c: 1 } }).message).toBe('a/b {"c":1}')
})
