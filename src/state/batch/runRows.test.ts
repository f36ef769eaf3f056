// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import { DataError, inWords } from '../../core/messages/message.ts'
import type { BatchRow } from '../../core/study/batchRows.ts'
import { WorkerEnded } from '../../../workers/startWorker.ts'
import { told } from '../messages.ts'
import { runRows, type RowCase, type RowEnd, type RowHost, type RowsRun } from './runRows.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const rowOf = (id: string, attempts = 0) => ({ id, attempts }) as BatchRow
const rowsOf = (ids: string) => [...ids].map((id) => rowOf(id))
const whole: ExtractionResult = { diagnostics: [], features: [['x', 1]], failures: [], warnings: [], partial: false }
const partial = { ...whole, partial: true }
const failing = (reason: ExtractionResult['failures'][number]['reason']) => ({
  ...whole,
  failures: [{ imageType: 'square', reason }],
})

interface Plan {
  readonly workers?: number
  /** Of a row, by how often it was measured before. */
  readonly extract?: (id: string, times: number) => Promise<ExtractionResult> | ExtractionResult
  readonly load?: (id: string, times: number) => void
  readonly finish?: (id: string) => boolean
  /** Milliseconds of a row. */
  readonly ms?: (id: string) => number
  readonly signal?: AbortSignal
}

/** What became of rows, and what was in memory and at work meanwhile. */
async function run(
  rows: readonly BatchRow[],
  {
    workers = 2,
    extract = () => whole,
    load = () => {},
    finish = () => true,
    ms = () => 10,
    signal = new AbortController().signal,
  }: Plan = {},
) {
  const written = new Map<string, string>()
  const ends: [string, RowEnd['end'] | 'again'][] = []
  const problems: string[] = []
  const left: number[] = []
  const times = { load: new Map<string, number>(), extract: new Map<string, number>() }
  const count = (of: keyof typeof times, id: string) => {
    const before = times[of].get(id) ?? 0
    times[of].set(id, before + 1)
    return before
  }
  let [held, mostHeld, working, mostWorking] = [0, 0, 0, 0]
  const besides = new Map<string, number>()
  const waits: (() => void)[] = []
  let isPaused = false
  const host: RowHost = {
    workers,
    openWorker: () => ({
      async extract(image, _, { signal: own }) {
        const { id } = image as unknown as BatchRow
        mostWorking = Math.max(mostWorking, ++working)
        besides.set(id, working - 1)
        try {
          await new Promise<void>((done) => {
            const clock = setTimeout(done, ms(id))
            own.addEventListener('abort', () => {
              clearTimeout(clock)
              done()
            })
          })
          return own.aborted ? partial : await extract(id, count('extract', id))
        } finally {
          working--
        }
      },
      close: () => undefined,
    }),
    sizeOf: () => 1000,
    begin: async ({ id }) => void written.set(id, 'running'),
    async load(row) {
      mostHeld = Math.max(mostHeld, ++held)
      load(row.id, count('load', row.id))
      return { image: row, mask: null, maskHash: 'm' } as unknown as RowCase
    },
    isForAll: (error) => error instanceof DataError && error.told.code === 'folder-not-there',
    finish: async ({ id }) => {
      if (finish(id)) written.set(id, 'kept')
      else written.delete(id)
      return finish(id)
    },
    end: async ({ id }, state) => void written.set(id, state),
    forget: async (begun) => begun.forEach(({ id }) => written.delete(id)),
    now: () => Date.now(),
  }
  const watch: RowsRun = {
    signal,
    whilePaused: () => (isPaused && !signal.aborted ? new Promise((go) => waits.push(go)) : Promise.resolve()),
    onProblem(problem) {
      problems.push(problem.code)
      isPaused = true
      setTimeout(() => {
        isPaused = false
        waits.splice(0).forEach((go) => go())
      }, 1000)
    },
    onBegun: () => undefined,
    onEnded(row, end) {
      held--
      ends.push([row.id, end?.end ?? 'again'])
    },
    onExpected: (ms) => void left.push(ms),
  }
  const running = runRows(rows, host, watch)
  await vi.runAllTimersAsync()
  await running
  return { written: Object.fromEntries(written), ends, problems, left, mostHeld, mostWorking, besides, times }
}

