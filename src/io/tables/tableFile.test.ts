import { expect, test } from 'vitest'
import { formatFeatures, readFeatureTable, parseCsv, readIdList, readOutcome } from './tableFile.ts'
import { readTable } from './madeTable.ts'

const read = (text: string) => readTable(text, 'F.csv')

test('features are numbers by column; describing columns and named ones are left out; NA and empty are missing', () => {
  const table = read('id,sequence,diagnostics_Versions_Texel,a,grade,b\np1,T2,1.0,1.5,2,NA\np2,T2,1.0,-1e3,3,\n')
  const features = readFeatureTable(table, ['grade'])
  expect(features.columns).toEqual(['a', 'b'])
  expect([...features.values]).toEqual([1.5, -1000, NaN, NaN])
})

test('semicolons, tabs, a byte order mark, blank lines and quoted cells are read', () => {
  expect([...readFeatureTable(read('\uFEFFID;a\nx;1\n\ny;2\n')).values]).toEqual([1, 2])
  expect(readTable('id\ta\tb\nx\t1\t2', 'F').columns).toEqual(['a', 'b'])
  expect(read('id,"a, b"\nx,1\n').columns).toEqual(['a, b'])
})

test('what is written is read again, to the last bit', () => {
  const features = readFeatureTable(read('id,a,b\nx,0.1,inf\ny,3e-310,\n'))
  expect(readFeatureTable(read(formatFeatures(features)))).toEqual(features)
  expect(features.values[2]).toBe(Infinity)
})

test.each([
  ['', 'is empty'],
  ['patient,a\nx,1\n', 'F.csv has no column id. Is patient the ID? Say --id "patient", or call it id.'],
  [',a\nx,1\n', 'Is the first column, which has no name, the ID? Say --id ""'],
  ['id,a\n', 'no rows'],
  ['id,a,a\nx,1,2\n', 'the column a is there more than once'],
  ['id,a\nx,1\nx,2\n', 'the id x is there more than once'],
  ['id,a\nx,1\n,2\n', 'row 3 has no id'],
  ['id,a\nx,1\ny,2,3\n', 'row 3 has 3 cells where the header has 2'],
  ['id,,b\nx,1,2\n', 'column 2 has no name'],
  ['\nid;a\n\nx;1\n ; \ny;2;3\n', 'row 6 has 3 cells where the header has 2'],
])('%j is refused', (text, message) => {
  expect(() => read(text)).toThrowSaying(message)
})

test('cells that are no numbers are named; a decimal comma as such', () => {
  expect(() => readFeatureTable(read('id,a\r\n\r\nx,1\r\n\r\ny,tall\r\n'))).toThrowSaying('row 5 (y), column a')
  expect(() => readFeatureTable(read('id;a;b\nx;1,5;2\ny;3;tall\n'))).toThrowSaying(
    /row 2 \(x\), column a: "1,5" is written with a decimal comma.*\n.*row 3 \(y\), column b: "tall" is no number/,
  )
})

test.each([
  ['0', '1'],
  ['no', 'Yes'],
  ['FALSE', 'TRUE'],
  ['negative', 'positive'],
  ['1', '2'],
  ['0.0', '1.0'],
])('%s against %s: the second is positive', (negative, positive) => {
  const outcome = readOutcome(read(`id,y\na,${positive}\nb,${negative}\nc,\n`), 'y')
  expect([...outcome.values]).toEqual([1, 0, NaN])
  expect(outcome.positive).toBe(positive)
})

test('other words need to be told; a misspelt column is guessed; one or three classes are refused', () => {
  const table = read('id,HER2,one,three\na,low,1,1\nb,zero,1,2\nc,low,1,3\n')
  expect(() => readOutcome(table, 'HER2')).toThrowSaying('which of low and zero is the positive class? Say so with --positive.')
  expect([...readOutcome(table, 'HER2', 'low').values]).toEqual([1, 0, 1])
  expect(() => readOutcome(table, 'HER2', 'high')).toThrowSaying('has no value high; it has low and zero')
  expect(() => readOutcome(table, 'one')).toThrowSaying('there is only 1')
  expect(() => readOutcome(table, 'three')).toThrowSaying('there are 3: 1, 2, 3')
  expect(() => readOutcome(table, 'HER')).toThrowSaying('did you mean HER2?')
})

