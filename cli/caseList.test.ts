import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { keyOfCase, parseCaseList, readCaseList } from './caseList.ts'

const parse = (text: string) => parseCaseList(text, '/study/cases.csv', { label: 1 })

test('paths are relative to the list, and the columns keep their order', () => {
  const { cases, ignoredColumns } = parse('mask,id,image,reader,age\nm/1.nii.gz,p1,i/1.nii.gz,anna,60\n')
  expect(cases).toEqual([
    {
      key: '["p1","","anna","","","","",null,1]',
      name: 'p1, anna',
      identity: [['mask', 'm/1.nii.gz'], ['id', 'p1'], ['image', 'i/1.nii.gz'], ['reader', 'anna']], // prettier-ignore
      imagePath: resolve('/study/i/1.nii.gz'),
      maskPath: resolve('/study/m/1.nii.gz'),
      label: 1,
    },
  ])
  expect(ignoredColumns).toEqual(['age'])
})

test('semicolons, a byte order mark, Windows line ends, spaces and empty lines do no harm', () => {
  const { cases } = parse('\uFEFFid; image; mask; label\r\n p1 ; a.nii ; b.nii ; 255\r\n;;;\r\n\r\n')
  expect(cases.map(({ name, label }) => [name, label])).toEqual([['p1, 255', 255]])
})

test.each([
  ['', 'no column id, image, mask'],
  ['id,image\np1,a\n', 'no column mask'],
  ['id,image,mask\n', 'lists no case'],
  ['id,image,mask\np1,,b\n', 'case 1: image is empty'],
  ['id,image,mask,label\np1,a,b,one\n', 'label is "one"'],
  ['id,image,mask,label\np1,a,b,0\n', 'label is "0"'],
  ['id,image,mask,mask-threshold\np1,a,b,0.5\np2,a,b,half\n', 'case 2: mask-threshold is "half"; a number above 0 was expected'],
  ['id,image,mask\np1,C:\\\\d\\\\a.nii,b.nii\n', 'image is "C:\\\\d\\\\a.nii", a path of Windows'],
  ['id,image,mask,mask-threshold\np1,a,b,-1\n', 'mask-threshold is "-1"'],
  ['id,image,mask\np1,a,b\np2,a,b\np1,c,d\n', 'case 3 is the same as case 1 (p1)'],
  ['id,image,mask,label\np1,a,b,1\np1,a,b,\n', 'case 2 is the same as case 1'],
  ['id,id,image,mask\np1,p1,a,b\n', 'the column id twice'],
  ['id,image,mask\n"p\n1",a,b\n', 'line break'],
  ['id,image,mask\n"p1,a,b\n', 'Quoted field unterminated'],
])('refuses %j', (text, message) => {
  expect(() => parse(text)).toThrowSaying(message)
})

test('sequence, reader and label tell cases apart', () => {
  const { cases } = parse('id,image,mask,sequence,reader,label\np,a,b,T1,,\np,a,b,T2,,\np,a,b,T1,x,\np,a,b,T1,,2\n')
  expect(new Set(cases.map(({ key }) => key)).size).toBe(4)
})

test('a row says which volume and which threshold of its mask is meant; where it does not, the threshold of all holds', () => {
  const text = 'id,image,mask,Mask_Phase,mask threshold\np,a,b,2,0.75\np,a,b,2,\np,a,b,,0.25\n'
  const { cases, ignoredColumns } = parseCaseList(text, 'l.csv', { label: 1, maskThreshold: 0.5 })
  expect(cases.map(({ maskPhase, maskThreshold }) => [maskPhase, maskThreshold])).toEqual([['2', 0.75], ['2', 0.5], [undefined, 0.25]]) // prettier-ignore
  expect(cases[0].identity.slice(3)).toEqual([['mask-phase', '2'], ['mask-threshold', '0.75']]) // prettier-ignore
  expect(ignoredColumns).toEqual([])
})

test('a row is recognised by its own columns', () => {
  const row = new Map([['id', 'p1'], ['label', '2.0']]) // prettier-ignore
  expect(keyOfCase((column) => row.get(column) ?? '', 1)).toBe('["p1","","","","","","",null,2]')
})

test.each([
  ['ID,Image,Mask\nA,i.nii,m.nii\n', [['A', 1]]],
  ['PatientID,Image,Mask,Label\nA,i.nii,m.nii,2\n', [['A', 2]]],
  [
    'Image,Mask,Label\ni.nii,m.nii,1\nj.nii,n.nii,\n',
    [
      ['1', 1],
      ['2', 1],
    ],
  ],
  ['patient_id,IMAGE,mask\nA,i.nii,m.nii\n', [['A', 1]]],
  ['image;MASK\ni.nii;m.nii\n', [['1', 1]]],
  ['Image\tmask\tId\tLABEL\ni.nii\tm.nii\tA\t3\n', [['A', 3]]],
] as const)('the list %j of the pyradiomics command is taken as it is', (text, expected) => {
  const { cases, ignoredColumns } = parse(text)
  expect(cases.map(({ identity, label }) => [new Map(identity).get('id'), label])).toEqual(expected)
  expect(cases[0].imagePath).toBe(resolve('/study/i.nii'))
  expect(ignoredColumns).toEqual([])
})

const utf16 = (text: string, mark: string, isBig = false) => {
  const bytes = Buffer.from(mark + text, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}
// 张三 and 李 in GB18030.
const gb18030 = (text: string) =>
  Buffer.from(text.replaceAll('\u5f20\u4e09', '\xd5\xc5\xc8\xfd').replaceAll('\u674e', '\xc0\xee'), 'latin1')
const chinese = 'id,image,mask\r\n\u5f20\u4e09,a.nii,b.nii\r\n\u674e,a.nii,b.nii\r\n'

test.each([
  ['UTF-8', Buffer.from(chinese)],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${chinese}`)],
  ['GB18030', gb18030(chinese)],
  ['UTF-16 of Excel', utf16(chinese.replaceAll(',', '\t'), '\uFEFF')],
  ['UTF-16 without its mark', utf16(chinese, '')],
  ['UTF-16 BE', utf16(chinese, '\uFEFF', true)],
  ['UTF-16 BE without its mark', utf16(chinese, '', true)],
])('a list in %s keeps its ids', async (_, bytes) => {
  const path = join(mkdtempSync(join(tmpdir(), 'texel-list-')), 'list.csv')
  writeFileSync(path, bytes)
  const { cases } = await readCaseList(path, { label: 1 })
  expect(cases.map(({ identity }) => identity[0])).toEqual([['id', '\u5f20\u4e09'], ['id', '\u674e']]) // prettier-ignore
})

test('a line break in quotes does no harm in a column that is not used; folders may be parted as in Windows', () => {
  const { cases, ignoredColumns, isNumbered } = parse('id,note,image,mask\np1,"seen\ntwice",i\\a.nii,..\\m\\b.nii\np2,,c,d\n')
  expect(cases.map(({ name, imagePath, maskPath }) => [name, imagePath, maskPath])).toEqual([
    ['p1', resolve('/study/i/a.nii'), resolve('/m/b.nii')],
    ['p2', resolve('/study/c'), resolve('/study/d')],
  ])
  expect([ignoredColumns, isNumbered]).toEqual([['note'], false])
  expect(parse('Image,Mask\na,b\n').isNumbered).toBe(true)
})
