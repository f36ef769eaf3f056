import { expect, it } from 'vitest'
import { planReading, type PlannedFile } from '../importing/planReading.ts'
import { readUnit } from '../importing/readUnit.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { decodeDicomText } from './decodeDicomText.ts'
import { encodeDicomFile, type DicomElement } from './encodeDicom.ts'
import { describeStructures } from './readStructures.ts'

const bytes = (hex: string) => Uint8Array.from(hex.match(/\S\S/g)!, (pair) => parseInt(pair, 16))

// The names of PS3.5 annexes H to K, and of one character set each.
it.each([
  ['ISO_IR 192', '57616e675e5869616f446f6e673de78e8b5ee5b08fe69db13d', 'Wang^XiaoDong=王^小東='],
  ['ISO-IR 192', 'e882bfe798a4', '肿瘤'],
  ['GB18030', '57616e673dcdf55ed0a1b6ab', 'Wang=王^小东'],
  ['GBK', 'd6d7c1f6', '肿瘤'],
  ['\\ISO 2022 IR 58', '5a68616e673d1b242941d5c55e1b242941d0a1b6ab', 'Zhang=张^小东'],
  ['\\ISO 2022 IR 87', '59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b2842', 'Yamada^Tarou=山田^太郎'],
  ['ISO 2022 IR 13\\ISO 2022 IR 87', 'd4cfc0de5ec0dbb33d1b24423b3345441b284a5e1b244242404f3a1b284a', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎'],
  ['\\ISO 2022 IR 159', '1b24284430211b2842', '丂'],
  ['\\ISO 2022 IR 149', '486f6e673d1b242943fbf35e1b242943d1ced4d7', 'Hong=洪^吉洞'],
  ['ISO 2022 IR 100\\ISO 2022 IR 144', '4dfc6c6c65722d1b2d4cbb4d', 'Müller-ЛM'],
  ['ISO_IR 144', 'bbdedad0db', 'Локал'],
  ['ISO_IR 100', '4de46e6e6572', 'Männer'],
  [undefined, '4749542fe9', 'GIT/é'],
  [undefined, '4cc3a4e882bf', 'Lä肿'],
  ['ISO_IR 100', 'c3a4', 'Ã¤'],
])('%s', (characterSets, hex, text) => {
  expect(decodeDicomText(bytes(hex), characterSets)).toBe(text)
})

it.each([
  ['ISO_IR 192', bytes('e79785e781b6')],
  ['GB18030', bytes('b2a1d4ee')],
  ['\\ISO 2022 IR 58', bytes('1b242941b2a1d4ee')],
])('names of segments and structures are in the character set of their file: %s', async (characterSet, name) => {
  const text = '病灶'
  const structures: DicomElement[] = [
    ['00080005', 'CS', characterSet],
    ['00080060', 'CS', 'RTSTRUCT'],
    ['30060020', 'SQ', [[['30060022', 'IS', '1'], ['30060026', 'LO', name]]]],
  ] // prettier-ignore
  const set = encodeDicomFile('1.2.840.10008.5.1.4.1.1.481.3', '2.25.1', structures)
  expect((await describeStructures(fileFromBytes('a.dcm', set))).structures[0].name).toBe(text)

  const group = (tag: string, elements: DicomElement[]): DicomElement => [tag, 'SQ', [elements]]
  const segmentation = encodeDicomFile('1.2.840.10008.5.1.4.1.1.66.4', '2.25.2', [
    ['00080005', 'CS', characterSet],
    ['00080060', 'CS', 'SEG'],
    ['00280010', 'US', [1]],
    ['00280011', 'US', [8]],
    ['00280100', 'US', [1]],
    ['00620001', 'CS', 'BINARY'],
    ['00620002', 'SQ', [[['00620004', 'US', [1]], ['00620005', 'LO', name]]]],
    ['52009229', 'SQ', [[group('00289110', [['00180050', 'DS', '2'], ['00280030', 'DS', ['1', '1']]]), group('00209116', [['00200037', 'DS', ['1', '0', '0', '0', '1', '0']]])]]],
    ['52009230', 'SQ', [[group('00209113', [['00200032', 'DS', ['0', '0', '0']]]), group('0062000a', [['0062000b', 'US', [1]]])]]],
    ['7fe00010', 'OW', Uint8Array.of(0b110, 0)],
  ]) // prettier-ignore
  const files: PlannedFile[] = [{ file: fileFromBytes('b.dcm', segmentation), inFolder: false }]
  const { volumes } = await readUnit(itkCodec, files, (await planReading(files))[0])
  expect(volumes[0].source.segments).toEqual([{ value: 1, name: text, voxelCount: 2 }])
})
