import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import type { LevelImage } from './discretise.ts'
import { visitGlcmMatrices, type GlcmMatrix, type GlcmOptions } from './glcmMatrix.ts'
import { inRange } from './inRange.ts'
import { leastProduct, secondEigenvalueAsWritten } from './secondEigenvalueAsWritten.ts'

const epsilon = Number.EPSILON

/** Lanczos steps for the second eigenvalue; 10 to 20 are enough as a rule. */
const mostSteps = 160

/**
 * eps in the MCC's denominator is a small disturbance, which the kernel takes to first order, only where px py is far above it;
 * below 2^-40, or where it moves the eigenvalue by more than 1e-7, the eigenvalue is taken of Q as it is written.
 */
const leastDisturbed = 9.094947017729282e-13

/** What the features of one matrix are made of. Views into WASM memory: read before the next allocation. */
interface GlcmSums {
  readonly levels: Int32Array
  readonly highestLevel: number
  readonly px: Float64Array
  readonly py: Float64Array
  /** Probability of i + j = 2, 3, ... */
  readonly sum: Float64Array
  /** Probability of |i - j| = 0, 1, ... */
  readonly difference: Float64Array
  readonly energy: number
  readonly maximum: number
  readonly hxy: number
  readonly hxy1: number
  readonly hxy2: number
  readonly autocorrelation: number
  readonly covariance: number
  readonly meanX: number
  readonly meanY: number
  readonly mcc: number
}

/**
 * Features of the grey level co-occurrence matrix (IBSI 3.6; Haralick 1973): of each direction apart, then the mean over the
 * directions that have pairs, NaN passed over. NaN if there is no pair at all.
 * @param pieces of the region that have matrices of their own: its slices, or all of it
 * @param withMcc the maximal correlation coefficient is the dearest; leave it out where it is not wanted
 */
export function computeGlcm(
  kernels: Kernels,
  levels: LevelImage,
  options: GlcmOptions,
  withMcc: boolean,
  pieces: readonly LevelImage[] = [levels],
): Record<string, number> {
  return kernels.scope(() => {
    const collect = prepareSums(kernels, levels, options, withMcc)
    const perDirection: Record<string, number>[] = []
    let matrices = 0
    for (const piece of pieces) {
      visitGlcmMatrices(kernels, piece, options, (matrix) => {
        matrices++
        if (matrix.total > 0) perDirection.push(featuresOf(kernels, collect(matrix)))
      })
    }
    if (perDirection.length === 0) return withoutPairs(levels, matrices)
    const names = Object.keys(perDirection[0])
    return Object.fromEntries(names.map((name) => [name, meanWithoutNaN(perDirection.map((features) => features[name]))]))
  })
}

