import type { Kernels } from '../kernels/kernels.ts'
import type { LevelImage } from './discretise.ts'
import { visitGlcmMatrices, type GlcmMatrix, type GlcmSettings } from './glcmMatrix.ts'

const epsilon = Number.EPSILON

/** Lanczos steps for the second eigenvalue; 10 to 20 are enough as a rule. */
const mostSteps = 160

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
 * @param withMcc the maximal correlation coefficient is the dearest; leave it out where it is not wanted
 */
export function computeGlcm(kernels: Kernels, levels: LevelImage, settings: GlcmSettings, withMcc: boolean): Record<string, number> {
  return kernels.scope(() => {
    const collect = prepareSums(kernels, levels, settings, withMcc)
    const perDirection: Record<string, number>[] = []
    visitGlcmMatrices(kernels, levels, settings, (matrix) => {
      if (matrix.total > 0) perDirection.push(featuresOf(kernels, collect(matrix)))
    })
    if (perDirection.length === 0) return noPairs
    const names = Object.keys(perDirection[0]!)
    return Object.fromEntries(names.map((name) => [name, meanWithoutNaN(perDirection.map((features) => features[name]!))]))
  })
}

function featuresOf(kernels: Kernels, s: GlcmSums): Record<string, number> {
  const { exports } = kernels
  const { levels, px, py, sum, difference, highestLevel: ng } = s
  const bits = (p: number) => p * exports.log2(p + epsilon)
  const centre = s.meanX + s.meanY
  let [tendency, shade, prominence, sumAverage, sumEntropy] = [0, 0, 0, 0, 0]
  for (let k = 0; k < sum.length; k++) {
    const p = sum[k]!
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
    const p = difference[k]!
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
  for (let k = 0; k < ng; k++) differenceVariance += difference[k]! * (k - differenceAverage) * (k - differenceAverage)
  let [varianceX, varianceY, hx, hy] = [0, 0, 0, 0]
  for (let i = 0; i < px.length; i++) {
    const level = levels[i]!
    varianceX += px[i]! * (level - s.meanX) * (level - s.meanX)
    varianceY += py[i]! * (level - s.meanY) * (level - s.meanY)
    hx -= bits(px[i]!)
    hy -= bits(py[i]!)
  }
  const deviations = Math.sqrt(varianceX) * Math.sqrt(varianceY)
  const largerEntropy = Math.max(hx, hy)
  return {
    Autocorrelation: s.autocorrelation,
    ClusterProminence: prominence,
    ClusterShade: shade,
    ClusterTendency: tendency,
    Contrast: contrast,
    Correlation: deviations === 0 ? 1 : s.covariance / (deviations + epsilon),
    DifferenceAverage: differenceAverage,
    DifferenceEntropy: differenceEntropy,
    DifferenceVariance: differenceVariance,
    Id: id,
    Idm: idm,
    Idmn: idmn,
    Idn: idn,
    Imc1: largerEntropy === 0 ? 0 : (s.hxy - s.hxy1) / largerEntropy,
    Imc2: s.hxy2 === s.hxy ? 0 : Math.sqrt(1 - exports.exp(-2 * (s.hxy2 - s.hxy))),
    InverseVariance: inverseVariance,
    JointAverage: s.meanX,
    JointEnergy: s.energy,
    JointEntropy: s.hxy,
    MCC: s.mcc,
    MaximumProbability: s.maximum,
    SumAverage: sumAverage,
    SumEntropy: sumEntropy,
    SumSquares: varianceX,
  }
}

/** Every feature NaN: the region has no two neighbours. */
const noPairs: Record<string, number> = Object.fromEntries(
  [
    'Autocorrelation', 'ClusterProminence', 'ClusterShade', 'ClusterTendency', 'Contrast', 'Correlation', 'DifferenceAverage',
    'DifferenceEntropy', 'DifferenceVariance', 'Id', 'Idm', 'Idmn', 'Idn', 'Imc1', 'Imc2', 'InverseVariance', 'JointAverage',
    'JointEnergy', 'JointEntropy', 'MCC', 'MaximumProbability', 'SumAverage', 'SumEntropy', 'SumSquares',
  ].map((name) => [name, NaN]),
) // prettier-ignore

/** Allocates, in the caller's scope, what the sums of one matrix after the other are kept in. */
function prepareSums(kernels: Kernels, levels: LevelImage, settings: GlcmSettings, withMcc: boolean): (matrix: GlcmMatrix) => GlcmSums {
  const { exports } = kernels
  const { levelCount: n, highestLevel: ng } = levels

  const cells = settings.weightingNorm === null ? Math.min(n * n, 2 * levels.voxelCount) : n * n
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
    const [energy, maximum, hxy, hxy1, hxy2, autocorrelation, covariance, meanX, meanY] = kernels.f64(out, 9) as unknown as number[]
    const mcc = !withMcc ? NaN : n === 1 ? 1 : Math.sqrt(exports.secondEigenvalue(n, px, py, rowStart, columns, values, work, steps))
    return {
      levels: kernels.i32(levels.present, n + 1).subarray(1), highestLevel: ng,
      px: kernels.f64(px, n), py: kernels.f64(py, n), sum: kernels.f64(sum, 2 * ng - 1), difference: kernels.f64(difference, ng),
      energy: energy!, maximum: maximum!, hxy: hxy!, hxy1: hxy1!, hxy2: hxy2!, autocorrelation: autocorrelation!,
      covariance: covariance!, meanX: meanX!, meanY: meanY!, mcc,
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
