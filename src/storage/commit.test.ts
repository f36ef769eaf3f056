// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { cutMask } from '../core/mask/maskPart.ts'
import { findBroken } from '../core/study/invariants.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { commit, LostTurnError, takeTurn } from './commit.ts'
import { openDatabase } from './database.ts'
import { createDeletedMaskStore } from './deletedMasks.ts'
import { createMaskStore, UnknownRegionError } from './maskStore.ts'
import type { Database } from './schema.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

const names = { present: 'commit test', before: 'before commit test' }
const opened: Database[] = []
const open = () => {
  const database = openDatabase(names)
  opened.push(database)
  return database
}
afterEach(async () => {
  for (const database of opened.splice(0)) await database.delete()
})

const grid = { size: [4, 3, 2], spacingMm: [1, 1, 3], originMm: [0, 0, 0], direction: identityDirection } as const
const mask = cutMask({ ...grid, voxels: new Uint8Array(24).fill(1) }, { lower: [0, 0, 0], upper: [3, 2, 1] })
const about = { key: 'a', image: 'i', reader: '1', lesion: 'L1', imageName: 'T1', progress: 'inProgress', readerName: 'Ada', changedAt: 1, voxelCount: 24, volumeCm3: 0.1 } as const // prettier-ignore
const rename = { act: 'rename-region', subject: 'a' } as const

test('an act that fails leaves neither record nor line, and takes no number of the journal', async () => {
  const database = open()
  const failed = commit(database, { stores: [database.answers] }, async (note) => {
    await database.answers.put({ key: 'a', value: 1 })
    await note(rename)
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect([await database.answers.count(), await database.journal.count()]).toEqual([0, 0])
  await commit(database, { stores: [] }, async (note) => void (await note(rename)))
  expect(await database.journal.toArray()).toMatchObject([{ seq: 1, ...rename }])
})

test('a clock that is set back changes neither the order of the journal nor what it tells', async () => {
  const database = open()
  const masks = createMaskStore(database)
  const clock = vi.spyOn(Date, 'now')
  for (const [at, progress] of [
    [9000, 'inProgress'],
    [2000, 'complete'],
    [1000, 'locked'],
  ] as const) {
    clock.mockReturnValue(at)
    await masks.keep(mask, { ...about, progress })
  }
  clock.mockRestore()
  const journal = await database.journal.toArray()
  expect(journal.map(({ seq, at, progress }) => [seq, at, progress])).toEqual([[1, 9000, 'inProgress'], [2, 2000, 'complete'], [3, 1000, 'locked']]) // prettier-ignore
  expect(findBroken(unnamedStudy, await masks.list(), journal)).toEqual([])
})

test('of two tabs that both think to have a lock, the one that took it first cannot write any more', async () => {
  const [one, other] = [open(), open()]
  const [first, second] = [createMaskStore(one), createMaskStore(other)]
  const turn = await takeTurn(one, 'region a')
  const kept = await first.keep(mask, about, { savedAt: null, turn })
  const later = await takeTurn(other, 'region a')
  await second.keep(mask, { ...about, readerName: 'Bob' }, { savedAt: kept.savedAt, turn: later })
  // Whatever the first one knows, be it by chance what is kept there now.
  const { savedAt } = (await second.find('a'))!
  await expect(first.keep(mask, about, { savedAt, turn })).rejects.toThrow(UnknownRegionError)
  expect(await first.find('a')).toMatchObject({ readerName: 'Bob' })
  await second.keep(mask, { ...about, readerName: 'Bo' }, { savedAt, turn: later })
  expect(await first.find('a')).toMatchObject({ readerName: 'Bo' })
})

test('a lost turn changes nothing, and turns of other locks count for themselves', async () => {
  const [one, other] = [open(), open()]
  const turn = await takeTurn(one, 'study')
  await takeTurn(other, 'region a')
  const write = (value: number) =>
    commit(one, { stores: [one.answers], turn }, async (note) => {
      await one.answers.put({ key: 'a', value })
      await note(rename)
    })
  await write(1)
  await takeTurn(other, 'study')
  await expect(write(2)).rejects.toThrow(LostTurnError)
  expect(await other.answers.get('a')).toEqual({ key: 'a', value: 1 })
  expect(await other.journal.count()).toBe(1)
})

test('turns taken at once are told apart', async () => {
  const turns = await Promise.all([open(), open(), open()].map((database) => takeTurn(database, 'study')))
  expect(turns.map(({ number }) => number).sort()).toEqual([1, 2, 3])
})

test('after any acts on regions the journal tells how they stand', async () => {
  const database = open()
  const [masks, deleted] = [createMaskStore(database), createDeletedMaskStore(database)]
  const check = async () => {
    expect(findBroken(unnamedStudy, await masks.list(), await database.journal.toArray())).toEqual([])
  }
  await masks.keep(mask, about)
  await masks.keep(mask, { ...about, key: 'b', progress: 'locked' })
  await check()
  await masks.rename('a', { label: 'P0001', stem: 's' })
  await masks.rename('nothing', { label: 'P0001', stem: 's' })
  const gone = (await deleted.setAside('a', 1))!
  await check()
  await masks.keep(mask, { ...about, progress: 'complete' })
  await deleted.bringBack(gone.key)
  await masks.remove('b')
  await masks.remove('b')
  await check()
  await deleted.setAside('a', 1)
  await deleted.removeOld(1e9)
  await check()
  expect(await masks.list()).toHaveLength(1)
  expect((await database.journal.toArray()).map(({ act }) => act)).toEqual(
    ['draw', 'draw', 'rename', 'delete', 'draw', 'restore', 'delete', 'delete'].map((act) => `${act}-region`),
  )
})

test('a reader’s name is kept with the study, for other tabs and sessions', async () => {
  const [one, other] = [open(), open()]
  expect(await createStudyRecordStore(one).get()).toEqual(unnamedStudy)
  await createStudyRecordStore(one).renameReader('2', 'Dr. Okafor')
  await createStudyRecordStore(other).renameReader('1', 'Dr. Weber')
  expect((await createStudyRecordStore(one).get()).readers.map(({ name }) => name)).toEqual(['Dr. Weber', 'Dr. Okafor'])
})