function featuresOf(kernels: Kernels, s: GlcmSums): Record<string, number> {
  const { exports } = kernels
  const { levels, px, py, sum, difference, highestLevel: ng } = s
  const bits = (p: number) => p * exports.log2(p + epsilon)
  const centre = s.meanX + s.meanY
  let [tendency, shade, prominence, sumAverage, sumEntropy] = [0, 0, 0, 0, 0]
  for (let k = 0; k < sum.length; k++) {
    const p = sum[k]
    if (p === 0) continue
    const d = k + 2 - centre
    tendency += p * d * d
    shade += p * d * d * d
    prominence += p * d * d * (d * d)
    sumAverage += p * (k + 2)
    sumEntropy -= bits(p)
  }
  let [contrast, differenceAverage, differenceEntropy, id, idn, idm, idmn, inverseVariance] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let k = 0; k < ng; k++) {
    const p = difference[k]
    if (p === 0) continue
    contrast += p * (k * k)
    differenceAverage += p * k
    differenceEntropy -= bits(p)
    id += p / (1 + k)
    idn += p / (1 + k / ng)
    idm += p / (1 + k * k)
    idmn += p / (1 + (k * k) / (ng * ng))
    if (k > 0) inverseVariance += p / (k * k)
  }
  let differenceVariance = 0
  for (let k = 0; k < ng; k++) differenceVariance += difference[k] * (k - differenceAverage) * (k - differenceAverage)
  let [varianceX, varianceY, hx, hy, rowsInUse, columnsInUse] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < px.length; i++) {
    const level = levels[i]
    if (px[i] > 0) rowsInUse++
    if (py[i] > 0) columnsInUse++
    varianceX += px[i] * (level - s.meanX) * (level - s.meanX)
    varianceY += py[i] * (level - s.meanY) * (level - s.meanY)
    hx -= bits(px[i])
    hy -= bits(py[i])
  }
  const deviations = Math.sqrt(varianceX) * Math.sqrt(varianceY)
  // Sums of rounded shares miss 1, and what should be 0 comes out as 1e-14: whether a marginal has one level is counted.
  const oneLevel = rowsInUse === 1 || columnsInUse === 1
  // The eps in each logarithm moves an entropy by up to eps / ln 2 a cell.
  const slack = (4 * epsilon * (rowsInUse * columnsInUse)) / Math.LN2
  return {
    Autocorrelation: s.autocorrelation,
    ClusterProminence: prominence,
    ClusterShade: shade,
    ClusterTendency: tendency,
    Contrast: contrast,
    Correlation: oneLevel || deviations === 0 ? 1 : inRange('glcm_Correlation', s.covariance / (deviations + epsilon), -1, 1),
    DifferenceAverage: differenceAverage,
    DifferenceEntropy: differenceEntropy,
    DifferenceVariance: differenceVariance,
    Id: id,
    Idm: idm,
    Idmn: idmn,
    Idn: idn,
    Imc1: imc1(s, Math.max(hx, hy), slack),
    Imc2: oneLevel ? 0 : Math.sqrt(1 - exports.exp(-2 * sharedInformation(s, slack))),
    InverseVariance: inverseVariance,
    JointAverage: s.meanX,
    JointEnergy: s.energy,
    JointEntropy: s.hxy,
    MCC: inRange('glcm_MCC', s.mcc, 0, 1),
    MaximumProbability: s.maximum,
    SumAverage: sumAverage,
    SumEntropy: sumEntropy,
    SumSquares: varianceX,
  }
}

/**
 * (HXY - HXY1) / max(HX, HY). Entropies not above the slack are the 0 of a flat matrix, and eps may carry the quotient of small
 * ones across the ends of [-1, 0], where it stays at the end.
 */
function imc1({ hxy, hxy1 }: GlcmSums, largerEntropy: number, slack: number): number {
  if (largerEntropy <= slack) return 0
  const value = (hxy - hxy1) / largerEntropy
  return inRange('glcm_Imc1', value, -1, 0, slack / largerEntropy)
}

/** HXY2 - HXY, 0 for independent levels, also where rounding makes it negative: PyRadiomics's documentation says so, its code gives NaN. */
function sharedInformation({ hxy, hxy2 }: GlcmSums, slack: number): number {
  return Math.max(inRange('glcm_Imc2, HXY2 - HXY', hxy2 - hxy, 0, Infinity, slack), 0)
}

/**
 * Every feature NaN, but for one level what PyRadiomics makes of empty arrays: with several directions MCC 1, with a single
 * matrix InverseVariance 0.
 */
function withoutPairs({ levelCount }: LevelImage, matrices: number): Record<string, number> {
  const nothing = glcmDefinitions.filter(({ deprecated }) => !deprecated).map(({ name }) => [name, NaN])
  const oneLevel = matrices > 1 ? { MCC: 1 } : { InverseVariance: 0 }
  return { ...Object.fromEntries(nothing), ...(levelCount === 1 ? oneLevel : {}) }
}

