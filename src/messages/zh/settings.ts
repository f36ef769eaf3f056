import type * as english from '../en/settings.ts'
import type { ImageTypeName } from '../../core/parameters/profiles/pyradiomics/imageTypes.ts'

export const settingWords: typeof english.settingWords = {
  label: { label: '标签', help: '掩膜中标记该区域的值。其他值的体素不属于该区域。' },
  label_channel: { label: '掩膜通道', help: '掩膜文件每个体素有多个值时使用哪个通道；0 为第一个。' },
  minimumROIDimensions: { label: '最少维数', help: '区域至少应在几个方向上延伸：1 允许线，2 允许单个层面，3 要求一个以上的层面。' },
  minimumROISize: { label: '最小区域', unit: '体素', help: '体素数不多于此值的区域将被拒绝。留空：不作此检查。' },
  geometryTolerance: { label: '几何容差', help: '图像与掩膜的位置可相差多少（以体素的比例计）仍视为同一网格。留空：0.000001。' },
  correctMask: { label: '使掩膜适合图像', help: '掩膜在另一网格上时，重采样到图像的网格（取最近体素），而不是拒绝。' },
  preCrop: { label: '滤波前裁剪', help: '滤波器运行之前，将图像裁剪到区域及其边缘。节省时间和内存；滤波器所见的区域周围较少。重采样时无效，因为那时总会裁剪。' },
  normalize: { label: '灰度标准化', help: '平移并缩放整幅图像，使均值为 0、标准差为 1（再乘以下面的倍数）。用于灰度值没有单位的 MRI。' },
  normalizeScale: { label: '标准化倍数', help: '标准化之后图像的标准差。取 100 时可使用整数的箱宽。' },
  removeOutliers: { label: '截断离群值', unit: '标准差', help: '距均值超过此值的灰度值设为界限值。留空：不截断。' },
  resampledPixelSpacing: { label: '体素大小', unit: 'mm', help: '将图像和掩膜沿 x、y、z 重采样到此体素大小，使体素不同的病例可以比较。0 表示该轴不变。留空：不重采样。' },
  interpolator: { label: '插值', help: '重采样时如何求体素之间的灰度值；通常用 B 样条（三次）。掩膜总是取最近体素。留空：不重采样。' },
  padDistance: { label: '边缘', unit: '体素', help: '重采样（或裁剪）时在区域周围保留多少个新网格的体素：滤波器只能看到这些。会改变小波、LoG 和 LBP 特征。' },
  resegmentRange: { label: '灰度范围', help: '区域中在此范围之外的体素将被去除：一个数为下限，两个数为上下限（含界限）。留空：区域保持勾画时的样子。' },
  resegmentMode: { label: '范围的含义', help: 'absolute：灰度值。relative：区域最大值的比例。sigma：距区域均值的标准差数。' },
  resegmentShape: { label: '缩小后区域的形状', help: '开：形状取再分割之后剩余的体素。关：形状取所勾画的区域。' },
  binWidth: { label: '箱宽', unit: '灰度', help: '在纹理、Entropy 和 Uniformity 中，同一箱内的灰度值视为同一灰度级。请使各区域约有 16 到 128 个灰度级。' },
  binCount: { label: '箱数', help: '将每个区域自身的范围分为这么多级，而不用固定箱宽。留空：使用箱宽。' },
  voxelArrayShift: { label: '能量的平移量', unit: '灰度', help: '在 Energy、TotalEnergy 和 RootMeanSquared 中加到灰度值上，使负值（如 CT）不被当作亮值。' },
  force2D: { label: '只在层面内计算纹理', help: '纹理和小波只在平面内计算，不跨平面：用于厚层。shape2D 和 LBP2D 需要它。' },
  force2Ddimension: { label: '垂直于平面的轴', help: '0：垂直于层面（z），轴位序列中平面为轴位。1：y。2：x。' },
  distances: { label: '距离', unit: '体素', help: '在 GLCM、GLDM 和 NGTDM 中，相距多远的体素算作邻居。' },
  symmetricalGLCM: { label: '对称 GLCM', help: '每对邻居按两个方向各计一次，因此方向没有正负。' },
  weightingNorm: { label: '按距离加权', help: '将 GLCM 和 GLRLM 各方向合成一个矩阵，以此范数下每步的 mm 长度加权。留空：特征取各方向的均值。' },
  gldm_a: { label: 'GLDM 容差', unit: '级', help: '在 GLDM 中，灰度级相差不超过此值的邻居算作相依。' },
  additionalInfo: { label: '诊断信息', help: '在结果中加入版本、设置以及图像和掩膜的信息。' },
  sigma: { label: '宽度', unit: 'mm', help: '每个宽度得到一幅滤波图像：小的显示细节，大的显示粗略结构。所需体素多于区域周围体素的宽度得不到图像。留空：没有图像。' },
  wavelet: { label: '小波', help: '滤波器的形状，用 PyWavelets 的名称（离散小波）。' },
  start_level: { label: '起始级', help: '给出第一级之前，图像用滤波器的低通部分平滑多少次。' },
  level: { label: '级数', help: '给出多少级细节，每一级比前一级更粗。' },
  gradientUseSpacing: { label: '每 mm 的梯度', help: '开：每 mm 的灰度变化。关：每个体素的灰度变化。' },
  lbp2DRadius: { label: '半径', unit: '体素', help: '与每个体素比较的采样圆的半径。' },
  lbp2DSamples: { label: '采样数', help: '该圆上的采样数。' },
  lbp2DMethod: { label: '方法', help: '如何由比较得到一个数：default（按原样）、ror（旋转不变）、uniform（旋转不变，模式较少）、var（采样的方差）。' },
  lbp3DLevels: { label: '级数', help: '球谐函数的级数；每级得到一幅图像，采样的峰度再得到一幅。' },
  lbp3DIcosphereRadius: { label: '半径', unit: '体素', help: '与每个体素比较的采样球的半径。' },
  lbp3DIcosphereSubdivision: { label: '细分', help: '该球的精细程度：0 有 12 个采样，1 有 42 个，2 有 162 个。' },
} // prettier-ignore

