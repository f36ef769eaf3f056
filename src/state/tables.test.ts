// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import { parseParameterFile, studyParameterFile } from '../io/records/parameterFile.ts'
import { openDatabase } from '../storage/database.ts'
import type { ReaderId } from '../core/study/study.ts'
import { ageOfTable } from '../core/study/tableAge.ts'
import { firstLesion } from '../core/study/unnamedStudy.ts'
import { keptKey } from '../storage/regionKey.ts'
import { createTableStore } from '../storage/tableStore.ts'
import { createTablesStore } from './tables.ts'
import type { Database, KeptTable } from '../storage/schema.ts'
import { say } from '../messages/say.ts'

const names = { present: 'tables test', before: 'before tables test' }
const parameters = parseParameterFile(studyParameterFile)
let opened: Database[] = []

afterEach(async () => {
  for (const database of opened.splice(0)) database.close()
  opened = []
  await Dexie.delete(names.present)
})

function openPage() {
  const database = openDatabase(names)
  opened.push(database)
  const problems: unknown[] = []
  const tables = createTablesStore(createTableStore(database), (reason) => problems.push(reason))
  return { tables, problems }
}
const result = (value: number): ExtractionResult => ({
  diagnostics: [],
  features: [
    ['original_firstorder_Mean', value],
    ['original_glcm_MCC', Number.NaN],
    ['original_firstorder_Minimum', -0],
  ],
  failures: [],
  warnings: [],
  partial: false,
})
function tableOf(image: string, reader: ReaderId, more: Partial<KeptTable> = {}): KeptTable {
  const id = { image, reader, lesion: firstLesion }
  const about = { imageName: image, readerName: `Reader ${reader}`, label: 'P0001', stem: `P0001_${image}_reader-${reader}` }
  const inputs = { maskHash: 'm', parameters, parametersName: 'Study parameters', program: '0.1.0' }
  return { ...id, key: keptKey(id), ...about, ...inputs, savedAt: 1, voxelCount: 5, featureCount: 3, isPartial: false, seconds: 2, ...more } // prettier-ignore
}

test('each image and reader has a table of its own, which outlives the page, number by number', async () => {
  const before = openPage()
  const [first, second, other] = [tableOf('t1', '1'), tableOf('t2', '1', { savedAt: 2 }), tableOf('t1', '2', { savedAt: 3 })]
  for (const [i, table] of [first, second, other].entries()) await before.tables.getState().keep(table, result(i))
  await before.tables.getState().keep({ ...first, savedAt: 4 }, result(7))

  const page = openPage()
  await vi.waitFor(() => expect(page.tables.getState().tables).toHaveLength(3))
  expect(page.tables.getState().tables.map(({ image, reader, savedAt }) => [image, reader, savedAt])).toEqual([
    ['t1', '1', 4],
    ['t1', '2', 3],
    ['t2', '1', 2],
  ])
  expect(await page.tables.getState().read(first.key)).toEqual(result(7))
  expect(await page.tables.getState().read(other.key)).toEqual(result(2))
  expect(page.tables.getState().tables[0].parameters).toEqual(parameters)
  expect([...before.problems, ...page.problems]).toEqual([])
})

test('a cancelled run does not end a whole table of the same inputs, but one that is out of date', async () => {
  const { tables } = openPage()
  const whole = tableOf('t1', '1')
  const partial = { ...whole, isPartial: true, featureCount: 1, savedAt: 2 }
  await tables.getState().keep(whole, result(1))
  await tables.getState().keep(partial, result(2))
  expect(tables.getState().tables).toEqual([whole])
  const changed = { ...partial, maskHash: 'other' }
  await tables.getState().keep(changed, result(3))
  expect(tables.getState().tables).toEqual([changed])
})

test('a table is out of date where its mask, parameters or program are others, and not for the order of settings', () => {
  const table = tableOf('t1', '1')
  const now = { maskHash: 'm', parameters, program: '0.1.0' }
  const age = (change: Partial<Parameters<typeof ageOfTable>[1]>) => ageOfTable(table, { ...now, ...change })
  const reversed = Object.fromEntries(Object.entries(parameters.settings).reverse()) as typeof parameters.settings
  expect(age({})).toEqual([])
  expect(age({ parameters: { ...parameters, settings: reversed } })).toEqual([])
  expect(age({ maskHash: 'n' })).toEqual(['mask'])
  expect(age({ maskHash: undefined })).toEqual(['mask'])
  expect(age({ parameters: { ...parameters, settings: { ...parameters.settings, binWidth: 7 } } })).toEqual(['parameters'])
  expect(age({ program: '0.2.0' })).toEqual(['program'])
})

test('what the browser refuses stays in the session, and that is told', async () => {
  const problems: unknown[] = []
  const full = new Error('no room')
  const store = { list: async () => [], find: async () => undefined, keep: () => Promise.reject(full) }
  const tables = createTablesStore(store, (reason) => problems.push(reason))
  const table = tableOf('t1', '1')
  await tables.getState().keep(table, result(1))
  expect(problems).toEqual([full])
  expect(tables.getState().tables).toEqual([table])
  expect(await tables.getState().read(table.key)).toEqual(result(1))
})

test('a table that was kept when it was told in words says the same words', async () => {
  const database = openDatabase(names)
  opened.push(database)
  const old = { ...result(1), failures: [{ imageType: 'square', reason: 'No memory.' }], warnings: ['Flat.'] }
  await database.featureResults.put({ key: 'old', result: old as unknown as ExtractionResult })
  const found = await createTableStore(database).find('old')
  expect(found!.failures.map(({ reason }) => say(reason))).toEqual(['No memory.'])
  expect(found!.warnings.map(say)).toEqual(['Flat.'])
})

test('names of features are kept once for all tables that have them; a table that was kept beside its names is read like the others', async () => {
  const database = openDatabase(names)
  opened.push(database)
  const store = createTableStore(database)
  const [first, second] = [tableOf('t1', '1'), tableOf('t2', '1')]
  await store.keep(first, result(1))
  await store.keep(second, result(2))
  await database.featureResults.put({ key: 'old', result: result(3) })
  expect(await database.featureColumns.count()).toBe(1)
  const found = await store.findFeatures([first.key, second.key, 'old', 'gone'])
  expect(found.map(({ key, values }) => [key, ...values])).toEqual([
    [first.key, 1, NaN, -0],
    [second.key, 2, NaN, -0],
    ['old', 3, NaN, -0],
  ])
  const own = result(1).features.map(([name]) => name)
  expect(found.map((one) => one.names)).toEqual([own, own, own])
  expect(found[0].names).toBe(found[1].names)
})