/** Allocates, in the caller's scope, what the sums of one matrix after the other are kept in. */
function prepareSums(
  kernels: Kernels,
  levels: LevelImage,
  options: GlcmOptions,
  withMcc: boolean,
): (matrix: GlcmMatrix) => GlcmSums {
  const { exports } = kernels
  const { levelCount: n, highestLevel: ng } = levels

  const cells = options.directions === null ? Math.min(n * n, 2 * levels.voxelCount) : n * n
  const steps = Math.min(n, mostSteps)
  const px = kernels.allocate(8 * n)
  const py = kernels.allocate(8 * n)
  const sum = kernels.allocate(8 * (2 * ng - 1))
  const difference = kernels.allocate(8 * ng)
  const rowStart = kernels.allocate(4 * (n + 1))
  const columns = kernels.allocate(4 * cells)
  const values = kernels.allocate(8 * cells)
  const work = kernels.allocate(8 * ((steps + 4) * n + 3 * steps))
  const out = kernels.allocate(8 * 9)
  return ({ pointer, total }) => {
    exports.glcmSums(pointer, n, total, levels.present, ng, px, py, sum, difference, rowStart, columns, values, out)
    const [energy, maximum, hxy, hxy1, hxy2, autocorrelation, covariance, meanX, meanY] = kernels.f64(
      out,
      9,
    ) as unknown as number[]
    const secondEigenvalue = () => {
      const cells = {
        px: kernels.f64(px, n),
        py: kernels.f64(py, n),
        rowStart: kernels.i32(rowStart, n + 1),
        columns: kernels.i32(columns, kernels.i32(rowStart, n + 1)[n]),
        values: kernels.f64(values, kernels.i32(rowStart, n + 1)[n]),
      }
      const disturbed =
        leastProduct(cells) < leastDisturbed ? NaN : exports.secondEigenvalue(n, px, py, rowStart, columns, values, work, steps)
      return Number.isNaN(disturbed) ? secondEigenvalueAsWritten(cells, steps) : disturbed
    }
    const mcc = !withMcc ? NaN : n === 1 ? 1 : Math.sqrt(secondEigenvalue())
    return {
      levels: kernels.i32(levels.present, n + 1).subarray(1), highestLevel: ng,
      px: kernels.f64(px, n), py: kernels.f64(py, n), sum: kernels.f64(sum, 2 * ng - 1), difference: kernels.f64(difference, ng),
      energy: energy, maximum: maximum, hxy: hxy, hxy1: hxy1, hxy2: hxy2, autocorrelation: autocorrelation,
      covariance: covariance, meanX: meanX, meanY: meanY, mcc,
    } // prettier-ignore
  }
}

export function meanWithoutNaN(values: readonly number[]): number {
  let [sum, count] = [0, 0]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    count++
  }
  return count === 0 ? NaN : sum / count
}

