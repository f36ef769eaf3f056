import type { GeometryDifference } from '../../core/mask/compareGeometry.ts'
import type { EmptySlices } from '../../core/mask/emptySlices.ts'
import type { Identifier, MaskMessages, RegionStep } from '../../core/mask/messages.ts'
import type { Sentences } from '../sentences.ts'

const list = (values: readonly number[]) => values.join(', ')
const extent = (size: readonly number[]) => size.join(' x ')

const steps: Readonly<Record<RegionStep, string>> = { resampling: '重采样', resegmentation: '再分割' }
const afterStep = (step: RegionStep | null) => (step === null ? '' : `在${steps[step]}之后`)

const meanings: Readonly<Record<Identifier, string>> = {
  PatientID: '另一名患者',
  StudyInstanceUID: '另一次检查',
  FrameOfReferenceUID: '另一参考坐标系（位置不一定一致）',
}

export const mask: Sentences<MaskMessages> = {
  'all-zero': () => '掩膜为空：所有体素均为 0。',
  'box-outside': ({ box: { lower, upper }, size }) =>
    `从 (${list(lower)}) 到 (${list(upper)}) 的框放不进 ${extent(size)} 体素的体积：需要从 0 起、依次递增的整数索引。`,
  'brush-points': ({ from, to }) => `画笔得到的点为 (${list(from)}) 和 (${list(to)})：体素索引应为有限的数。`,
  'brush-radius': ({ radiusMm }) => `画笔半径为 ${radiusMm} mm：请给出不小于 0 的有限数。`,
  'bubbles-empty': () => '没有气泡包含图像的体素：请增大其半径。',
  'bubbles-outside-box': ({ bubbles }) => `${bubbles} 个气泡都不包含框内的体素：请在肿瘤内放一个更大的气泡。`,
  'change-of-another-mask': ({ voxel, found, expected }) =>
    `体素 ${voxel} 为 ${found}，而应为 ${expected}：该更改属于另一个掩膜，或属于它的另一状态。`,
  'click-outside': ({ click, size }) => `点击处 (${list(click)}) 不是 ${extent(size)} 体素的体积中的体素。`,
  'contour-range': ({ low, high }) => `轮廓的范围从 ${low} 到 ${high}：下限应小于上限。`,
  deviations: ({ deviations }) => `范围应达到距均值 ${deviations} 个标准差：请给出不小于 0 的有限数。`,
  'gaussian-width': ({ sigmaMm }) => `高斯宽度为 ${sigmaMm} mm：请给出不小于 0 的有限数。`,
  'half-gradient': ({ halfGradient }) => `半速梯度为每 mm ${halfGradient} 个灰度：请给出有限的正数。`,
  'identity-differs': ({ identifier }) => `掩膜属于${meanings[identifier]}：其 ${identifier} 与图像的不同。`,
  'kernel-width': ({ kernelMm }) => `平滑核的宽度为 ${kernelMm} mm：请给出有限的正数。`,
  'label-missing': ({ label, labels, truncated }) => {
    const shown = labels.slice(0, 20).map(({ value, count }) => `${value}（${count} 个体素）`)
    const rest = labels.length > shown.length || truncated ? ' 等' : ''
    return `掩膜中没有标签 ${label}。其中有 ${shown.join('、')}${rest}：请用 label 选择其中之一。`
  },
  'lengths-combined': ({ a, b }) => `将 ${a} 体素的掩膜与 ${b} 体素的掩膜合并：两者应在同一网格上。`,
  'lengths-compared': ({ before, after }) => `将 ${before} 体素的掩膜与 ${after} 体素的掩膜比较：两者应在同一网格上。`,
  'level-near-strokes': ({ level }) => `笔划附近的一个灰度为 ${level}：生长需要有限的数。请替换它，或在别处画框。`,
  margin: ({ marginMm }) => `外扩距离为 ${marginMm} mm：请给出不小于 0 的有限数。`,
  'no-bubble': () => '没有气泡：请在肿瘤内至少放一个。',
  'no-finite-level': ({ seed }) => `体素 (${list(seed)}) 周围没有有限的灰度值：请点击别处。`,
  'no-label': () => '掩膜为空：没有体素带标签。',
  'phases-differ': ({ before, after }) => `两个期相分别有 ${extent(before)} 和 ${extent(after)} 个体素：两者应在同一网格上。`,
  'polygon-not-finite': () => '多边形有一个点不是有限的数：请给出体素索引。',
  'range-reversed': ({ low, high }) => `灰度范围从 ${low} 到 ${high}：下限不应大于上限。`,
  'range-bounds': ({ setting, bounds }) => `${setting} 有 ${bounds} 个值，应为一个下限，或一个下限和一个上限。`,
  'range-leaves': ({ setting, range, mode, thresholds: [lower, upper], retained, of }) =>
    `${setting} [${list(range)}]（${mode}）在 ${of} 个体素中只留下 ${retained} 个，其灰度值${upper === undefined ? `不小于 ${lower}` : `从 ${lower} 到 ${upper}`}：至少需要 2 个。请放宽范围。`,
  'region-dimensions': ({ dimensions, extent: box, setting, fewest, after }) =>
    `区域${afterStep(after)}为 ${dimensions} 维（其外框为 ${extent(box)} 体素），而 ${setting} 要求 ${fewest} 维。`,
  'region-empty': ({ spacing, after }) =>
    `区域${afterStep(after)}为空：没有体素带该标签。${after === 'resampling' ? `它小于新网格的一个体素：请使用更细的 ${spacing}。` : ''}`,
  'region-flat': ({ extent: box, settings, after }) =>
    `区域${afterStep(after)}是平的（其外框为 ${extent(box)} 体素）：3D 形状和 3D 纹理意义不大。请考虑 ${settings}。`,
  'region-one-voxel': ({ after }) => `区域${afterStep(after)}只有一个体素：特征至少需要两个。`,
  'region-outside': ({ first, last, size }) => {
    const corner = (index: readonly number[]) => index.map((value) => value.toFixed(1)).join(', ')
    return `区域位于图像之外：其外框从图像的体素 (${corner(first)}) 到 (${corner(last)})，而图像为 ${extent(size)}。掩膜是在另一幅图像上勾画的吗？`
  },
  'region-small': ({ voxels, setting, mostTooFew, after }) =>
    `区域${afterStep(after)}有 ${voxels} 个体素，而 ${setting} 要求多于 ${mostTooFew} 个。`,
  'sample-empty': () => '用于阈值的样本没有灰度值：请取更大的邻域。',
  'sample-not-finite': ({ level }) => `用于阈值的一个灰度为 ${level}：需要有限的数。`,
  'seed-outside': ({ seed, box: { lower, upper } }) =>
    `种子点 (${list(seed)}) 不是从 (${list(lower)}) 到 (${list(upper)}) 的框内的体素。`,
  'sizes-compared': ({ a, b }) => `将 ${extent(a)} 体素的掩膜与 ${extent(b)} 体素的掩膜比较：请先使其网格一致。`,
  'smallest-volume': ({ smallestMm3 }) => `要保留的最小体积为 ${smallestMm3} mm3：请给出不小于 0 的数。`,
  softness: ({ softness }) => `阈值的柔和度为 ${softness} 个灰度：请给出正数。`,
  strokes: ({ labels }) =>
    `笔划${labels.length === 0 ? '没有标签' : `的标签为 ${list(labels)}`}：请至少在内部（1）和外部（2）各画一笔。`,
  'threshold-unreached': ({ threshold }) => `掩膜没有体素达到 ${threshold}：请取更低的阈值。`,
  'too-many-labels': ({ most }) => `它有 ${most} 个以上的不同值：这是图像，不是掩膜。`,
  tolerance: ({ tolerance }) => `容差为 ${tolerance} 个灰度：请给出不小于 0 的数。`,
}

const properties: Readonly<Record<GeometryDifference['property'], string>> = {
  size: '大小',
  spacing: '间距',
  origin: '原点',
  direction: '方向',
}

/** @param of what is compared with the image */
export function describeDifference(
  { property, image, mask: other, tolerance }: GeometryDifference,
  of: 'mask' | 'phase' = 'mask',
): string {
  const unit = { size: ' 体素', spacing: ' mm', origin: ' mm', direction: '' }[property]
  const allowed = tolerance > 0 ? `；允许相差 ${Number(tolerance.toPrecision(3))}${unit}` : ''
  return `${of === 'mask' ? '掩膜' : '期相'}的${properties[property]}为 (${list(other)})，图像的为 (${list(image)})${unit}${allowed}。`
}

/** With slice numbers from 1. */
export function describeEmptySlices({ axis, slices }: EmptySlices): string {
  const most = 12
  const numbers = `${slices
    .slice(0, most)
    .map((slice) => slice + 1)
    .join('、')}${slices.length > most ? ' 等' : ''}`
  const along = axis === 2 ? '' : `沿第${axis === 0 ? '一' : '二'}轴`
  return `${along}有 ${slices.length} 个层面在区域范围之内而不含该区域：第 ${numbers} 层（从 1 起）。`
}
