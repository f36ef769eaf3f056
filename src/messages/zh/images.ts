import type { ImageMessages, OtherKind } from '../../io/images/messages.ts'
import type { Sentences } from '../sentences.ts'

const again = '请重新复制或导出。'

const otherKinds: Readonly<Record<OtherKind, string>> = {
  png: 'PNG 图片',
  jpeg: 'JPEG 图片',
  pdf: 'PDF 文档',
  gif: 'GIF 图片',
  tiff: 'TIFF 图片',
  hdf5: 'HDF5 文件',
  archive: 'zip 以外的压缩包',
  bzip2: '用 bzip2 压缩的内容（请解压，或改用 gzip 压缩）',
  xz: '用 xz 压缩的内容（请解压，或改用 gzip 压缩）',
  zstd: '用 zstd 压缩的内容（请解压，或改用 gzip 压缩）',
  gzipInGzip: 'gzip 之内又一层 gzip（请解压一层）',
  analyze: 'Analyze 7.5 文件头，它不说明图像的位置（请存为 NIfTI）',
  text: '文本',
  unknown: '未知类型的内容',
}

const beginsAt = (voxOffset: number, least: number) =>
  `文件头说体素从第 ${voxOffset} 字节开始（vox_offset）；标准要求为不小于 ${least} 的整数。`

const of = (phase: string | undefined) => (phase === undefined ? '' : `${phase}：`)

export const images: Sentences<ImageMessages> = {
  'no-image': ({ kind, headerBytes }) =>
    `这不是可以读取的图像：应为 NIfTI、NRRD、MetaImage 或 DICOM，而内容是${otherKinds[kind]}。${headerBytes === undefined ? '' : `NIfTI 文件头有 348 字节，而该文件只有 ${headerBytes} 字节：文件不完整。`}`,
  'other-kind': ({ kind }) => otherKinds[kind],
  'empty-file': () => `文件为空（0 字节）。${again}`,
  'cut-off': ({ bytes, announcedBytes }) =>
    `文件不完整：（解压后）有 ${bytes} 字节，而文件头说有 ${announcedBytes} 字节。${again}`,
  'does-not-unpack': ({ bytes }) => `文件不完整或已损坏：其压缩内容（${bytes} 字节）无法解压。${again}`,
  'voxels-in-several-files': ({ named }) =>
    `体素分布在多个文件中（文件头以“${named}”指明）；只能从一个文件读取。请在写出它的程序或 3D Slicer 中打开，存为一个文件（.nrrd 或 .nii.gz）。`,
  'voxel-file-missing': ({ name }) => `体素在另一个文件 ${name} 中，而该文件缺失。请同时给出两个文件。`,
  'first-voxel-unknown': ({ voxOffset, least, contentBytes, voxelBytes }) =>
    `${beginsAt(voxOffset, least)}由文件长度（解压后 ${contentBytes} 字节，其中体素 ${voxelBytes} 字节）也无法得知体素从何处开始。请修正文件头，或重新导出图像。`,
  'first-voxel-by-length': ({ voxOffset, least, at }) =>
    `${beginsAt(voxOffset, least)}按文件长度推断，从第 ${at} 字节起读取体素。`,
  'unknown-to-itk': ({ format }) => `ITK 无法按 ${format} 读取该文件：文件头已损坏或类型未知。请重新导出。`,
  'not-decoded': ({ format }) =>
    `文件声明为 ${format}，但 ITK 无法解码：文件不完整、已损坏，或为未知的变体。${format === 'NIfTI' ? '轴不垂直的 NIfTI 文件（带切变的 sform）ITK 也不接受。' : ''}请重新导出。`,
  'no-memory': () => '内存不足，无法读取文件。请关闭其他程序，或裁剪图像。',

  'two-dimensional': ({ thicknessMm }) =>
    `图像为 2D：作为一层的体积读取，层厚 ${thicknessMm === 1 ? '1 mm' : `${Number(thicknessMm.toPrecision(4))} mm（按文件头）`}。`,
  'four-dimensional': ({ volumes }) => `文件为 4D：含有 ${volumes} 个体积；每个单独列出。`,
  surplus: ({ format, voxelBytes, foundBytes }) => {
    const reason =
      format === 'NIfTI' ? '体素的起始位置比它所说的更靠后（vox_offset）' : '其大小、数值类型或体素起始位置与文件不符'
    return `文件头说体素有 ${voxelBytes} 字节，而文件从起始处起有 ${foundBytes} 字节：或者体素之后还有其他内容，或者${reason}。请查看图像。`
  },
  'not-finite': ({ phase, voxels, first }) =>
    `${of(phase)}${voxels} 个体素不是有限的数（NaN 或无穷大）；第一个位于 (${first.join(', ')})。`,
  constant: ({ phase, value }) =>
    value === 0
      ? `${of(phase)}所有体素均为 0：这是空的掩膜，或没有内容的图像。`
      : `${of(phase)}所有体素的值相同，均为 ${value}：作为图像没有可测量的内容。`,

  dimensions: ({ dimensions }) => `图像为 ${dimensions} 维；可读取 2、3 或 4 维。`,
  components: ({ kind, components }) =>
    `图像含有${kind === 'colour' ? '彩色（RGB）' : '矢量'}，每个体素 ${components} 个数；每个体素需要一个灰度值。请转换为灰度，或将每个分量存为单独的文件。`,
  'volumes-of-components': ({ volumes, components }) =>
    `文件有 ${volumes} 个体积，每个体素 ${components} 个分量；只能读取其中一种情况。请将每个体积存为单独的文件。`,
  origin: ({ originMm }) => `第一个体素的位置为 (${originMm.join(', ')}) mm；需要三个有限的数。请修正文件头，或重新导出图像。`,
  direction: ({ direction }) =>
    `方向矩阵（${direction.join(', ')}）没有三个长度为 1 且相互垂直的轴。请修正文件头，或将图像重采样到垂直的轴上。`,
  'value-count': ({ values, announced }) =>
    `文件含有 ${values} 个值，而文件头说有 ${announced} 个。文件可能不完整：请重新复制或导出。`,
}
