import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSheetRows } from './readSheetRows.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

test('the sheets of a workbook are told, and the one that is named is read', async () => {
  const bytes = new Uint8Array(readFileSync('reference/workbooks/study.xlsx'))
  const first = await readSheetRows(bytes, 'study.xlsx', null)
  expect(first.sheets.length).toBeGreaterThan(1)
  expect(first.note?.code).toBe('sheet-chosen')
  const other = await readSheetRows(bytes, 'study.xlsx', first.sheets[1])
  expect([other.sheets, other.note]).toEqual([[], null])
  expect(other.rows).not.toEqual(first.rows)
})

test('lines that tell whether an encoding was guessed rightly are shown; UTF-8 needs none', async () => {
  // 年龄 and 阴性 in GB18030, and a line without them.
  const chinese = Uint8Array.from([...utf8('id,'), 0xc4, 0xea, 0xc1, 0xe4, ...utf8('\n1,40\n2,'), 0xd2, 0xf5, 0xd0, 0xd4, ...utf8('\n')]) // prettier-ignore
  const { assumed, rows } = await readSheetRows(chinese, 'table.csv', null)
  expect(assumed).toEqual({ encoding: 'GB18030 (Chinese)', lines: ['id,年龄', '2,阴性'] })
  expect(rows.slice(0, 2)).toEqual([['id', '年龄'], ['1', '40']]) // prettier-ignore
  expect((await readSheetRows(utf8('id,年龄\n1,40\n'), 'table.csv', null)).assumed).toBeNull()
})
