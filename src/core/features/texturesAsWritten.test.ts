import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { eigenvaluesOfHessenberg } from '../numeric/eigenvaluesOfHessenberg.ts'
import { planFeatures } from '../parameters/profiles/pyradiomics.ts'
import { generalDefaults, type GeneralSettings } from '../parameters/profiles/pyradiomics/generalSettings.ts'
import type { FeatureOptions } from './featureOptions.ts'
import { discretiseRegion, type LevelImage } from './discretise.ts'
import { computeGlcm, meanWithoutNaN } from './glcm.ts'
import { visitGlcmMatrices } from './glcmMatrix.ts'
import { computeGldm } from './gldm.ts'
import { countGldm } from './gldmMatrix.ts'
import { computeGlrlm } from './glrlm.ts'
import { visitGlrlmMatrices } from './glrlmMatrix.ts'
import { computeGlszm } from './glszm.ts'
import { countGlszm } from './glszmMatrix.ts'
import { inRange } from './inRange.ts'
import { computeNgtdm } from './ngtdm.ts'
import type { SizeMatrix } from './sizeMatrix.ts'

// The features of texture matrices written down as PyRadiomics 3.0.1 defines them: no expansion, no regrouping,
// every sum over all cells, Q of the MCC as a full matrix.

const eps = 2 ** -52
const range = (n: number) => Array.from({ length: n }, (_, k) => k)
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** Q of the MCC, as written, for one normalised matrix. */
function plainQ(p: readonly (readonly number[])[]): number[][] {
  const n = range(p.length)
  const px = p.map(total)
  const py = n.map((j) => total(p.map((row) => row[j])))
  return n.map((i) => n.map((j) => total(n.map((k) => (p[i][k] * p[j][k]) / (px[i] * py[k] + eps)))))
}

/** Features of one direction but the MCC. */
function plainGlcm(p: readonly (readonly number[])[], levels: readonly number[]): Record<string, number> {
  const n = range(p.length)
  const highest = Math.max(...levels)
  const cells = n.flatMap((a) => n.map((b) => ({ p: p[a][b], i: levels[a], j: levels[b], a, b })))
  const over = (term: (cell: (typeof cells)[number]) => number) => total(cells.map(term))
  const px = p.map(total)
  const py = n.map((j) => total(p.map((row) => row[j])))
  const bits = (x: number) => Math.log2(x + eps)
  const [ux, uy] = [over(({ p, i }) => p * i), over(({ p, j }) => p * j)]
  const sigx = Math.sqrt(over(({ p, i }) => p * (i - ux) ** 2))
  const sigy = Math.sqrt(over(({ p, j }) => p * (j - uy) ** 2))
  const sums = range(2 * highest - 1).map((k) => over(({ p, i, j }) => (i + j === k + 2 ? p : 0)))
  const differences = range(highest).map((k) => over(({ p, i, j }) => (Math.abs(i - j) === k ? p : 0)))
  const hx = -total(px.map((x) => x * bits(x)))
  const hy = -total(py.map((y) => y * bits(y)))
  const hxy = -over(({ p }) => p * bits(p))
  const hxy1 = -over(({ p, a, b }) => p * bits(px[a] * py[b]))
  const hxy2 = -over(({ a, b }) => px[a] * py[b] * bits(px[a] * py[b]))
  const oneLevel = [px, py].some((shares) => shares.filter((share) => share > 0).length === 1)
  const differenceAverage = total(differences.map((share, k) => share * k))
  return {
    Autocorrelation: over(({ p, i, j }) => p * i * j),
    ClusterProminence: over(({ p, i, j }) => p * (i + j - ux - uy) ** 4),
    ClusterShade: over(({ p, i, j }) => p * (i + j - ux - uy) ** 3),
    ClusterTendency: over(({ p, i, j }) => p * (i + j - ux - uy) ** 2),
    Contrast: over(({ p, i, j }) => p * (i - j) ** 2),
    // The documentation's 1 where one marginal does not vary.
    Correlation: oneLevel ? 1 : over(({ p, i, j }) => p * (i - ux) * (j - uy)) / (sigx * sigy + eps),
    DifferenceAverage: differenceAverage,
    DifferenceEntropy: -total(differences.map((share) => share * bits(share))),
    DifferenceVariance: total(differences.map((share, k) => share * (k - differenceAverage) ** 2)),
    Id: total(differences.map((share, k) => share / (1 + k))),
    Idm: total(differences.map((share, k) => share / (1 + k * k))),
    Idmn: total(differences.map((share, k) => share / (1 + (k * k) / highest ** 2))),
    Idn: total(differences.map((share, k) => share / (1 + k / highest))),
    Imc1: Math.max(hx, hy) === 0 ? 0 : (hxy - hxy1) / Math.max(hx, hy),
    // The documentation's 0 where rounding makes HXY the larger entropy.
    Imc2: oneLevel ? 0 : Math.sqrt(1 - Math.exp(-2 * Math.max(hxy2 - hxy, 0))),
    InverseVariance: total(differences.map((share, k) => (k === 0 ? 0 : share / (k * k)))),
    JointAverage: ux,
    JointEnergy: over(({ p }) => p * p),
    JointEntropy: hxy,
    MaximumProbability: Math.max(...cells.map(({ p }) => p)),
    SumAverage: total(sums.map((share, k) => share * (k + 2))),
    SumEntropy: -total(sums.map((share) => share * bits(share))),
    SumSquares: over(({ p, i }) => p * (i - ux) ** 2),
  }
}