test('ID lists: one a line, or a CSV', () => {
  expect(readIdList(parseCsv('a\nb\n', 'ids'), 'ids')).toEqual(['a', 'b'])
  expect(readIdList(parseCsv('id,x\na,1\nb,2\n', 'ids'), 'ids')).toEqual(['a', 'b'])
  expect(() => readIdList(parseCsv('a\na\n', 'ids'), 'ids')).toThrowSaying('the id a is there more than once')
  expect(() => readIdList(parseCsv('id\n', 'ids'), 'ids')).toThrowSaying('lists no IDs')
})

test.each([
  ['the ID last', 'a,b,ID\n1,2,x\n3,4,y\n'],
  ['an index of pandas', ',id,a,b\n0,x,1,2\n1,y,3,4\n'],
  ['an index of R', ',id,a,b\n1,x,1,2\n2,y,3,4\n'],
  ['blank columns behind', 'id,a,b,,\nx,1,2,,\ny,3,4,,\n'],
  ['a line that names the separator', 'sep=;\r\nid;a;b\r\nx;1;2\r\ny;3;4\r\n'],
  ['an index of a table that was shuffled', ',id,a,b\n17,x,1,2\n3,y,3,4\n'],
  ['an index of pandas with a gap in its numbers', ',id,a,b\n0.0,x,1,2\n4.0,y,3,4\n'],
  ['an index that pandas has read and written again', ',Unnamed: 0,id,a,b\n0,0,x,1,2\n1,1,y,3,4\n'],
  ['an index that R has read and written again', 'X,id,a,b\n1,x,1,2\n2,y,3,4\n'],
  ['row names of R without a name', ',a,b\nx,1,2\ny,3,4\n', ''],
  ['blank cells behind some rows alone', 'id,a,b\nx,1,2,,\ny,3,4,\n'],
  ['blank names behind the header alone', 'id,a,b,,\nx,1,2\ny,3,4\n'],
  ['a separator named for lines that end in a return', 'sep=;\rid;a;b\rx;1;2\ry;3;4\r'],
  ['a separator named in quotes', '"sep=;"\nid;a;b\nx;1;2\ny;3;4\n'],
  ['a separator named in a line that is filled up', 'sep=,,,\nid,a,b\nx,1,2\ny,3,4\n'],
  ['bars between cells', 'id|a|b\nx|1|2\ny|3|4\n'],
  ['line ends of several programs', 'id,a,b\r\r\nx,1,2\r\ny,3,4\n'],
  ['an ID of another name', 'Patient ID,a,b\nx,1,2\ny,3,4\n'],
])('%s does no harm', (_, text, id = 'Patient ID') => {
  const { ids, columns, cells } = readTable(text, 'F.csv', id)
  expect({ ids, columns, cells }).toEqual({ ids: ['x', 'y'], columns: ['a', 'b'], cells: [['1', '2'], ['3', '4']] }) // prettier-ignore
})

test('a column in front that only looks like an index is kept where it has a name, or where it is the one of the IDs', () => {
  expect(read('x,id\n7,p\n3,q\n').columns).toEqual(['x'])
  expect(readTable(',a\n1,3\n2,4\n', 'F.csv', '').ids).toEqual(['1', '2'])
})

test('what is wrong in a table whose columns were moved is told with its row in the file', () => {
  expect(() => readTable('sep=;\na;id\n1;x\n2;\n', 'F.csv')).toThrowSaying('row 4 has no id')
  expect(() => readTable('id,a,,\nx,1,,7\n', 'F.csv')).toThrowSaying('column 3 has no name')
})
