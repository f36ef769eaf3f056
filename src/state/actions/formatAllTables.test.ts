import { expect, test } from 'vitest'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import type { KeptTable } from '../../storage/schema.ts'
import { createFormatAllTables } from './formatAllTables.ts'

const table = (key: string, stem: string, reader = '1', lesion = 'L1') =>
  ({ key, stem, reader, lesion, label: stem.slice(0, 5), image: `${key}0000000000` }) as KeptTable
const result = (value: number) =>
  ({ diagnostics: [], features: [['original_firstorder_Mean', value]], failures: [] }) as unknown as ExtractionResult

const format = createFormatAllTables({
  getState: () => ({
    tables: [table('b', 'P0002_T1_reader-1'), table('a', 'P0001_T1_reader-1'), table('c', 'P0001_T1_reader-2', '2'), table('gone', 'P0003_T1_reader-1')],
    read: async (key: string) => (key === 'gone' ? undefined : result(key === 'a' ? 1 : 2)),
  }),
}) // prettier-ignore

test('a reader’s tables are rows in the order of their names; what is gone is left out', async () => {
  const [header, ...rows] = (await format('1')).trim().split(/\r?\n/)
  expect(header).toMatch(/^ID,Image,.*original_firstorder_Mean/)
  expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
    ['P0001', 'P0001_T1_reader-1'],
    ['P0002', 'P0002_T1_reader-1'],
  ])
})

test('rows of one name are told apart by their images', async () => {
  const twice = createFormatAllTables({
    getState: () => ({
      tables: [table('a', 'P0001_T1_reader-1'), table('b', 'P0001_T1_reader-1')],
      read: async () => result(1),
    }),
  })
  const rows = (await twice('1')).trim().split(/\r?\n/).slice(1)
  expect(rows.map((row) => row.split(',')[1])).toEqual(['P0001_T1_reader-1-a0000000', 'P0001_T1_reader-1-b0000000'])
})

test('each lesion is a row of its own: the first has the patient’s label, the others their number too', async () => {
  const several = createFormatAllTables({
    getState: () => ({
      tables: [table('b', 'P0001_T1_reader-1_L2', '1', 'L2'), table('a', 'P0001_T1_reader-1')],
      read: async () => result(1),
    }),
  })
  const rows = (await several('1')).trim().split(/\r?\n/).slice(1)
  expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
    ['P0001', 'P0001_T1_reader-1'],
    ['P0001_L2', 'P0001_T1_reader-1_L2'],
  ])
})