/** Square root of the second largest eigenvalue of Q, by elimination to Hessenberg form and QR. */
function plainMcc(p: readonly (readonly number[])[]): number {
  // Levels without pairs have rows and columns of 0; scaling by sqrt(px) leaves the eigenvalues and makes entries of like size.
  const px = p.map(total)
  const inUse = range(p.length).filter((i) => px[i] > 0)
  const written = plainQ(p)
  const q = inUse.map((i) => Float64Array.from(inUse, (j) => (written[i][j] * Math.sqrt(px[i])) / Math.sqrt(px[j])))
  const n = q.length
  if (p.length < 2) return 1
  if (n < 2) return 0
  for (let m = 1; m < n - 1; m++) {
    let pivot = m
    for (let i = m; i < n; i++) if (Math.abs(q[i][m - 1]) > Math.abs(q[pivot][m - 1])) pivot = i
    if (q[pivot][m - 1] === 0) continue
    ;[q[m], q[pivot]] = [q[pivot], q[m]]
    for (const row of q) [row[m], row[pivot]] = [row[pivot], row[m]]
    for (let i = m + 1; i < n; i++) {
      const factor = q[i][m - 1] / q[m][m - 1]
      q[i] = q[i].map((value, j) => value - factor * q[m][j])
      for (const row of q) row[m] += factor * row[i]
    }
  }
  const second = eigenvaluesOfHessenberg(q).sort((a, b) => b.real - a.real)[1]
  return Math.sqrt(Math.max(second.real, 0))
}

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels({ build: 'debug' })
})

interface Made {
  readonly size: Triple
  readonly spacingMm: Triple
  readonly image: readonly number[]
  readonly mask: readonly number[]
}

const optionsOf = (settings: Partial<GeneralSettings> = {}) => planFeatures({ ...generalDefaults, binWidth: 1, ...settings })
const defaults = optionsOf()

/** Discretises the region and works with it; what is allocated meanwhile is given back. */
function withLevels<T>({ size, spacingMm, image, mask }: Made, options: FeatureOptions, work: (levels: LevelImage) => T): T {
  return kernels.scope(() => {
    const pointer = kernels.allocate(8 * image.length)
    const inside = kernels.allocate(mask.length)
    kernels.f64(pointer, image.length).set(image)
    kernels.u8(inside, mask.length).set(mask)
    const voxelCount = mask.reduce((sum, value) => sum + value, 0)
    const grid = { pointer, size, spacingMm, pixelType: 'float64' as const }
    return work(discretiseRegion(kernels, { image: grid, mask: { pointer: inside, size }, voxelCount }, options))
  })
}

