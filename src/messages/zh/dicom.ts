import type { DicomMessages, PetUnit, WrittenKind } from '../../io/dicom/messages.ts'
import type { Sentences } from '../sentences.ts'

const again = '请重新复制或导出。'
const drawNothing = '其中没有勾画任何内容：请重新导出。'

const petUnits: Readonly<Record<Exclude<PetUnit, 'other'>, string>> = {
  activity: 'Bq/ml，即活度浓度而不是 SUV',
  suv: 'SUV（g/ml）',
  suvByWeight: '按体重的 SUV（g/ml）',
  suvByLeanMass: '按去脂体重的 SUV（g/ml）',
  suvBySurface: '按体表面积的 SUV（cm2/ml）',
  suvByIdealWeight: '按理想体重的 SUV（g/ml）',
  counts: '计数，不是 SUV',
  countRate: '每秒计数，不是 SUV',
  likeCounts: '与计数成正比，不是 SUV',
  likeCountRate: '与每秒计数成正比，不是 SUV',
  unknown: '未知（文件没有给出 Units）',
}

const gap = ({ slice, slices, foundMm, usualMm }: DicomMessages['uneven'], digits: number) =>
  `共 ${slices} 层，第 ${slice} 层与第 ${slice + 1} 层之间为 ${foundMm.toFixed(digits)} mm，而不是 ${usualMm.toFixed(digits)} mm`

const titles: Readonly<Record<WrittenKind, string>> = {
  segmentation: 'DICOM 分割',
  'structure set': 'DICOM 结构集',
}

