import { expect, test } from 'vitest'
import { DataError } from '../src/core/messages/message.ts'
import { tell as tellOfKernels } from '../src/core/kernels/messages.ts'
import { refuse } from '../src/io/images/messages.ts'
import { WorkerEnded } from '../workers/startWorker.ts'
import { tell } from '../workers/messages.ts'
import { findTrouble } from './findTrouble.ts'
import { UsageError } from './usageError.ts'

const system = (code: string) => Object.assign(new Error(code), { code })
const kernels = (gibibytes: number) => new DataError(tellOfKernels('memory', { bytes: gibibytes * 2 ** 30, bytesInUse: 2 ** 20 }))

test.each([
  [new UsageError('x cannot be written', { cause: system('ENOSPC') }), 'disk'],
  [system('EDQUOT'), 'disk'],
  [new Error('Image a: no', { cause: refuse('no-memory', {}) }), 'memory'],
  [new DataError(tell('reader-failed', { error: new WorkerEnded('files').told })), 'memory'],
  [new RangeError('Array buffer allocation failed'), 'memory'],
  [kernels(1), 'memory'],
  // More than the kernels could ever have, wherever they run.
  [kernels(5), undefined],
  [new RangeError('Invalid array length'), undefined],
  [system('ENOENT'), undefined],
  [new Error('The mask is empty.'), undefined],
  ['text', undefined],
])('%s: %s', (error, trouble) => expect(findTrouble(error)).toBe(trouble))
