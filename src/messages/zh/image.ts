import type { ImageMessages } from '../../core/image/messages.ts'
import type { NonFiniteVoxels } from '../../core/image/nonFinite.ts'
import type { Sentences } from '../sentences.ts'

const voxelsOf = (size: readonly number[], spacingMm: readonly number[]) =>
  `${size.join(' x ')} 个 ${spacingMm.join(' x ')} mm 的体素`

export const image: Sentences<ImageMessages> = {
  constant: ({ voxels, level, setting }) =>
    `图像为常数（${voxels} 个体素均为 ${level}）：${setting} 要除以其标准差，而标准差为 0。请检查图像，或关闭 ${setting}。`,
  'direction-singular': ({ determinant }) => `方向矩阵是奇异的（行列式为 ${determinant}）：三个轴应相互独立。`,
  'filter-of-zeros': ({ filter }) => `图像在区域周围处处为 0，${filter} 无定义：它要除以最大灰度值。`,
  'log-few-voxels': ({ size, spacingMm, padding }) =>
    `LoG 沿每个轴至少需要 4 个体素；图像有 ${voxelsOf(size, spacingMm)}。请增大 ${padding}。`,
  'log-sigma': ({ sigmaMm }) => `LoG 的 sigma 应大于 0 mm，而不是 ${sigmaMm}。`,
  'log-wide': ({ sigmaMm, size, spacingMm, padding, sigma }) =>
    `sigma 为 ${sigmaMm} mm 的 LoG 沿每个轴需要的体素数应大于 sigma / 间距；图像有 ${voxelsOf(size, spacingMm)}。请增大 ${padding} 或减小 ${sigma}。`,
  'matrix-not-finite': ({ matrix }) => `网格矩阵（${matrix.join(', ')}）应由有限的数组成：请检查间距和方向。`,
  'matrix-singular': () => '网格矩阵是奇异的：三个轴应相互独立，间距应大于 0。',
  'not-finite': ({ voxels, first, setting }) =>
    `图像有 ${voxels} 个 NaN 或无穷大的体素，第一个位于 ${first.join(', ')}（x、y、z，从 0 起）：${setting} 会把它们带入每个体素。请修正图像，或关闭 ${setting}。`,
  'sub-band-unknown': ({ subBand, known }) => `这些小波设置没有子带“${subBand}”；有 ${known.join('、')}。`,
  'wavelet-unknown': ({ wavelet, known }) => `“${wavelet}”不是离散小波。请使用 ${known.join('、')} 之一。`,
}

/** @param where what the voxels lie in, e.g. '区域' */
export function describeNonFinite({ count, first }: NonFiniteVoxels, where: string): string {
  const places = first.map((voxel) => `(${voxel.join(', ')})`).join('、')
  return `${where}中有 ${count} 个 NaN 或无穷大的体素，位于 ${places}${count > first.length ? ' 等' : ''}（x、y、z，从 0 起）。请修正图像，或将它们排除在掩膜之外。`
}
