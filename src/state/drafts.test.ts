import { expect, it } from 'vitest'
import type { Outline } from '../viewer/index.ts'
import { createDraftsStore } from './drafts.ts'

const outline: Outline = { plane: 'axial', slice: 4, value: 1, points: [{ at: [1, 2, 4], isVertex: true }] }
const longer: Outline = { ...outline, points: [...outline.points, { at: [3, 2, 4], isVertex: true }] }
const longest: Outline = { ...outline, points: [...longer.points, { at: [3, 5, 4], isVertex: true }] }

it('keeps the last change of each region, and finds what an earlier session kept', async () => {
  const kept = new Map<string, Outline | null>([['old', outline]])
  const drafts = createDraftsStore(
    { keep: async (key, next) => void kept.set(key, next), find: async (key) => kept.get(key) ?? null },
    () => undefined,
  ).getState()
  expect(await drafts.find('old')).toEqual(outline)
  expect(await drafts.find('none')).toBeNull()
  void drafts.keep('a', outline)
  await drafts.keep('a', longer)
  expect(kept.get('a')).toEqual(longer)
  await drafts.keep('old', null)
  expect(await drafts.find('old')).toBeNull()
  expect(kept.get('old')).toBeNull()
})

it('while the database is slow the newest outline is next, and it is not called kept before it is', async () => {
  const written: number[] = []
  const waiting: (() => void)[] = []
  const store = createDraftsStore(
    {
      keep: (_, next) =>
        new Promise((done) => {
          waiting.push(() => {
            written.push(next!.points.length)
            done()
          })
        }),
      find: async () => null,
    },
    () => undefined,
  )
  const { keep } = store.getState()
  const all = [outline, longer, longest].map((next) => keep('a', next))
  expect(store.getState().keeping).toBe('keeping')
  waiting.shift()!()
  await expect.poll(() => waiting.length).toBe(1)
  expect(store.getState().keeping).toBe('keeping')
  waiting.shift()!()
  await Promise.all(all)
  expect(written).toEqual([1, 3])
  expect(store.getState().keeping).toBe('kept')
})

it('goes on in this session where the browser keeps nothing, and says so', async () => {
  const reasons: unknown[] = []
  const refuse = () => Promise.reject(new Error('no room'))
  const store = createDraftsStore({ keep: refuse, find: refuse }, (reason) => reasons.push(reason))
  await store.getState().keep('a', outline)
  expect(store.getState().keeping).toBe('failed')
  expect(await store.getState().find('a')).toEqual(outline)
  expect(await store.getState().find('b')).toBeNull()
  expect(reasons).toEqual([new Error('no room'), new Error('no room')])
})