function byBoth(region: Made, changed: Partial<GeneralSettings>) {
  const options = optionsOf(changed)
  return withLevels(region, options, (levels) => {
    const n = levels.levelCount
    const matrices: number[][][] = []
    visitGlcmMatrices(kernels, levels, options, ({ pointer, total }) => {
      const cells = kernels.f64(pointer, n * n)
      if (total > 0) matrices.push(range(n).map((i) => range(n).map((j) => cells[i * n + j] / total)))
      cells.fill(0)
    })
    const present = [...kernels.i32(levels.present, n + 1).subarray(1)]
    const directions = matrices.map((p): Record<string, number> => ({ ...plainGlcm(p, present), MCC: plainMcc(p) }))
    const names = Object.keys(directions[0] ?? {})
    const plain = Object.fromEntries(names.map((name) => [name, meanWithoutNaN(directions.map((features) => features[name]))]))
    return { got: computeGlcm(kernels, levels, options, true), plain, directions }
  })
}

/** A box that tapers towards its last slices, with up to 60 levels; spacings up to 7 mm make weights down to 1e-60. */
const made: fc.Arbitrary<Made> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 3, 20, 60))
  .chain(([nx, ny, nz, most]) =>
    fc.record({
      size: fc.constant<Triple>([nx, ny, nz]),
      spacingMm: fc.tuple(fc.constantFrom(0.5, 1, 2, 5), fc.constantFrom(0.5, 1, 2, 5), fc.constantFrom(1, 3, 7)),
      image: fc.array(fc.integer({ min: 1, max: most }), { minLength: nx * ny * nz, maxLength: nx * ny * nz }),
      mask: fc.array(fc.constantFrom(0, 1, 1), { minLength: nx * ny * nz, maxLength: nx * ny * nz }),
    }),
  )
  .map(({ size: [nx, ny, nz], mask, ...rest }) => ({
    ...rest,
    size: [nx, ny, nz],
    mask: mask.map((value, i) => (i < 2 || i === mask.length - 1 ? 1 : i % (nx * ny) >= 1 + 2 * (nz - 1 - Math.floor(i / (nx * ny))) && nz > 1 ? 0 : value)),
  })) // prettier-ignore

const settings = fc.record({
  weightingNorm: fc.constantFrom(null, 'no_weighting', 'manhattan', 'euclidean', 'infinity'),
  symmetricalGLCM: fc.boolean(),
}) as fc.Arbitrary<Partial<GeneralSettings>>

describe('features of the co-occurrence matrix', () => {
  it('are those of the formulas as written, with weights, without symmetry, on tapering and flat regions', () => {
    fc.assert(fc.property(made, settings, (region, changed) => {
      const { got, plain, directions } = byBoth(region, changed)
      for (const [name, want] of Object.entries(plain)) {
        // With entropies of rounding size, rounding alone decides what their quotient is.
        if (name === 'Imc1' && directions.some(({ JointEntropy }) => Math.abs(JointEntropy) < 1e-6)) continue
        // Roots of what rounding leaves of 0.
        const floor = name === 'MCC' || name === 'Imc2' ? 1e-6 : 1e-9
        expect(Math.abs(got[name] - want), `${name}: got ${got[name]}, want ${want}`).toBeLessThanOrEqual(Math.max(1e-9 * Math.abs(want), floor))
      }
    }), { numRuns: 300, seed: 17 }) // prettier-ignore
  })

  it('never leave the ranges that their definitions give', () => {
    fc.assert(fc.property(made, settings, (region, changed) => {
      const { got } = byBoth(region, changed)
      for (const [name, low, high] of [['Imc1', -1, 0], ['Imc2', 0, 1], ['MCC', 0, 1], ['Correlation', -1, 1]] as const) {
        if (Number.isNaN(got[name])) continue
        expect(got[name], name).toBeGreaterThanOrEqual(low - 1e-9)
        expect(got[name], name).toBeLessThanOrEqual(high + 1e-9)
      }
    }), { numRuns: 300, seed: 18 }) // prettier-ignore
  })
})

