import { expect, it } from 'vitest'
import type { Outline } from '../viewer/index.ts'
import { createDrafts } from './drafts.ts'

const outline: Outline = { plane: 'axial', slice: 4, value: 1, points: [{ at: [1, 2, 4], isVertex: true }] }
const longer: Outline = { ...outline, points: [...outline.points, { at: [3, 2, 4], isVertex: true }] }

it('keeps the last change of each region, and finds what an earlier session kept', async () => {
  const kept = new Map<string, Outline | null>([['old', outline]])
  const drafts = createDrafts(
    { keep: async (key, next) => void kept.set(key, next), find: async (key) => kept.get(key) ?? null },
    () => undefined,
  )
  expect(await drafts.find('old')).toEqual(outline)
  void drafts.keep('a', outline)
  await drafts.keep('a', longer)
  expect(kept.get('a')).toEqual(longer)
  await drafts.keep('old', null)
  expect(await drafts.find('old')).toBeNull()
  expect(kept.get('old')).toBeNull()
})

it('goes on in this session where the browser keeps nothing, and says so', async () => {
  const reasons: string[] = []
  const refuse = () => Promise.reject(new Error('no room'))
  const drafts = createDrafts({ keep: refuse, find: refuse }, (reason) => reasons.push(reason))
  await drafts.keep('a', outline)
  expect(await drafts.find('a')).toEqual(outline)
  expect(await drafts.find('b')).toBeNull()
  expect(reasons).toEqual(['no room', 'no room'])
})
