// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { translation } from '../core/image/rigidMove.ts'
import { messageOf } from '../core/messages/message.ts'
import { createAnswerStore } from './answerStore.ts'
import { openDatabase } from './database.ts'
import { findStart, freshStart, readStart } from './readStart.ts'
import type { Database } from './schema.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

const names = { present: 'start test', before: 'before start test' }
let database: Database = openDatabase(names)

afterEach(async () => {
  await database.delete()
  database = openDatabase(names)
})
const local = (kept: Readonly<Record<string, string>> = {}) => ({ getItem: (key: string) => kept[key] ?? null })
const move = translation([1, 2, 3])

test('where nothing was kept, all is as in a fresh study', async () => {
  expect(await readStart(database, local())).toEqual(freshStart)
})

test('what was set is found again, whatever an earlier version kept before', async () => {
  const before = local({ 'texel.reader': '2', 'texel.hands': 'pacs', 'texel.reader.1': 'Ada' })
  await readStart(database, before)
  const answers = createAnswerStore(database)
  await answers.put('reader', '1')
  await answers.put('hands', 'itk-snap')
  await answers.put('curve', { ...freshStart.curve, outflowPercent: 30 })
  await createStudyRecordStore(database).renameReader('1', 'Bob')
  expect(await readStart(database, before)).toMatchObject({ reader: '1', hands: 'itk-snap', curve: { outflowPercent: 30 }, study: { readers: [{ name: 'Bob' }, { name: 'Reader 2' }] } }) // prettier-ignore
})

test('what an earlier version sets after that is found at the next start; alignments of both stay', async () => {
  await readStart(database, local({ 'texel.roiStyle': 'outline', 'texel.alignments': JSON.stringify({ 'a b': move }) }))
  await createAnswerStore(database).change('alignments', (before) => ({ ...(before as object), 'c d': move }))
  const later = local({ 'texel.roiStyle': 'fill', 'texel.alignments': JSON.stringify({ 'e f': move }) })
  expect(await readStart(database, later)).toMatchObject({ maskStyle: 'fill', alignments: { 'a b': move, 'c d': move, 'e f': move } }) // prettier-ignore
})

test.each([
  ['texel.reader', '3'],
  ['texel.hands', 'three'],
  ['texel.alignments', '{"a b":'],
  ['texel.alignments', '{"a b":{"rotation":[1]}}'],
])('%s that says %s is left alone', async (place, text) => {
  expect(await readStart(database, local({ [place]: text }))).toEqual(freshStart)
})

test('a tab of an earlier version that holds the database does not hold up the page: it is told, and the next start finds all', async () => {
  const old = new Dexie(names.present)
  old.version(1).stores({ masks: 'key', labels: 'key', featureTables: 'key' })
  old.on('versionchange', () => false)
  await old.open()
  const { start, problem } = await findStart(database, local({ 'texel.hands': 'pacs' }))
  expect(start).toEqual(freshStart)
  expect(messageOf(problem)).toSay(/close that tab/)
  old.close()
  database.close()
  database = openDatabase(names)
  expect(await findStart(database, local({ 'texel.hands': 'pacs' }))).toEqual({ start: { ...freshStart, hands: 'pacs' } })
})

test('a database of a newer version is told, and all is as in a fresh study', async () => {
  const newer = new Dexie(names.present)
  newer.version(99).stores({ more: 'key' })
  await newer.open()
  newer.close()
  const { start, problem } = await findStart(database, local())
  expect(start).toEqual(freshStart)
  expect(messageOf(problem)).toSay(/newer version of Texel/)
})