test('rows are measured in their order, one a worker, with one case more in memory than workers at most', async () => {
  const { ends, mostHeld, mostWorking, written } = await run(rowsOf('abcdefgh'), { workers: 2 })
  expect(ends.map(([id]) => id).join('')).toBe('abcdefgh')
  expect(new Set(Object.values(written))).toEqual(new Set(['kept']))
  expect({ mostHeld, mostWorking }).toEqual({ mostHeld: 3, mostWorking: 2 })
})

test('a row that fails is told, kept as failed, and holds up nothing', async () => {
  const { ends, written } = await run(rowsOf('abcd'), {
    load: (id) => {
      if (id === 'b') throw new Error('no such file')
    },
    extract: (id) => (id === 'c' ? failing(inWords('too many levels')) : whole),
  })
  expect(new Map(ends)).toEqual(new Map([['a', 'done'], ['b', 'failed'], ['c', 'failed'], ['d', 'done']])) // prettier-ignore
  // Of c the rest is there.
  expect(written).toEqual({ a: 'kept', b: 'failed', c: 'kept', d: 'kept' })
})

test('a row on which workers die comes again alone at the end, and is then set aside', async () => {
  const die = (id: string) => {
    if (id === 'a') throw new WorkerEnded('features', null, 2)
    return whole
  }
  const { ends, written, besides, times } = await run(rowsOf('abcd'), { extract: die })
  expect(ends).toEqual([['a', 'again'], ['b', 'done'], ['c', 'done'], ['d', 'done'], ['a', 'setAside']]) // prettier-ignore
  expect(written).toEqual({ a: 'setAside', b: 'kept', c: 'kept', d: 'kept' })
  expect([times.extract.get('a'), besides.get('a')]).toEqual([2, 0])
  const once = await run(rowsOf('ab'), { extract: (id, before) => (before === 0 ? die(id) : whole) })
  expect(once.written).toEqual({ a: 'kept', b: 'kept' })
})

test('a row on which the page ended before comes last, with nothing beside it', async () => {
  const { ends, besides, mostWorking } = await run([rowOf('a', 1), rowOf('b', 1), ...rowsOf('cdef')])
  expect(ends.map(([id]) => id).join('')).toBe('cdefab')
  expect([besides.get('a'), besides.get('b'), mostWorking]).toEqual([0, 0, 2])
})

test('a folder that is away is told once and pauses; all rows are computed when it is back', async () => {
  const away = new DataError(told('folder-not-there', { folder: 'x' }))
  const backAt = Date.now() + 500
  const { written, problems, ends } = await run(rowsOf('abcdef'), {
    load: (id) => {
      if ('cd'.includes(id) && Date.now() < backAt) throw away
    },
  })
  expect(problems).toEqual(['folder-not-there'])
  expect(new Set(Object.values(written))).toEqual(new Set(['kept']))
  expect(ends.filter(([, end]) => end === 'failed')).toEqual([])
})

test('a row whose region was changed while it was measured is dropped', async () => {
  const { ends, written } = await run(rowsOf('ab'), { finish: (id) => id !== 'a' })
  expect(ends[0]).toEqual(['a', 'dropped'])
  expect(written).toEqual({ b: 'kept' })
})

test('cancelled, rows in work are as if they had not been begun, and what is kept stays', async () => {
  const abort = new AbortController()
  const { written, ends } = await run(rowsOf('abcdefgh'), {
    signal: abort.signal,
    extract: (id) => {
      if (id === 'c') abort.abort()
      return whole
    },
  })
  expect(written).toEqual({ a: 'kept', b: 'kept' })
  expect(ends).toHaveLength(2)
})

test('a row that takes twenty times as long as others of its size is set aside', async () => {
  const slow = { ms: (id: string) => (id === 'h' ? 1e9 : 10_000) }
  const { ends, written } = await run(rowsOf('abcdefgh'), slow)
  expect(ends.at(-1)).toEqual(['h', 'setAside'])
  expect(written['h']).toBe('setAside')
  expect((await run(rowsOf('abcdefgh'), { ms: (id) => (id === 'h' ? 190_000 : 10_000) })).written['h']).toBe('kept')
})

test('the time left is told from the fifth row on, by workers', async () => {
  const { left } = await run(rowsOf('abcdefghij'), { ms: () => 1000 })
  expect(left[0]).toBeCloseTo(2500)
  expect(left.at(-1)).toBe(0)
})
