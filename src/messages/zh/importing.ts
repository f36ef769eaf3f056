import type { ImportingMessages } from '../../io/importing/messages.ts'
import type { Sentences } from '../sentences.ts'

const mostNames = 5
const some = (names: readonly string[]) => `${names.slice(0, mostNames).join('、')}${names.length > mostNames ? ' 等' : ''}`

export const importing: Sentences<ImportingMessages> = {
  'left-out': ({ files }, say) =>
    `${files.length} 个文件不是图像，已略过：${some(files.map(({ name, reason }) => `${name}（${say(reason)}）`))}。`,
  'no-image-here': ({ leftOut }, say) => `这里没有图像。${say(leftOut)}`,
  empty: () => '空文件',
  'no-grey-image': ({ reason }, say) => `这是${say(reason)}；无法从中读取灰度图像。`,
  'zip-in-zip': () => 'zip 文件不完整或已损坏，或位于另一个 zip 之内。请自行解压后给出文件夹。',
  'dicom-damaged': () => 'DICOM 文件头不完整或已损坏。请重新复制或导出该文件。',
  'mixed-units': ({ units, slices }, say) =>
    `该体积的 PET 值单位不同：${units.map((one) => `${slices} 层中有 ${one.slices} 层为 ${say(one.unit)}`).join('；')}。它们不是同一幅图像。请重新导出该序列，或只给出同一单位的层面。`,
  copies: ({ files }) => `层面重复：${some(files)} 是序列中其他文件的副本（SOPInstanceUID 相同），已略过。`,
  'same-identifiers': ({ files, versions }) =>
    versions > 1
      ? `该序列有 ${versions} 个版本，标识符（SOPInstanceUID）相同而像素不同；这一个有 ${files} 个文件。它们不会混用：请指明哪一个正确。`
      : `这 ${files} 个文件中有若干标识符（SOPInstanceUID）相同而像素不同。`,
  'echo-times': ({ echoTimes }) => `该体积各层面的回波时间不同（${echoTimes.join('、')}）。`,
  lossy: ({ lossy, slices, ratio }) =>
    `${lossy === slices ? '图像' : `${slices} 层中有 ${lossy} 层`}经过有损压缩${ratio ? `（${ratio} : 1）` : ''}：其值不是扫描仪的值，特征会改变。如有未压缩的图像，请使用它们。`,
  inverted: ({ inverted, slices }) =>
    inverted === slices
      ? '图像为 MONOCHROME1，显示时黑白反转。数值为所存储的值。'
      : `${slices} 层中有 ${inverted} 层为 MONOCHROME1，显示时黑白反转，其余不是。数值为所存储的值：请检查各层的数值含义是否相同。`,
  'lookup-table': ({ tabled, slices }) =>
    tabled === slices
      ? '数值取自文件中的表（Modality LUT）。'
      : `${slices} 层中有 ${tabled} 层的数值取自其文件中的表（Modality LUT），其余没有：请检查各层的数值含义是否相同。`,
  'several-mappings': ({ mappings }) =>
    `文件给出 ${mappings.length} 种到真实世界值的映射（${mappings.join('、')}）；采用第一种。`,
  'detector-spacing': () =>
    '文件没有给出患者处的像素间距；采用探测器的间距（ImagerPixelSpacing），患者在其前方被放大：长度和体积会偏大。',
  'nothing-chosen': () => '其中没有文件。请选择 NIfTI、NRRD、MetaImage 或 DICOM 文件，或含有它们的文件夹。',
  'drop-not-listed': ({ why }) => `无法列出拖入的文件：${why}`,
}
