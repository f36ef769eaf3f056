import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listFeatureNames } from '../src/core/extraction/featureNames.ts'
import { createRandom } from '../src/core/numeric/random.ts'
import { planExtraction } from '../src/core/parameters/profiles/pyradiomics.ts'
import { rowIdOf } from '../src/core/study/lesions.ts'
import { wideTable, type WideTable } from '../src/core/table/wideTable.ts'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { readMeasurements } from '../src/io/tables/readMeasurements.ts'
import { formatWideTable, packWideTable } from '../src/io/tables/writeWideTable.ts'
import { parseCaseList } from './caseList.ts'
import { beginRun } from './extractionRecord.ts'
import { extractCases } from './extractCases.ts'
import { readTableFile } from './tableFiles.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'texel-wide-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const roles = ['FST2WI', 'T1WI']
const parameters = parseParameterFile('featureClass:\n  firstorder:\n  glcm:\n')
const features = listFeatureNames(planExtraction(parameters))
const random = createRandom(5)
const regions = [1, 2, 3]
  .flatMap((number) => roles.map((role) => ({ id: rowIdOf(`A-000${number}`, 'L1'), role })))
  .concat(roles.map((role) => ({ id: rowIdOf('A-0002', 'L2'), role })))
  // One role is missing of one patient.
  .filter(({ id, role }) => id !== 'A-0003' || role !== 'T1WI')
  .map((region, i) => ({
    ...region,
    names: features,
    values: features.map((_, j) => (j === 3 && i === 0 ? NaN : j === 4 && i === 1 ? -Infinity : random.uniform() / 3)),
  }))
const ids = ['A-0001', 'A-0002', 'A-0002_L2', 'A-0003']
const table = wideTable(regions, { ids, roles, features })

/** What `texel extract --cases` writes of the same regions, a row a region, as every other command reads it. */
async function throughTheCommandLine() {
  writeFileSync(join(folder, 'voxels'), '')
  const list = ['id,sequence,image,mask', ...regions.map(({ id, role }) => `${id},${role},voxels,voxels`)].join('\n')
  const { cases } = parseCaseList(list, join(folder, 'cases.csv'), { label: 1 })
  const byKey = new Map(cases.map(({ key }, i) => [key, regions[i]]))
  const output = join(folder, 'features.csv')
  await extractCases(
    cases,
    async (request) => {
      const { names, values } = byKey.get((request as (typeof cases)[number]).key)!
      return { diagnostics: [], features: names.map((name, i) => [name, values[i]]), failures: [], warnings: [], partial: false }
    },
    {
      output,
      parameters,
      run: beginRun({ workers: 1, memoryBytes: 1, parametersSha256: '', list: { file: '', sha256: '' }, shard: null }),
      earlier: 'refuse',
      signal: new AbortController().signal,
      progress: { update: () => {}, say: () => {}, stop: () => {} },
      atOnce: 1,
    },
  )
  return readMeasurements(await readTableFile(output, {}))
}

const sorted = ({ ids, columns, values }: Pick<WideTable, 'ids' | 'columns' | 'values'>) =>
  new Map(ids.map((id, row) => [id, new Map(columns.map((name, j) => [name, values[j * ids.length + row]]))]))

test('the wide table of the page is that which the command line makes of the same regions, to the last bit', async () => {
  const { first } = await throughTheCommandLine()
  expect(first.columns).toEqual(table.columns)
  expect(sorted(first)).toEqual(sorted(table))
})

test('written as CSV, as one for Excel and as Parquet it is read as what it was, by the reader of every command', async () => {
  const read = async (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return readMeasurements(await readTableFile(join(folder, name), {})).first
  }
  const expected = { ids: table.ids, columns: table.columns, values: table.values }
  expect(await read('wide.csv', formatWideTable(table))).toEqual(expected)
  expect(await read('excel.csv', formatWideTable(table, { forExcel: true }))).toEqual(expected)
  expect(await read('wide.parquet', await packWideTable(table))).toEqual(expected)
})

test('what was not measured is empty, what was and is no number says so; the mark for Excel is the only difference', () => {
  const csv = formatWideTable(table)
  const [header, first, , , last] = csv.split('\n')
  expect(header.split(',').slice(0, 2)).toEqual(['id', `FST2WI_${features[0]}`])
  expect(first.split(',')[1 + 3]).toBe('nan')
  expect(first.split(',')[1 + features.length + 4]).toBe('-inf')
  expect(last.split(',').slice(1 + features.length)).toEqual(features.map(() => ''))
  expect(formatWideTable(table, { forExcel: true })).toBe(`\uFEFF${csv}`)
})
