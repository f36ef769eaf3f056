import { expose, wrap } from 'comlink'
import { expect, test } from 'vitest'
import { DataError } from '../src/core/messages/message.ts'
import { tell } from '../src/io/messages.ts'
import { ProgramLoadError } from '../src/io/programLoadError.ts'
import './sendErrors.ts'

/** What is thrown at the other end of a message channel, as between a worker and its page. */
async function across(error: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  expose({ fail: () => Promise.reject(error) }, port1)
  const far = wrap<{ fail: () => Promise<void> }>(port2)
  try {
    return await far.fail().catch((thrown: unknown) => thrown)
  } finally {
    port1.close()
    port2.close()
  }
}

test('what is told of bad data crosses whole: step, code and values, numbers that JSON lacks too', async () => {
  const told = { step: 'numeric', code: 'seed', values: { given: NaN, of: [Infinity, -0] } }
  const thrown = await across(new DataError(told))
  expect(thrown).toBeInstanceOf(DataError)
  expect((thrown as DataError).told).toEqual(told)
})

test('a part of the program that is missing is told from bad data at the other end too', async () => {
  const told = tell('not-loaded', { part: 'kernels', why: 'Failed to fetch' })
  const thrown = await across(new ProgramLoadError(told))
  expect(thrown).toBeInstanceOf(ProgramLoadError)
  expect((thrown as ProgramLoadError).told).toEqual(told)
})

test('an error of the program keeps its name and its stack', async () => {
  const error = new TypeError('x is undefined')
  expect(await across(error)).toMatchObject({ name: 'TypeError', message: 'x is undefined', stack: error.stack })
  expect(await across('no error at all')).toBe('no error at all')
})
