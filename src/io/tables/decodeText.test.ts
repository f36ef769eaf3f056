import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { DataError } from '../../core/messages/message.ts'
import { decodeText } from './decodeText.ts'

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes)
const latin = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0))
const ofHex = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16))
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean, mark: boolean) => {
  const bytes = new Uint8Array(2 * text.length + (mark ? 2 : 0))
  const view = new DataView(bytes.buffer)
  Array.from(mark ? `\uFEFF${text}` : text).forEach((one, i) => view.setUint16(2 * i, one.charCodeAt(0), littleEndian))
  return bytes
}
// 患者P001,张三,李小明 as Excel saves it in China; each pair is a character.
const gb = bytesOf(0xbb, 0xbc, 0xd5, 0xdf, 0x50, 0x30, 0x30, 0x31, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0xc0, 0xee, 0xd0, 0xa1, 0xc3, 0xf7) // prettier-ignore

test.each([
  ['UTF-8', utf8('id,Größe,患者'), 'id,Größe,患者', null],
  ['UTF-8 with a mark', utf8('\uFEFFid,é'), 'id,é', null],
  ['gzipped UTF-8', gzipSync(utf8('id,患者')), 'id,患者', null],
  [
    'gzipped in two members',
    Uint8Array.from([...gzipSync(utf8('id,患者\n')), ...gzipSync(utf8('1,2\n'))]),
    'id,患者\n1,2\n',
    null,
  ],
  ['UTF-16 LE with a mark', utf16('id,患者\n1,2\n', true, true), 'id,患者\n1,2\n', 'UTF-16'],
  ['UTF-16 BE with a mark', utf16('id,x\n1,é\n', false, true), 'id,x\n1,é\n', 'UTF-16'],
  ['UTF-16 LE without', utf16('id,x\n1,é\n', true, false), 'id,x\n1,é\n', 'UTF-16'],
  [
    'UTF-16 LE without, nearly all Chinese',
    utf16('编号,甲乙丙丁戊己庚\n张三李四,王五赵六钱七孙八\n', true, false),
    '编号,甲乙丙丁戊己庚\n张三李四,王五赵六钱七孙八\n',
    'UTF-16',
  ],
  ['GB18030 with a mark', bytesOf(0x84, 0x31, 0x95, 0x33, ...gb), '患者P001,张三,李小明', 'GB18030 (Chinese)'],
  ['GB18030 behind the mark of UTF-8', bytesOf(0xef, 0xbb, 0xbf, ...gb), '患者P001,张三,李小明', 'GB18030 (Chinese)'],
  [
    'GB18030, a rare name of four bytes',
    bytesOf(0x69, 0x64, 0x0a, 0x95, 0x32, 0x82, 0x36, 0x0a),
    'id\n𠀀\n',
    'GB18030 (Chinese)',
  ],
  [
    'Windows-1252, signs that Latin-1 lacks',
    latin('id,size \x96 \x80\nM\xfcller,1\n'),
    'id,size – €\nMüller,1\n',
    'Windows-1252 (Western)',
  ],
  ['nothing', bytesOf(), '', null],
  ['GB18030', gb, '患者P001,张三,李小明', 'GB18030 (Chinese)'],
  ['Latin-1, German', latin('id,Größe,Läsion\nMüller,1,2\n'), 'id,Größe,Läsion\nMüller,1,2\n', 'Windows-1252 (Western)'],
  ['Latin-1, French', latin('id,âge,lésion\nAndré,1,2\n'), 'id,âge,lésion\nAndré,1,2\n', 'Windows-1252 (Western)'],
  ['Latin-1, degrees', latin('id,angle\n1,30°\n'), 'id,angle\n1,30°\n', 'Windows-1252 (Western)'],
] as const)('%s', (_, bytes, text, encoding) => {
  expect(decodeText(bytes)).toEqual({ text, encoding })
})

