import { read, utils } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { say } from '../../messages/say.ts'
import { tell } from './messages.ts'
import { writeWorkbook } from './workbookFile.ts'

const ids = ['007', '1E5', 'MAR-1', '2024-01-02', '=1+1', '12345678901234567890', '', '<b> & c']

test('IDs are text as they are written, numbers have all their digits, what is not defined is empty', async () => {
  const numbers = [0.1 + 0.2, 1 / 3, -1e-300, 5, Infinity, -Infinity, NaN, 0]
  const scores = { name: 'scores', columns: ['id', 'RF'], rows: ids.map((id, i) => [id, numbers[i]]) }
  const notes = { name: 'notes', columns: ['a note'], rows: [[tell('auc-variance-undefined', {})]] }
  const book = read(await writeWorkbook([scores, notes], say), { type: 'array', cellFormula: true })
  expect(book.SheetNames).toEqual(['scores', 'notes'])
  const sheet = book.Sheets.scores
  const cell = (column: string, i: number) => sheet[`${column}${i + 2}`] as { t: string; v: unknown; f?: string } | undefined
  ids.forEach((id, i) => {
    if (id === '') expect(cell('A', i)).toBeUndefined()
    else expect(cell('A', i)).toMatchObject({ t: 's', v: id })
    expect(cell('A', i)?.f).toBeUndefined()
  })
  expect(numbers.map((_, i) => cell('B', i)?.v)).toEqual([0.1 + 0.2, 1 / 3, -1e-300, 5, 'Inf', '-Inf', undefined, 0])
  expect([0, 1, 2, 3].map((i) => cell('B', i)!.t)).toEqual(['n', 'n', 'n', 'n'])
  expect(utils.sheet_to_json(book.Sheets.notes, { header: 1 })).toEqual([['a note'], [say(tell('auc-variance-undefined', {}))]])
})
