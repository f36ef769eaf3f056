import type { ExtractionMessages, Reach } from '../../core/extraction/messages.ts'
import type { Sentences } from '../sentences.ts'
import { describeNonFinite } from './image.ts'
import { describeDifference, describeEmptySlices } from './mask.ts'

const reaches: Readonly<Record<Reach, string>> = { filters: '滤波器所见的图像部分', region: '区域' }

export const extraction: Sentences<ExtractionMessages> = {
  'step-job': ({ name, part }) => (part === null ? name : `${name}，第 ${part.number} 部分，共 ${part.of} 部分`),
  'grids-differ': ({ differences, names }) =>
    `${differences.map((difference) => describeDifference(difference)).join('')}请打开 ${names.resampleMask} 将掩膜重采样到图像上；若差异只是舍入，请增大 ${names.tolerance}；或使用在这幅图像上勾画的掩膜。`,
  'grey-levels': ({ least, most, counts, names }) =>
    `灰度级数不在 ${least} 到 ${most} 之间，纹理难以比较：${counts.map(({ imageName, count }) => `${imageName}（${count}）`).join('、')}。请考虑对这些图像使用其他 ${names.binSize} 或 ${names.binNumber}。`,
  'image-left-out': ({ imageName, why }, say) => `${imageName} 已去除，与 PyRadiomics 相同：${say(why)}`,
  'mask-empty': () => '掩膜为空：没有体素属于该区域。请勾画区域，或选择其他标签。',
  memory: ({ short, advice }, say) => `${say(short)}${say(advice)}`,
  'not-finite': ({ found, reach }) => describeNonFinite(found, reaches[reach]),
  'not-finite-resampled': ({ found, reach }) => `重采样会把非数值体素带入${reaches[reach]}：${describeNonFinite(found, '图像')}`,
  'one-voxel': () => '该区域只有一个体素：特征至少需要两个。标签选对了吗？',
  'roi-anisotropic': ({ thickness, setting }) =>
    `体素的长度是宽度的 ${thickness.toFixed(1)} 倍：请重采样，或在层面内计算纹理（${setting}）。`,
  'roi-not-finite': ({ found }) => `提取将被拒绝：${describeNonFinite(found, 'ROI')}`,
  'roi-one-level': () => 'ROI 的所有体素灰度值相同。',
  'roi-one-slice': () => 'ROI 只在一个层面上：3D 形状意义不大。',
  'roi-one-voxel': () => 'ROI 只有一个体素：将被拒绝。',
  'roi-slices-empty': ({ empty }) =>
    `${describeEmptySlices(empty)}如果只在部分层面上勾画，请先填补其余层面：ROI，掩膜操作，插值。`,
}