/** What each feature is. p(i, j): share of neighbouring pairs with levels i and j; mx, my, sx, sy: means and deviations of its marginals. In PyRadiomics's order. */
export const glcmDefinitions: readonly FeatureDefinition[] = [
  { featureClass: 'glcm', name: 'Autocorrelation', ibsi: 'QWB0', unit: '1', formula: 'sum p(i,j) i j' },
  { featureClass: 'glcm', name: 'ClusterProminence', ibsi: 'AE86', unit: '1', formula: 'sum p(i,j) (i + j - mx - my)^4' },
  { featureClass: 'glcm', name: 'ClusterShade', ibsi: '7NFM', unit: '1', formula: 'sum p(i,j) (i + j - mx - my)^3' },
  { featureClass: 'glcm', name: 'ClusterTendency', ibsi: 'DG8W', unit: '1', formula: 'sum p(i,j) (i + j - mx - my)^2' },
  { featureClass: 'glcm', name: 'Contrast', ibsi: 'ACUI', unit: '1', formula: 'sum p(i,j) (i - j)^2' },
  { featureClass: 'glcm', name: 'Correlation', ibsi: 'NI2N', unit: '1', formula: '(sum p(i,j) i j - mx my) / (sx sy + eps); 1 if sx sy = 0' },
  { featureClass: 'glcm', name: 'DifferenceAverage', ibsi: 'TF7R', unit: '1', formula: 'sum k p(|i-j| = k)' },
  { featureClass: 'glcm', name: 'DifferenceEntropy', ibsi: 'NTRS', unit: 'bit', formula: '-sum p(|i-j| = k) log2(p + eps)' },
  { featureClass: 'glcm', name: 'DifferenceVariance', ibsi: 'D3YU', unit: '1', formula: 'sum (k - DifferenceAverage)^2 p(|i-j| = k)' },
  { featureClass: 'glcm', name: 'Dissimilarity', ibsi: '8S9J', unit: '1', formula: 'sum p(i,j) |i - j|', deprecated: true, replacedBy: 'glcm_DifferenceAverage' },
  { featureClass: 'glcm', name: 'Homogeneity1', ibsi: 'IB1Z', unit: '1', formula: 'sum p(i,j) / (1 + |i-j|)', deprecated: true, replacedBy: 'glcm_Id' },
  { featureClass: 'glcm', name: 'Homogeneity2', ibsi: 'WF0Z', unit: '1', formula: 'sum p(i,j) / (1 + |i-j|^2)', deprecated: true, replacedBy: 'glcm_Idm' },
  { featureClass: 'glcm', name: 'Id', ibsi: 'IB1Z', unit: '1', formula: 'sum p(|i-j| = k) / (1 + k)' },
  { featureClass: 'glcm', name: 'Idm', ibsi: 'WF0Z', unit: '1', formula: 'sum p(|i-j| = k) / (1 + k^2)' },
  { featureClass: 'glcm', name: 'Idmn', ibsi: '1QCO', unit: '1', formula: 'sum p(|i-j| = k) / (1 + k^2 / Ng^2), Ng = highest level' },
  { featureClass: 'glcm', name: 'Idn', ibsi: 'NDRX', unit: '1', formula: 'sum p(|i-j| = k) / (1 + k / Ng), Ng = highest level' },
  { featureClass: 'glcm', name: 'Imc1', ibsi: 'R8DG', unit: '1', formula: '(HXY - HXY1) / max(HX, HY); 0 if HX = HY = 0' },
  { featureClass: 'glcm', name: 'Imc2', ibsi: 'JN9H', unit: '1', formula: 'sqrt(1 - exp(-2 (HXY2 - HXY)))' },
  { featureClass: 'glcm', name: 'InverseVariance', ibsi: 'E8JP', unit: '1', formula: 'sum over k > 0 of p(|i-j| = k) / k^2' },
  { featureClass: 'glcm', name: 'JointAverage', ibsi: '60VM', unit: '1', formula: 'mx = sum p(i,j) i' },
  { featureClass: 'glcm', name: 'JointEnergy', ibsi: '8ZQL', unit: '1', formula: 'sum p(i,j)^2' },
  { featureClass: 'glcm', name: 'JointEntropy', ibsi: 'TU9B', unit: 'bit', formula: 'HXY = -sum p(i,j) log2(p(i,j) + eps)' },
  { featureClass: 'glcm', name: 'MCC', unit: '1', formula: 'sqrt of the second largest eigenvalue of Q(i,j) = sum_k p(i,k) p(j,k) / (px(i) py(k) + eps); 1 for one level' },
  { featureClass: 'glcm', name: 'MaximumProbability', ibsi: 'GYBY', unit: '1', formula: 'max p(i,j)' },
  { featureClass: 'glcm', name: 'SumAverage', ibsi: 'ZGXS', unit: '1', formula: 'sum k p(i+j = k)' },
  { featureClass: 'glcm', name: 'SumEntropy', ibsi: 'P6QZ', unit: 'bit', formula: '-sum p(i+j = k) log2(p + eps)' },
  { featureClass: 'glcm', name: 'SumSquares', ibsi: 'UR99', unit: '1', formula: 'sum p(i,j) (i - mx)^2' },
  { featureClass: 'glcm', name: 'SumVariance', ibsi: 'OEEB', unit: '1', formula: 'sum (k - SumAverage)^2 p(i+j = k)', deprecated: true, replacedBy: 'glcm_ClusterTendency' },
] // prettier-ignore