it('Imc2 and MCC of independent levels are 0, whichever of the two entropies rounding makes the larger', () => {
  const shares = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  fc.assert(fc.property(shares, shares, ([a, b], [c, d]) => {
    // Pairs along x, each on a line of its own; no voxel has another neighbour.
    const pairs = [[1, 1, a * c], [1, 2, a * d], [2, 1, b * c], [2, 2, b * d]].flatMap(([i, j, count]) => range(count).map(() => [i, j]))
    const region: Made = {
      size: [2, 2 * pairs.length, 1],
      spacingMm: [1, 1, 1],
      image: pairs.flatMap((pair) => [...pair, 0, 0]),
      mask: pairs.flatMap(() => [1, 1, 0, 0]),
    }
    const { got } = byBoth(region, { symmetricalGLCM: false })
    expect(got['Imc2']).toBeLessThan(1e-7)
    expect(got['MCC']).toBeLessThan(1e-7)
  }), { numRuns: 200, seed: 20 }) // prettier-ignore
})

it('takes rounding as it is, keeps what the formula itself may exceed at the end of the range, and refuses the rest', () => {
  expect(inRange('x', 1e-10, -1, 0)).toBe(1e-10)
  expect(inRange('x', -1.1, -1, 0, 0.2)).toBe(-1)
  expect(inRange('x', NaN, -1, 0)).toBeNaN()
  expect(() => inRange('glcm_Imc1', 7140114, -1, 0, 0.2)).toThrowSaying(/glcm_Imc1 came out as 7140114.*allows -1 to 0/)
})

/** A matrix of grey level and size in one direction, or in all. */
interface PlainSizes {
  readonly cells: readonly { readonly count: number; readonly level: number; readonly size: number }[]
  readonly byLevel: readonly number[]
  readonly bySize: readonly number[]
}

function readSizes(levels: LevelImage, { pointer, columns, sizes }: SizeMatrix): PlainSizes {
  const n = levels.levelCount
  const present = [...kernels.i32(levels.present, n + 1).subarray(1)]
  const size = [...kernels.f64(sizes, columns)]
  const flat = [...kernels.f64(pointer, n * columns)]
  const at = (i: number, j: number) => flat[i * columns + j]
  return {
    cells: range(n).flatMap((i) => range(columns).map((j) => ({ count: at(i, j), level: present[i], size: size[j] }))),
    byLevel: range(n).map((i) => total(range(columns).map((j) => at(i, j)))),
    bySize: range(columns).map((j) => total(range(n).map((i) => at(i, j)))),
  }
}

/** Features that run length, size zone and dependence matrix share (glrlm.py, glszm.py, gldm.py), in the order of their names in `sizeNames`. */
function plainSizeFeatures({ cells, byLevel, bySize }: PlainSizes): number[] {
  const n = total(cells.map(({ count }) => count))
  const over = (term: (cell: PlainSizes['cells'][number]) => number) => total(cells.map((cell) => cell.count * term(cell))) / n
  const squares = (counts: readonly number[]) => total(counts.map((count) => count ** 2))
  const [meanLevel, meanSize] = [over(({ level }) => level), over(({ size }) => size)]
  return [
    over(({ size }) => 1 / size ** 2),
    over(({ size }) => size ** 2),
    squares(byLevel) / n,
    squares(byLevel) / n ** 2,
    squares(bySize) / n,
    squares(bySize) / n ** 2,
    n / total(cells.map(({ count, size }) => count * size)),
    over(({ level }) => (level - meanLevel) ** 2),
    over(({ size }) => (size - meanSize) ** 2),
    -total(cells.map(({ count }) => (count / n) * Math.log2(count / n + eps))),
    over(({ level }) => 1 / level ** 2),
    over(({ level }) => level ** 2),
    over(({ level, size }) => 1 / (level ** 2 * size ** 2)),
    over(({ level, size }) => level ** 2 / size ** 2),
    over(({ level, size }) => size ** 2 / level ** 2),
    over(({ level, size }) => level ** 2 * size ** 2),
  ]
}

