import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ProgramLoadError } from '../io/programLoadError.ts'
import { serverIsGone } from '../io/programServer.ts'
import { createEngineKeeper, describeFailure, PictureError, type EngineState } from './engineKeeper.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Engines are numbers, by order of making. @param failures what each start in turn throws; undefined for none */
function keep(failures: (Error | undefined)[] = []) {
  const told: EngineState<number>[] = []
  const discarded: number[] = []
  const watched = new Map<number, { onLost: () => void; onRestored: () => void }>()
  let starts = 0
  const keeper = createEngineKeeper<number>({
    start: () => {
      const failure = failures[starts++]
      return failure ? Promise.reject(failure) : Promise.resolve(starts)
    },
    discard: (engine) => void discarded.push(engine),
    watch: (engine, listeners) => {
      watched.set(engine, listeners)
      return () => void watched.delete(engine)
    },
  })
  keeper.subscribe((state) => told.push(state))
  return { keeper, told, discarded, watched, starts: () => starts, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

it('starts once, when it is wanted', async () => {
  const { keeper, told, starts, pass } = keep()
  keeper.want()
  keeper.want()
  await pass(0)
  keeper.want()
  expect(told).toEqual([{ status: 'starting' }, { status: 'ready', engine: 1 }])
  expect(starts()).toBe(1)
})

it('says why a start failed and what to do, and starts anew when it is wanted again', async () => {
  const { keeper, told, pass } = keep([new PictureError({ reason: 'No WebGL 2.', remedy: 'Switch it on.' })])
  keeper.want()
  await pass(0)
  expect(told.at(-1)).toEqual({ status: 'failed', reason: 'No WebGL 2.', remedy: 'Switch it on.' })
  keeper.want()
  await pass(0)
  expect(told.at(-1)).toEqual({ status: 'ready', engine: 2 })
})

it('makes another engine as soon as the browser gives graphics back', async () => {
  const { keeper, told, discarded, watched, pass } = keep()
  keeper.want()
  await pass(0)
  const first = watched.get(1)!
  first.onLost()
  await pass(0)
  expect([told.at(-1), discarded]).toEqual([{ status: 'rebuilding' }, [1]])
  first.onRestored()
  await pass(0)
  expect(told.at(-1)).toEqual({ status: 'ready', engine: 2 })
  expect([...watched.keys()], 'the first is not heard any more').toEqual([2])
})

it('does not wait for longer than a second', async () => {
  const { keeper, told, watched, pass } = keep()
  keeper.want()
  await pass(0)
  watched.get(1)!.onLost()
  await pass(999)
  expect(told.at(-1)).toEqual({ status: 'rebuilding' })
  await pass(1)
  expect(told.at(-1)).toEqual({ status: 'ready', engine: 2 })
})

it('gives up after a few tries, says so, and tries again when asked', async () => {
  const gone = new Error('gone')
  const { keeper, told, watched, starts, pass } = keep([undefined, gone, gone, gone, gone])
  keeper.want()
  await pass(0)
  watched.get(1)!.onLost()
  await pass(8000)
  expect(told.at(-1)).toMatchObject({ status: 'failed', reason: 'The picture could not be drawn: gone' })
  await pass(60_000)
  expect(starts()).toBe(5)
  keeper.renew()
  expect(told.at(-1)).toEqual({ status: 'rebuilding' })
  await pass(0)
  expect(told.at(-1)).toEqual({ status: 'ready', engine: 6 })
})

it('does not make engines for ever that are lost at once', async () => {
  const { keeper, told, discarded, watched, pass } = keep()
  keeper.want()
  await pass(0)
  for (let engine = 1; engine <= 4; engine++) {
    watched.get(engine)!.onLost()
    await pass(1000)
  }
  expect(told.at(-1)).toMatchObject({ status: 'failed', reason: expect.stringContaining('4 times within a minute') as string })
  expect(discarded).toEqual([1, 2, 3, 4])
})

it('knows an engine of before from the one in use', async () => {
  const { keeper, told, discarded, pass } = keep()
  keeper.want()
  await pass(0)
  keeper.renew()
  await pass(0)
  const count = told.length
  keeper.lose(1)
  expect([told.length, discarded]).toEqual([count, [1]])
})

it.each([
  [new PictureError({ reason: 'No WebGL 2.', remedy: 'Switch it on.' }), 'No WebGL 2.', 'Switch it on.'],
  [new RangeError('Array buffer allocation failed'), 'memory of this page is full', 'Close images'],
  [new RangeError('Invalid typed array length: 8e10'), 'memory of this page is full', 'Close images'],
  [new ProgramLoadError(serverIsGone), 'own server does not answer any more: start it again', ''],
  [new TypeError('x is not a function'), 'The picture could not be drawn: x is not a function', 'reload the page'],
  ['odd', 'The picture could not be drawn: odd', 'Try again'],
])('tells what is known of a failure, and else its own words: %s', (error, reason, remedy) => {
  const told = describeFailure(error)
  expect(told.reason).toContain(reason)
  expect(told.remedy).toContain(remedy)
})
