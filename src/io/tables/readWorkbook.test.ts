import { readFileSync } from 'node:fs'
import { unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { isWorkbook, readWorkbook } from './readWorkbook.ts'
import { tableOfRows } from './tableFile.ts'
import { say } from '../../messages/say.ts'

/* The workbooks are made by reference/workbooks/make.py. */

const bytesOf = (name: string) => new Uint8Array(readFileSync(`reference/workbooks/${name}.xlsx`))
const read = (name: string, sheet?: string) => readWorkbook(bytesOf(name), `${name}.xlsx`, sheet)

test('cells are read as they are meant: names with their zeros, numbers with all digits, dates as ISO, stored values of formulas', async () => {
  const { rows } = await read('study', 'Features')
  expect(rows).toEqual([
    ['id', 'volume', 'share', 'scanned', 'at', 'time', 'smoker', 'code', 'twice', 'number', 'dose'],
    [
      '007',
      '0.3',
      '0.125',
      '2021-03-04',
      '2021-03-04T15:06:07',
      '08:30:00',
      'TRUE',
      'P012',
      '0.6000000000000001',
      '123-45',
      '2000',
    ],
    [
      '010',
      '1234567.891',
      '0.5',
      '1999-12-31',
      '2020-02-29T00:00:01',
      '23:59:59',
      'FALSE',
      'P003',
      '2469135.782',
      '000-06',
      '3000.5',
    ],
    ['011', ...Array.from({ length: 10 }, () => '')],
  ])
})

test('the first of several sheets is read and said so; another by its name; the only one whatever its name', async () => {
  const first = await read('study')
  expect(first.rows[0][1]).toBe('volume')
  expect(say(first.note!)).toBe(
    'study.xlsx has the sheets Features, Clinical; Features is read. Name another with --sheet, or behind the file: study.xlsx#Clinical.',
  )
  const second = await read('study', 'Clinical')
  expect(second).toEqual({ rows: [['id', 'outcome'], ['007', '1'], ['010', '0']], note: null }) // prettier-ignore
  await expect(read('study', 'clinical')).rejects.toThrowSaying('study.xlsx has no sheet clinical; it has Features, Clinical.')
  expect((await read('below', 'Clinical')).note).toBeNull()
})

test('a table that does not begin in A1 is found, and rows are counted as in the sheet', async () => {
  const table = tableOfRows((await read('below')).rows, 'below.xlsx')
  expect(table).toMatchObject({ ids: ['p1'], columns: ['a'], cells: [['1.5']], rowNumbers: [4] })
  expect(() => tableOfRows([], 'empty.xlsx')).toThrowSaying('empty.xlsx is empty')
  expect((await read('empty')).rows).toEqual([])
})

test('cells that are only formatted, down to the last of the sheet, are none of the table', async () => {
  expect((await read('formatted')).rows).toEqual([['id', 'a'], [], ['p1', '1.5'], ['p2', '']]) // prettier-ignore
})

test('a workbook whose parts are named with backslashes is one; one whose sheet is gone is refused', async () => {
  const parts = Object.entries(unzipSync(bytesOf('below')))
  const zipped = (renamed: readonly (readonly [string, Uint8Array])[]) => zipSync(Object.fromEntries(renamed)) // prettier-ignore
  const { rows } = await readWorkbook(zipped(parts.map(([name, bytes]) => [name.replaceAll('/', '\\'), bytes])), 'W')
  expect(rows).toEqual((await read('below')).rows)
  const without = zipped(parts.filter(([name]) => !name.startsWith('xl/worksheets/')))
  await expect(readWorkbook(without, 'W')).rejects.toThrowSaying('W lists the sheet Sheet1, and does not hold it')
})

test.each([
  ['errors', 'errors.xlsx, sheet Sheet1: C2 is #N/A, B3 is #DIV/0!.'],
  ['formula', 'B2 is a formula without a value'],
  ['merged', 'cells are merged (B1:C1)'],
])('%s: cells that say nothing are refused with their place', async (name, message) => {
  await expect(read(name)).rejects.toThrowSaying(message)
})

test('zeros that stand beside formulas which nobody has calculated yet are no values', async () => {
  const files = unzipSync(bytesOf('study'))
  const book = new TextDecoder().decode(files['xl/workbook.xml'])
  files['xl/workbook.xml'] = new TextEncoder().encode(book.replace('<calcPr ', '<calcPr fullCalcOnLoad="1" '))
  await expect(readWorkbook(zipSync(files), 'study.xlsx')).rejects.toThrowSaying(
    'I2 is a formula without a value, I3 is a formula',
  )
})

test('other files are refused with the way out', async () => {
  const ole = (text: string) => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, ...Buffer.from(text, 'utf16le'))
  const zip = zipSync({ 'content.xml': new Uint8Array(3) })
  const refused = async (bytes: Uint8Array<ArrayBuffer>, message: string) => {
    expect(isWorkbook(bytes)).toBe(true)
    await expect(readWorkbook(bytes, 'T')).rejects.toThrowSaying(message)
  }
  await refused(ole('EncryptedPackage'), 'behind a password: open it, take the password away')
  await refused(ole('Workbook'), 'of the old kind (.xls): save it as .xlsx')
  await refused(zip, 'no .xlsx workbook')
  await refused(bytesOf('study').slice(0, 2000), 'cut off or damaged')
  expect(isWorkbook(new Uint8Array(Buffer.from('id,PK\n')))).toBe(false)
})