const sizeNames = {
  glrlm: 'ShortRunEmphasis LongRunEmphasis GrayLevelNonUniformity GrayLevelNonUniformityNormalized RunLengthNonUniformity RunLengthNonUniformityNormalized RunPercentage GrayLevelVariance RunVariance RunEntropy LowGrayLevelRunEmphasis HighGrayLevelRunEmphasis ShortRunLowGrayLevelEmphasis ShortRunHighGrayLevelEmphasis LongRunLowGrayLevelEmphasis LongRunHighGrayLevelEmphasis',
  glszm: 'SmallAreaEmphasis LargeAreaEmphasis GrayLevelNonUniformity GrayLevelNonUniformityNormalized SizeZoneNonUniformity SizeZoneNonUniformityNormalized ZonePercentage GrayLevelVariance ZoneVariance ZoneEntropy LowGrayLevelZoneEmphasis HighGrayLevelZoneEmphasis SmallAreaLowGrayLevelEmphasis SmallAreaHighGrayLevelEmphasis LargeAreaLowGrayLevelEmphasis LargeAreaHighGrayLevelEmphasis',
  gldm: 'SmallDependenceEmphasis LargeDependenceEmphasis GrayLevelNonUniformity . DependenceNonUniformity DependenceNonUniformityNormalized . GrayLevelVariance DependenceVariance DependenceEntropy LowGrayLevelEmphasis HighGrayLevelEmphasis SmallDependenceLowGrayLevelEmphasis SmallDependenceHighGrayLevelEmphasis LargeDependenceLowGrayLevelEmphasis LargeDependenceHighGrayLevelEmphasis',
} // prettier-ignore

/** Of the directions that have an entry, the mean of each feature. */
function meanFeatures(names: string, matrices: readonly PlainSizes[]): Record<string, number> {
  const used = matrices.filter(({ cells }) => cells.some(({ count }) => count > 0)).map(plainSizeFeatures)
  const entries = names.split(' ').map((name, at) => [name, total(used.map((features) => features[at])) / used.length])
  return Object.fromEntries(entries.filter(([name]) => name !== '.')) as Record<string, number>
}

