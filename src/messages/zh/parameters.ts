import type { ParametersMessages } from '../../core/parameters/messages.ts'
import type { Sentences } from '../sentences.ts'

export const parameters: Sentences<ParametersMessages> = {
  idle: ({ name, why }, say) => `${name}：${say(why)}`,
  'even-width': ({ width }) => `宽 ${width} 个体素的方窗正中没有体素：请写奇数。`,
  'ibsi-memory-advice': () => '请将图像裁剪到区域周围，或使用更粗的体素间距。',
  'levels-of-responses': ({ count }) =>
    `滤波器的响应不是图像的灰度值：固定宽度分组和不分组对其不适用。对带滤波器的参数文件请设置 ${count}，或另用一个参数文件测量图像本身。`,
  'lbp2D-in-3D': () => 'LBP2D 按层面计算，而特征按 3D 计算：通常与 force2D 一起使用。',
  'log-without-sigma': () => '它没有 sigma，因此得不到图像。请以 mm 写出宽度，例如 sigma: [1, 3, 5]，或去除 LoG。',
  'memory-advice': () => '请裁剪图像（padDistance、preCrop），或使用更粗的 resampledPixelSpacing。',
  'shape2D-alone': () => '将不会测量任何内容：它是唯一的特征类，且需要 force2D。请加上 force2D: true，或再加一类特征。',
  'shape2D-left-out': () => 'shape2D 已去除，与 PyRadiomics 相同：它需要 force2D。',
  'shape2D-flat': ({ dimension }) =>
    `该区域不计算 shape2D：force2Ddimension 为 ${dimension} 时，PyRadiomics 要求沿 ${'xyz'[dimension]} 有一个以上的体素。`,
  'step-no-part': ({ degrees }) => `以 ${degrees}° 为步长不能回到起点：请写 360 的约数，例如 22.5、30 或 45。`,
}