export const dicom: Sentences<DicomMessages> = {
  'no-orientation': () => '层面没有方向（ImageOrientationPatient）：它们在患者体内的位置未知。',
  'pixel-spacing': ({ foundMm }) => `像素间距${foundMm ? `为 ${foundMm.join(' x ')}` : '缺失'}；需要两个正数（PixelSpacing）。`,
  'no-positions': ({ missing, slices }) => `${slices} 层中有 ${missing} 层没有位置（ImagePositionPatient）。`,
  'not-perpendicular': ({ orientation }) => `层面的行与列不垂直（ImageOrientationPatient ${orientation.join(', ')}）。`,
  'single-slice': ({ thicknessMm }) =>
    thicknessMm === undefined
      ? '该序列只有一层，层厚未知；按 1 mm 处理。'
      : `该序列只有一层；以其层厚 ${thicknessMm} mm 作为层间距。`,
  'same-place': ({ slice, slices, atMm, pairs }) =>
    `共 ${slices} 层，第 ${slice} 层与第 ${slice + 1} 层位于同一位置（${atMm.toFixed(2)} mm）${pairs > 1 ? `，另有 ${pairs - 1} 对也是如此` : ''}，且其文件头无法将它们区分。`,
  'slices-missing': ({ missing, ...place }) => `缺少${missing === 1 ? '一层' : `约 ${missing} 层`}：${gap(place, 2)}。`,
  uneven: (place) => `层面间距不等：${gap(place, 3)}。`,
  'slightly-uneven': (place) => `层面间距略有不等：${gap(place, 3)}。采用平均间距。`,
  sideways: ({ mm }) =>
    `从第一层到最后一层，层面横向移动 ${mm.toFixed(2)} mm（机架倾斜）：不能构成长方体。请先将序列重采样为长方体。`,

  'pixels-cut-off': ({ file, presentBytes, expectedBytes }) =>
    `${file} 不完整：像素数据应有 ${expectedBytes} 字节，只有 ${presentBytes} 字节。${again}`,
  'no-pixels': ({ file }) => `${file} 不完整：没有像素数据。${again}`,
  'file-not-decoded': ({ file }) => `${file} 无法解码：已损坏，或使用 ITK 不认识的编码。请重新导出，尽量不压缩。`,
  'pixel-formats-differ': () => '层面可以逐一解码，但不能一起解码：其像素格式不同。请重新导出该序列。',
  'pet-unit': ({ unit, given, isUncorrected }) =>
    `${unit === 'other' ? `${given}（文件的 Units），不是 SUV` : petUnits[unit]}${isUncorrected ? '，未作衰变校正' : ''}`,
  'pet-unit-not-suv': ({ unit }, say) => `PET 值的单位为 ${say(unit)}：剂量和体重不同的患者，其特征不可比较。`,

  'without-image': ({ modality = '模态未知' }) => `不含图像的 DICOM（${modality}）`,
  dose: () => '放疗剂量（RTDOSE），不是图像',
  palette: () => '彩色 DICOM 图像（调色板；需要灰度值）',
  colour: ({ samples }) => `彩色 DICOM 图像（每个体素 ${samples} 个数；需要一个灰度值）`,
  'unusual-bits': ({ allocated, stored, highest }) =>
    `数值的位布局不常见的图像（Bits Allocated ${allocated}，Bits Stored ${stored}，High Bit ${highest}）`,
  'packed-map': () => '参数图或浮点数图像，其压缩方式或类型未知',
  'map-table': () => '以表（Real World Value LUT Data）给出数值的参数图，无法读取：请以斜率和截距导出',
  'map-scale': () => '无法得知数值的参数图，因为其到真实世界值的映射没有斜率和截距',
  'lut-incomplete': () => 'Modality LUT 不完整的图像，而数值的含义由它说明',
  scale: ({ element, given }) => `无法得知数值的图像，因为其 ${element} 为“${given}”`,
  'no-stack': ({ type = '类型未知' }) => `不是层面堆叠的核医学图像（NM，${type}；RECON TOMO 才是）`,

  'segmentation-damaged': () => `该分割不完整或已损坏。${again}`,
  'segmentation-syntax': ({ syntax }) => `该分割以传输语法 ${syntax} 存储；只能读取未压缩的。请不压缩地导出。`,
  'segmentation-bits': ({ bits }) => `该分割每个体素 ${bits} 位；应为 1、8 或 16 位。`,
  'segmentation-cut-off': ({ presentBytes, expectedBytes }) =>
    `该分割不完整：像素数据应有 ${expectedBytes} 字节，只有 ${presentBytes} 字节。${again}`,
  'segmentation-without-frames': () => '该分割没有帧：其中没有勾画任何体素。',
  'segmentation-without-orientation': () => '该分割没有方向（ImageOrientationPatient）：其位置未知。',
  'segmentation-without-spacing': () => '该分割没有像素间距（PixelSpacing）。',
  'segmentation-turned': () => '该分割各帧的方向不同：不能构成体积。',
  'segmentation-uneven': ({ frame, offMm }) =>
    `该分割的各帧不在等间距的层面上：第 ${frame} 帧偏离 ${offMm.toFixed(2)} mm。它是在层面不等距或倾斜的序列上勾画的。`,
  fractional: () => '该分割是分数型的：其体素为 0 到 1 的比例（概率或部分容积）。哪些体素属于内部需要选择。',
  'frame-without-position': ({ frame }) => `该分割的第 ${frame} 帧没有位置（ImagePositionPatient）。`,
  'frame-without-segment': ({ frame }) => `该分割的第 ${frame} 帧没有说明属于哪个分段。`,
  'empty-segment': ({ name }) => `分段“${name}”为空。`,
  'segmentation-frames': ({ announced, described }) => `该分割声明有 ${announced} 帧，只给出了 ${described} 帧的位置。${again}`,
  'frames-at-one-place': ({ frames: [first, second], segment }) =>
    `该分割的第 ${first} 帧与第 ${second} 帧${segment === undefined ? '' : `同属分段 ${segment}，且`}位于同一位置：无法得知应取哪一帧。请单独导出一个时间点或一个序列。`,
  'segment-not-described': ({ number }) => `有体素属于分段 ${number}，而文件没有描述它。`,

  'structures-damaged': () => `该结构集（RTSTRUCT）不完整或已损坏。${again}`,
  'no-structures': () => `该结构集（RTSTRUCT）没有结构。${drawNothing}`,
  'no-closed-contours': ({ structures }) =>
    `该结构集（RTSTRUCT）没有闭合的轮廓；其结构为 ${structures.join('、')}。${drawNothing}`,
  'structures-without-series': () => '该结构集（RTSTRUCT）没有说明是在哪个序列上勾画的。请连同对序列的引用重新导出。',
  'series-not-open': ({ structures }) =>
    `勾画该结构集（RTSTRUCT）的序列没有打开。其结构为 ${structures.join('、')}。请先打开该 DICOM 序列，或同时打开两者，然后再打开本文件。`,
  'structures-refused': ({ refusals }, say) => `${refusals.map(say).join('')}请在该序列的层面上勾画或导出结构。`,
  'structures-outside': ({ structures }) => `${structures.join('、')} 的轮廓内没有图像的体素。`,
  'contour-off-plane': ({ structure, offMm, slice, slices }) =>
    `结构“${structure}”被拒绝：一个轮廓偏离最近层面的平面 ${offMm.toFixed(2)} mm（共 ${slices} 层，第 ${slice} 层）。`,
  'contours-beyond': ({ structure, contours }) => `“${structure}”：${contours} 个轮廓位于图像第一层或最后一层之外，无法保留。`,
  'contours-open': ({ structure, contours, types }) =>
    `“${structure}”：${contours} 个轮廓不围成任何区域，已略过（${types.join('、')}）。`,
  'no-contours': ({ structure }) => `结构“${structure}”没有轮廓。`,
  'structures-share-number': ({ number, structures }) =>
    `结构 ${structures.map((name) => `“${name}”`).join('、')} 的编号相同（ROINumber ${number}）：无法得知轮廓各属于哪一个。请重新导出结构集。`,
  'structures-renumbered': ({ numbers }) =>
    `结构的编号（ROINumber ${numbers.slice(0, 5).join('、')}${numbers.length > 5 ? ' 等' : ''}）不能都作为掩膜的值（1 到 65535）：改按顺序编号。`,
  'structure-elsewhere': ({ structure }) => `结构“${structure}”被拒绝：它是在另一参考坐标系中勾画的，其序列没有打开。`,
  'contour-unreadable': ({ structure, contour }) =>
    `结构“${structure}”被拒绝：其第 ${contour} 个轮廓的点无法读取（ContourData 不是每点三个数的列表）。`,
  'contours-repeated': ({ structure, contours }) => `“${structure}”：${contours} 个轮廓重复出现，各计一次。`,
  'contours-cross': ({ structure, slices }) =>
    `“${structure}”：第 ${slices.slice(0, 5).join('、')}${slices.length > 5 ? ' 等' : ''} 层（从 1 起）的轮廓相互交叉；两者共同围住的部分按孔洞处理，不计入。如果两者都应计入，请合并为一个轮廓。`,

  'not-from-dicom': ({ kind }) =>
    `${titles[kind]}要引用其序列的文件，而这幅图像不是从 DICOM 文件读取的。请将掩膜存为 NIfTI 或 NRRD。`,
  'empty-mask': ({ kind }) => `掩膜为空：${titles[kind]}至少需要一个体素。`,
  'element-too-long': ({ tag, vr, bytes }) => `DICOM 元素 ${tag}（${vr}）有 ${bytes} 字节；最多 65535 字节。`,
}