function expectAll(got: Record<string, number>, want: Record<string, number>): void {
  for (const [name, value] of Object.entries(want))
    if (!Number.isNaN(value))
      expect(Math.abs(got[name] - value), `${name}: got ${got[name]}, want ${value}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)))
} // prettier-ignore

describe('features of runs, zones, dependences and tone differences', () => {
  it('are those of the formulas as written, with weights, tolerances and distances, on tapering and flat regions', () => {
    const other = fc.record({
      weightingNorm: fc.constantFrom(null, 'no_weighting', 'manhattan', 'euclidean', 'infinity'),
      gldm_a: fc.constantFrom(0, 1, 7, 1e12),
      distances: fc.constantFrom([1], [1, 2]),
    }) as fc.Arbitrary<Partial<GeneralSettings>>
    fc.assert(fc.property(made, other, (region, changed) => {
      const options = optionsOf(changed)
      withLevels(region, options, (levels) => {
        const runs: PlainSizes[] = []
        visitGlrlmMatrices(kernels, levels, options, (matrix) => void runs.push(readSizes(levels, matrix)))
        expectAll(computeGlrlm(kernels, levels, options), meanFeatures(sizeNames.glrlm, runs))
        expectAll(computeGlszm(kernels, levels, options), meanFeatures(sizeNames.glszm, [readSizes(levels, countGlszm(kernels, levels, options))]))
        const dependences = readSizes(levels, countGldm(kernels, levels, options))
        expectAll(computeGldm(kernels, levels, options), meanFeatures(sizeNames.gldm, [dependences]))
        const neighbours = countGldm(kernels, levels, { ...options, dependenceTolerance: levels.highestLevel })
        if (options.dependenceTolerance === 1e12) expect(dependences).toEqual(readSizes(levels, neighbours))
        expectAll(computeNgtdm(kernels, levels, options), plainNgtdm(region, options.neighbourhood.distances))
      })
    }), { numRuns: 150, seed: 19 }) // prettier-ignore
  })
})

/** ngtdm.py, from the voxels: grey values are levels from 1, as binWidth is 1 and the lowest one gives level 1. */
function plainNgtdm({ size: [nx, ny], image, mask }: Made, distances: readonly number[]): Record<string, number> {
  const voxels = range(image.length).filter((at) => mask[at] === 1)
  const lowest = Math.min(...voxels.map((at) => image[at]))
  const levelOf = (at: number) => image[at] - lowest + 1
  const placeOf = (at: number) => [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
  const apart = (a: number, b: number) => Math.max(...placeOf(a).map((x, axis) => Math.abs(x - placeOf(b)[axis])))
  const rows = new Map<number, { n: number; s: number }>()
  for (const at of voxels) {
    const near = voxels.filter((other) => distances.includes(apart(at, other)))
    const difference = near.length === 0 ? 0 : Math.abs(levelOf(at) - total(near.map(levelOf)) / near.length)
    const { n, s } = rows.get(levelOf(at)) ?? { n: 0, s: 0 }
    rows.set(levelOf(at), { n: n + 1, s: s + difference })
  }
  const all = [...rows].map(([i, { n, s }]) => ({ i, p: n / voxels.length, s }))
  const pairs = (term: (a: (typeof all)[number], b: (typeof all)[number]) => number) => total(all.flatMap((a) => all.map((b) => term(a, b))))
  const [coarse, sum, levels] = [total(all.map(({ p, s }) => p * s)), total(all.map(({ s }) => s)), all.length]
  return {
    Coarseness: coarse === 0 ? 1e6 : 1 / coarse,
    Contrast: levels === 1 ? 0 : (pairs((a, b) => a.p * b.p * (a.i - b.i) ** 2) * sum) / voxels.length / (levels * (levels - 1)),
    // A denominator of rounding size is held by the test below.
    Busyness: pairs((a, b) => Math.abs(a.i * a.p - b.i * b.p)) < 1e-9 ? NaN : coarse / pairs((a, b) => Math.abs(a.i * a.p - b.i * b.p)),
    Complexity: pairs((a, b) => (Math.abs(a.i - b.i) * (a.p * a.s + b.p * b.s)) / (a.p + b.p)) / voxels.length,
    Strength: sum === 0 ? 0 : pairs((a, b) => (a.p + b.p) * (a.i - b.i) ** 2) / sum,
  }
} // prettier-ignore

it('sums of neighbours that would not fit are refused, naming the setting', () => {
  const region: Made = { size: [2, 1, 1], spacingMm: [1, 1, 1], image: [1, 1_000_000], mask: [1, 1] }
  withLevels(region, defaults, (levels) => {
    expect(computeNgtdm(kernels, levels, defaults)['Contrast']).toBeGreaterThan(0)
    const many = { ...levels, size: [20, 20, 20] as Triple }
    expect(() => computeNgtdm(kernels, many, optionsOf({ distances: [1, 2, 3, 4, 5, 6, 7] }))).toThrowSaying(
      /NGTDM sums 3374 neighbours of levels up to 1000000, .*larger binWidth/,
    )
  })
})

it('Busyness is 0 where level times share is the same for all levels, whatever their rounding: 5 x 1/6 and 1 x 5/6', () => {
  expect(5 * (1 / 6)).not.toBe(5 / 6)
  const region: Made = { size: [6, 1, 1], spacingMm: [1, 1, 1], image: [1, 1, 1, 5, 1, 1], mask: [1, 1, 1, 1, 1, 1] }
  withLevels(region, defaults, (levels) => expect(computeNgtdm(kernels, levels, defaults)['Busyness']).toBe(0))
})