export const imageTypeWords: typeof english.imageTypeWords = {
  Original: { label: '原始图像', help: '图像本身，按要求标准化和重采样。' },
  LoG: { label: '高斯-拉普拉斯（LoG）', help: '显示选定宽度的边缘和斑块：每个 sigma 一幅图像。' },
  Wavelet: { label: '小波', help: '沿每个轴将图像分为平滑（L）和细节（H）部分：每级八幅图像，force2D 时四幅。' },
  Square: { label: '平方', help: '将灰度值平方并缩放回原范围：突出亮的部分。' },
  SquareRoot: { label: '平方根', help: '灰度值的平方根，缩放回原范围：展开暗的部分。' },
  Logarithm: { label: '对数', help: '灰度值加 1 的对数，缩放回原范围：强烈展开暗的部分。' },
  Exponential: { label: '指数', help: '灰度值的指数，缩放到原最大值：强烈突出亮的部分。' },
  Gradient: { label: '梯度', help: '每个体素周围灰度变化的快慢：边缘较亮。' },
  LBP2D: { label: '局部二值模式 2D', help: '将每个体素与其层面内的一圈采样比较：细微模式，与亮度无关。' },
  LBP3D: { label: '局部二值模式 3D', help: '将每个体素与球面上的采样比较：细微模式，与亮度无关。' },
}

export const featureClassWords: typeof english.featureClassWords = {
  shape: { label: '形状', help: '区域在 3D 中的大小和形态；与灰度值无关。' },
  shape2D: { label: '形状 2D', help: '单个层面上勾画的区域的大小和形态。需要 force2D。' },
  firstorder: { label: '一阶', help: '区域有哪些灰度值，不论位置：均值、离散程度、极值。' },
  glcm: { label: '共生矩阵（GLCM）', help: '哪些灰度级彼此相邻。' },
  glrlm: { label: '游程矩阵（GLRLM）', help: '同一灰度级的直线游程有多长。' },
  glszm: { label: '区域大小矩阵（GLSZM）', help: '同一灰度级的连通区有多大。' },
  gldm: { label: '相依矩阵（GLDM）', help: '一个体素有多少灰度级相近的邻居。' },
  ngtdm: { label: '邻域灰度差矩阵（NGTDM）', help: '一个体素与其邻居的均值相差多少。' },
}

/** An image type's group has the image type's name. */
export const settingGroupWords: typeof english.settingGroupWords = {
  mask: '感兴趣区',
  normalisation: '标准化',
  resampling: '重采样',
  resegmentation: '再分割',
  discretisation: '灰度级',
  texture: '特征类',
  output: '输出',
  ...(Object.fromEntries(Object.entries(imageTypeWords).map(([type, { label }]) => [type, label])) as Record<
    ImageTypeName,
    string
  >),
}