test.each([
  ['a workbook', bytesOf(0x50, 0x4b, 3, 4, 0, 0), /workbook.*save the sheet as "CSV UTF-8"/],
  ['a picture', bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), /binary/],
  ['UTF-16 that is cut off', utf16('id,x\n1,2\n', true, true).slice(0, -1), /save it as "CSV UTF-8"/],
  ['UTF-8 with a single zero', utf8('id,患者\n1,a\0\n2,b\n3,c\n4,d\n5,e\n'), /binary/],
  ['controls of the upper half', utf8('id,x\nP\u009b31m,1\n'), /control characters/],
  ['UTF-8 with lines of GB18030', bytesOf(...utf8('id,患者\n张三,1\n'), ...gb, 0x0a), /Some of its lines are UTF-8/],
  ['a cut off gzip', gzipSync(utf8('id,x')).slice(0, 12), /cut off/],
  ['bytes of none of these', bytesOf(0x69, 0x64, 0x2c, 0xa4, 0x2c, 0xa7, 0x2c, 0xd7, 0x2c, 0xf7), /save it as "CSV UTF-8"/],
] as const)('%s is refused in words', (_, bytes, message) => {
  expect(() => decodeText(bytes)).toThrow(DataError)
  expect(() => decodeText(bytes)).toThrowSaying(message)
})

// As other programs save them: of these letters no table is made that looks like another one.
test.each([
  ['Korean: number, sex', '69642cbcbabab00a312cb3b20a322cbfa90a', /Korean/],
  [
    'Korean: names, unusual words',
    'b9f8c8a32cc0ccb8a72cc1f8b4dc0a312cb1e8c3b6bcf62cc6f3becf0a322cb9dabfb5c8f12cc0afb9e6becf0a',
    /Korean/,
  ],
  ['Korean: a dozen syllables, hardly a usual one', 'c6deb7b0c4fbc1ee0abea6b4f6c2dfc1a40ab2d1b0fabbb5b2da0a', /Korean/],
  ['traditional Chinese of Taiwan', 'bd73b8b92ca67ec4d60a312c34350a', /Big5/],
  ['traditional Chinese, ASCII at the second place in a third', '69642ca9caa74f0a312ca86b0a322ca46b0a', /Big5/],
  ['Japanese of Windows', '94d48d862c838183820a312c82c882b50a', /Japanese/],
  ['Japanese of Unix', 'c8d6b9e62ca5e1a5e20a312ca4caa4b70a', /Japanese/],
  ['Cyrillic of Windows', 'edeeece5f02cefeeeb0a503030312cec0a', /another alphabet/],
  ['Cyrillic, words of even length', 'e8f1f5eee4fb2cefeeebe00a312cf0e0eae00a', /another alphabet/],
  ['Cyrillic, single letters', '69642cefeeeb0a312cec0a322ce60a', /another alphabet/],
  ['Greek', 'e1f3e8e5eddef22cf6fdebef0a312cdcede4f1e1f20a', /another alphabet/],
] as const)('%s is not taken for Chinese or Western text', (_, hex, message) => {
  expect(() => decodeText(ofHex(hex))).toThrow(DataError)
  expect(() => decodeText(ofHex(hex))).toThrowSaying(message)
})

test.each([
  [
    'two words of which all would be Korean syllables',
    'b1e0bac52cc4eac1e40a312c34350a',
    '编号,年龄\n1,45\n',
    'GB18030 (Chinese)',
  ],
  ['rare characters', 'd0d5c3fb0ae946bbf90a86b40a87e50a88d20a', '姓名\n镕基\n喆\n囧\n堃\n', 'GB18030 (Chinese)'],
  [
    'traditional characters in GB18030',
    'be8ecc962cc4eafd672cd0d484650a312c34352cc4d00a',
    '編號,年齡,性別\n1,45,男\n',
    'GB18030 (Chinese)',
  ],
  [
    'Western words of accented letters alone',
    '69642ce02ce56c6465722ce5e4f60ac573612c312ce974e92c320a',
    'id,à,ålder,åäö\nÅsa,1,été,2\n',
    'Windows-1252 (Western)',
  ],
] as const)('%s', (_, hex, text, encoding) => {
  expect(decodeText(ofHex(hex))).toEqual({ text, encoding })
})
