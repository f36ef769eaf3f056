import type { HeaderMessages, UnreadableType, VoxelKind } from '../../io/headers/messages.ts'
import type { Sentences } from '../sentences.ts'

const correct = '请修正文件头，或重新导出图像。'

const unreadable: Readonly<Record<UnreadableType, string>> = {
  bits: '单个比特',
  complex: '复数',
  float128: '128 位浮点数',
}

const kinds: Readonly<Record<VoxelKind, string>> = {
  matrix: '矩阵',
  symmetricMatrix: '对称矩阵',
  displacement: '位移',
  vector: '矢量',
  point: '点',
  triangle: '三角形',
  quaternion: '四元数',
  rgb: '颜色（RGB）',
  rgba: '颜色（RGBA）',
}

const short = (value: number) => String(Number(value.toPrecision(4)))
const lengths = (mm: readonly number[]) => `${mm.map(short).join(' x ')} mm`
const separate = '或将每个体积存为单独的文件'

export const headers: Sentences<HeaderMessages> = {
  'empty-axis': ({ axis, voxels }) => `文件头说轴 ${axis} 有 ${voxels} 个体素；至少需要 1 个。${correct}`,
  spacing: ({ axis, spacingMm }) => `沿轴 ${axis} 的体素间距为 ${spacingMm} mm；应为正数。${correct}`,
  'length-unit': ({ unit }) => `文件头的长度单位为“${unit}”；需要毫米。${correct}`,
  'no-voxel-size': ({ format }) =>
    `文件头没有给出体素大小（${format === 'NRRD' ? 'space directions 或 spacings' : 'ElementSpacing'}）：按 1 mm 处理。`,

  dimensions: ({ dimensions }) => `文件头说图像为 ${dimensions} 维（dim[0]）；可为 1 到 7 维。${correct}`,
  'axis-too-long': ({ voxels, most }) => `文件为 NIfTI-2，沿一个轴有 ${voxels} 个体素；最多可读取 ${most} 个。${correct}`,
  'voxel-type': ({ datatype, kind }) =>
    `体素为${kind ? unreadable[kind] : '未知类型'}（datatype ${datatype}）；可读取 64 位以内的整数和 32 或 64 位的浮点数。${correct}`,
  bitpix: ({ datatype, bits, bitpix }) =>
    `文件头自相矛盾：datatype ${datatype} 的体素为 ${bits} 位，而其 bitpix 为 ${bitpix}。无法得知哪个正确。${correct}`,
  'scaling-not-finite': ({ slope, intercept }) => `文件头的缩放不是数：scl_slope ${slope}，scl_inter ${intercept}。${correct}`,
  'scaling-too-small': ({ slope }) => `文件头的数值缩放 scl_slope ${slope} 过小，无法读取。${correct}`,
  'several-numbers': ({ kind, intentCode, components }) =>
    `文件头说每个体素是${kinds[kind]}（intent_code ${intentCode}），由 ${components} 个数组成；每个体素需要一个灰度值。${correct}`,
  'one-number-of-several': ({ kind, intentCode }) =>
    `文件头说每个体素是${kinds[kind]}（intent_code ${intentCode}），而文件中每个体素只有一个数：把它当作数值。请检查其含义。`,
  'read-as-mm': ({ unit }) => `文件头的长度单位为 ${unit}；按毫米读取。`,
  'no-nifti-orientation': () =>
    '文件头没有给出方向（qform_code 和 sform_code 均为 0）：左、前、上未知。各轴按左、后、上处理，第一个体素按 0 处理。',
  'forms-disagree': ({ sformMm, qformMm, apartMm, isTurned, used, sformCode }) => {
    const differences = [
      `体素为 ${lengths(sformMm)} 和 ${lengths(qformMm)}`,
      `第一个体素相距 ${apartMm.toFixed(2)} mm`,
      ...(isTurned ? ['轴的方向不同'] : []),
    ]
    const why = used === 'sform' ? '采用 sform。' : `采用扫描仪的 qform；sform 属于另一空间（代码 ${sformCode}）。`
    return `文件头的 sform 与 qform 不一致：${differences.join('，')}。${why}请检查掩膜在图像上的位置。`
  },
  'form-left-out': ({ form, problem }, say) => `${form} 已略过：${say(problem)}采用 ${form === 'sform' ? 'qform' : 'sform'}。`,
  'no-form': ({ problems }, say) => `${problems.map(say).join('')}${correct}`,
  'qform-offset': ({ offset }) => `qform 的偏移不是数（${offset.join(', ')}）。`,
  quaternion: ({ quaternion, length }) =>
    `qform 的四元数（${quaternion.map(short).join(', ')}）不是旋转：其长度为 ${length.toPrecision(7)}，最大允许 1。`,
  'sform-not-finite': () => 'sform 含有不是数的项。',
  'sform-singular': () => 'sform 是奇异的：其各轴在同一平面内，或没有长度。',
  'sform-sheared': ({ angleDegrees }) =>
    `sform 带有切变：其中两轴的夹角为 ${angleDegrees.toFixed(2)}°，而不是 90°。请先将图像重采样到垂直的轴上。`,
  pixdim: ({ pixdimMm, sformMm }) =>
    `文件头中的体素大小（pixdim ${lengths(pixdimMm)}）与其 sform 的（${lengths(sformMm)}）不同：按 NIfTI 标准采用 sform 的。请检查哪个正确。`,

  'missing-field': ({ field }) => `文件头缺少字段“${field}”。${correct}`,
  blocks: () => `体素是字节块（type 为 "block"），不是数。${correct}`,
  'dimension-and-sizes': ({ dimension, sizes }) =>
    `文件头自相矛盾：其 dimension 为 ${dimension}，而 sizes 有 ${sizes} 个轴。${correct}`,
  encoding: ({ encoding }) =>
    `该 NRRD 文件的体素用 ${/^bz(ip)?2$/.test(encoding) ? 'bzip2' : `未知的编码“${encoding}”`} 压缩；可读取 raw 和 gzip。请在写出它的程序或 3D Slicer 中打开，不压缩地保存。`,
  'byte-order': ({ bytes }) =>
    `文件头没有给出其 ${bytes} 字节数值的字节序（endian）。请在文件头中加入一行 "endian: little" 或 "endian: big"，取能得到正确图像的一种，或重新导出。`,
  'axis-outside-space': ({ axis, isTime }) =>
    `轴 ${axis} 没有空间方向${isTime ? '，且为时间轴（kind 为 "time"）' : ''}；其 kind 为 "list" 时可读取多个体积。请在文件头的 "kinds" 行中该处写 "list"，${separate}。`,
  'axis-of-time': ({ axis, axes }) =>
    `共 ${axes} 个轴，轴 ${axis} 为时间轴（kind 为 "time"）；它位于三个空间轴之后时可读取。请将时间放在最后保存图像，${separate}。`,
  'space-dimensions': ({ axes, dimensions }) => `文件头自相矛盾：图像的 ${axes} 个轴位于 ${dimensions} 维空间中。${correct}`,
  'space-with-time': ({ space }) => `文件头给出的空间为“${space}”；带时间的空间只能读取 left-posterior-superior-time。${correct}`,
  'axis-limits': () => `文件头以 axis mins 和 axis maxs 给出体素大小；需要 spacings 或 space directions。${correct}`,
  'space-unknown': ({ space }) =>
    `文件头${space === undefined ? '没有给出空间' : `给出的空间为“${space}”`}：左、前、上未知。各轴按左、后、上（LPS）处理。`,
  'space-origin': () => '文件头没有给出 space origin：第一个体素按位于 0 处理。',
  'values-of-others': () => '文件头说数值由其他数值换算而来（old min、old max）：采用所存储的值。',

  'element-type': ({ type }) => `文件头给出的体素类型为“${type}”（ElementType），不是像 MET_SHORT 那样的单个数的类型。${correct}`,
  'no-numbers': ({ field, given }) => `文件头的 ${field} 为“${given}”；应为数。${correct}`,
  'voxels-as-text': () =>
    '体素以文本写成（BinaryData = False），无法得知其结尾；需要二进制体素。请在写出它的程序或 3D Slicer 中打开，存为 .nrrd 或 .nii.gz。',
  'intensity-function': ({ slope, offset }) =>
    `文件头要求缩放数值（ElementToIntensityFunctionSlope ${slope}，Offset ${offset}），常用程序都不这样做。${correct}`,
  'anatomical-orientation': ({ letters, fromMatrix, hasMatrix }) =>
    `文件头的 AnatomicalOrientation 为 ${letters}，而其${hasMatrix ? ' TransformMatrix' : '没有 TransformMatrix 的轴'}为 ${fromMatrix}：左、前、上的位置存疑。采用 ${fromMatrix}。`,
}
