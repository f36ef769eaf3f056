import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { PixelType, Triple } from '../numeric/voxelArray.ts'
import { planFeatures } from '../parameters/profiles/pyradiomics.ts'
import { generalDefaults, type GeneralSettings } from '../parameters/profiles/pyradiomics/generalSettings.ts'
import { findBinEdges } from './binEdges.ts'
import { defaultTolerance } from './madeComparison.ts'
import { computeFeatureClass, computeFeatureClasses, type GreyValueClassName } from './computeFeatureClass.ts'
import { discretiseRegion, type LevelImage } from './discretise.ts'
import { visitGlcmMatrices } from './glcmMatrix.ts'
import { countGldm } from './gldmMatrix.ts'
import { visitGlrlmMatrices } from './glrlmMatrix.ts'
import { countGlszm } from './glszmMatrix.ts'
import { countNgtdm } from './ngtdmMatrix.ts'
import type { RegionImage } from './regionImage.ts'
import { featureDefinitions, findDefinition } from './registry.ts'
import type { SizeMatrix } from './sizeMatrix.ts'
import { sayError } from '../../messages/say.ts'

const classNames: readonly GreyValueClassName[] = ['firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm']

/** The options of PyRadiomics's defaults, but for these settings. */
const optionsOf = (settings: Partial<GeneralSettings> = {}) => planFeatures({ ...generalDefaults, ...settings })
const defaults = optionsOf()

/** A region on its bounding box, x fastest. */
interface MadeRegion {
  readonly size: Triple
  readonly spacing: Triple
  readonly pixelType: PixelType
  readonly image: readonly number[]
  readonly mask: readonly number[]
}

type JsonNumber = number | 'nan' | 'inf' | '-inf'
const fromJson = (x: JsonNumber) => (typeof x === 'number' ? x : x === 'nan' ? NaN : x === 'inf' ? Infinity : -Infinity)

interface TextureCase extends Omit<MadeRegion, 'image'> {
  readonly name: string
  readonly image: readonly JsonNumber[]
  readonly settings: Partial<GeneralSettings>
  readonly features: Record<GreyValueClassName, Record<string, JsonNumber> | { error: string }>
  readonly levels?: number[]
  readonly discretised?: number[]
  readonly glcm?: number[][][]
  readonly glrlm?: { sizes: number[]; matrices: number[][][] }
  readonly glszm?: { sizes: number[]; matrix: number[][] }
  readonly gldm?: { sizes: number[]; matrix: number[][] }
  readonly ngtdm?: [number, number, number][]
}
interface TextureReference {
  readonly binning: {
    pixelType: PixelType
    setting: { binWidth?: number; binCount?: number }
    values: number[]
    levels: number[]
  }[]
  readonly names: Record<GreyValueClassName, { order: string[]; deprecated: Record<string, number | null> }>
  readonly cases: TextureCase[]
}

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url))
const texture = JSON.parse(file('reference/pyradiomics/texture.json').toString()) as TextureReference
const caseNamed = (name: string) => texture.cases.find((made) => made.name === name)!

function withRegion<T>(kernels: Kernels, made: MadeRegion | TextureCase, work: (region: RegionImage) => T): T {
  return kernels.scope(() => {
    const { size, spacing, pixelType } = made
    const voxels = size[0] * size[1] * size[2]
    const image = kernels.allocate(8 * voxels)
    const mask = kernels.allocate(voxels)
    kernels.f64(image, voxels).set(made.image.map(fromJson))
    kernels.u8(mask, voxels).set(made.mask)
    const voxelCount = made.mask.reduce((sum, inside) => sum + inside, 0)
    return work({ image: { pointer: image, size, spacingMm: spacing, pixelType }, mask: { pointer: mask, size }, voxelCount })
  })
}

/** Differences beyond 1e-9 relative, or the absolute floor of the comparison; NaN equals NaN. */
function differences(
  got: Iterable<readonly [string, number]>,
  want: Iterable<readonly [string, number]>,
  relative = 1e-9,
): string[] {
  const values = new Map(got)
  const cancels = /Skewness|ClusterShade|MCC|Imc|Correlation/
  const outside: string[] = []
  for (const [name, value] of want) {
    const here = values.get(name)
    const floor = cancels.test(name) ? defaultTolerance.absoluteWhereCancelling * 1e-2 : 1e-12
    const equal =
      here !== undefined && (Object.is(here, value) || Math.abs(here - value) <= Math.max(relative * Math.abs(value), floor))
    if (!equal) outside.push(`${name}: got ${here}, want ${value}`)
  }
  for (const name of values.keys()) if (![...want].some(([wanted]) => wanted === name)) outside.push(`${name}: not expected`)
  return outside
}

const builds = ['release', 'debug'] as const
const kernelsOf = {} as Record<(typeof builds)[number], Kernels>
beforeAll(async () => {
  for (const build of builds) kernelsOf[build] = await loadKernels({ build })
})

describe('discretisation', () => {
  it('finds the levels of numpy.digitize on PyRadiomics’s edges, also for values on an edge', () => {
    for (const { pixelType, setting, values, levels } of texture.binning) {
      const size: Triple = [values.length, 1, 1]
      const got = withRegion(kernelsOf.release, { size, spacing: [1, 1, 1], pixelType, image: values, mask: values.map(() => 1) }, (region) =>
        levelsOf(kernelsOf.release, discretiseRegion(kernelsOf.release, region, optionsOf(setting))),
      ) // prettier-ignore
      expect(got, `${pixelType} ${JSON.stringify(setting)}`).toEqual(levels)
    }
  })

  it('refuses more levels than matrices take, naming the setting', () => {
    const values = Array.from({ length: 5000 }, (_, i) => i)
    withRegion(kernelsOf.release, { size: [5000, 1, 1], spacing: [1, 1, 1], pixelType: 'float64', image: values, mask: values.map(() => 1) }, (region) => {
      expect(() => discretiseRegion(kernelsOf.release, region, optionsOf({ binWidth: 1 }))).toThrowSaying(/binWidth 1 gives 5000 grey levels.*larger binWidth/)
      expect(() => discretiseRegion(kernelsOf.release, region, optionsOf({ binWidth: 1e-6 }))).toThrowSaying(/binWidth 0.000001 gives 4999000001 grey levels/)
      expect(() => discretiseRegion(kernelsOf.release, region, optionsOf({ binCount: 5000 }))).toThrowSaying(/smaller binCount/)
      expect(discretiseRegion(kernelsOf.release, region, optionsOf({ binWidth: 2 })).levelCount).toBe(2500)
      expect(computeFeatureClass(kernelsOf.release, region, 'firstorder', ['Entropy'], optionsOf({ binWidth: 1 }))[0][1]).toBeCloseTo(Math.log2(5000), 9)
    }) // prettier-ignore
  })

  it('says what it found where values are not finite', () => {
    expect(() => findBinEdges(NaN, NaN, defaults.discretisation, 'float64')).toThrowSaying(/from NaN to NaN/)
    expect(() => findBinEdges(0, Infinity, defaults.discretisation, 'float64')).toThrowSaying(/from 0 to Infinity/)
  })
})

describe.each(builds)('matrices as PyRadiomics counts them, %s build', (build) => {
  it.each(texture.cases.filter((made) => made.glcm).map((made) => [made.name, made] as const))('%s', (_, made) => {
    const kernels = kernelsOf[build]
    const settings = optionsOf(made.settings)
    withRegion(kernels, made, (region) => {
      const levels = discretiseRegion(kernels, region, settings)
      const n = levels.levelCount
      expect([...kernels.i32(levels.present, n + 1).subarray(1)]).toEqual(made.levels)
      expect(levelsOf(kernels, levels)).toEqual(made.discretised)

      const glcm: number[][][] = []
      visitGlcmMatrices(kernels, levels, settings, ({ pointer, total }) => {
        if (total > 0) glcm.push(rowsOf(kernels.f64(pointer, n * n), n).map((row) => row.map((cell) => cell / total)))
        kernels.f64(pointer, n * n).fill(0)
      })
      expectClose(glcm, made.glcm!)
      const glrlm: number[][][] = []
      let sizes: number[] = []
      visitGlrlmMatrices(kernels, levels, settings, (matrix) => {
        const cells = cellsOf(kernels, levels, matrix)
        if (cells.flat().some((cell) => cell > 0)) glrlm.push(cells)
        sizes = [...kernels.f64(matrix.sizes, matrix.columns)]
      })
      const used = made.glrlm!.sizes.map((size) => sizes.indexOf(size))
      expectClose(glrlm.map((matrix) => matrix.map((row) => used.map((j) => row[j]))), made.glrlm!.matrices) // prettier-ignore
      const sum = (matrices: number[][][]) => matrices.flat(2).reduce((total, cell) => total + cell, 0)
      expect(sum(glrlm)).toBeCloseTo(sum(made.glrlm!.matrices), 8)

      for (const [matrix, want] of [[countGlszm(kernels, levels, settings), made.glszm!], [countGldm(kernels, levels, settings), made.gldm!]] as const) {
        const columns = [...kernels.f64(matrix.sizes, matrix.columns)]
        const cells = cellsOf(kernels, levels, matrix)
        expect(cells.map((row) => want.sizes.map((size) => row[columns.indexOf(size)]))).toEqual(want.matrix)
        expect(sum([cells])).toBe(sum([want.matrix]))
      } // prettier-ignore
      const ngtdm = countNgtdm(kernels, levels, settings)
      expectClose(ngtdm.levels.map((level, k) => [ngtdm.counts[k], ngtdm.differences[k], level]), made.ngtdm!) // prettier-ignore
    })
  })
})

describe('features as PyRadiomics computes them', () => {
  it.each(texture.cases.map((made) => [made.name, made] as const))('%s', (_, made) => {
    const settings = optionsOf(made.settings)
    for (const name of classNames) {
      const want = made.features[name]
      const [release, debug] = builds.map((build) =>
        withRegion(kernelsOf[build], made, (region) =>
          attempt(() => computeFeatureClass(kernelsOf[build], region, name, 'all', settings)),
        ),
      )
      if ('error' in want) {
        expect(release).toMatch(/No voxel of the region .* can have a neighbour/)
        continue
      }
      const entries = Object.entries(want).map(([feature, value]): [string, number] => [feature, fromJson(value)])
      expect(differences(release as [string, number][], entries), name).toEqual([])
      expect((release as [string, number][]).map(([feature]) => feature)).toEqual(entries.map(([feature]) => feature))
      expect(debug, `${name}, debug build`).toEqual(release)
    }
  })
})

describe('registry', () => {
  it.each(classNames)('lists the features of %s in PyRadiomics’s order, and which of them are deprecated', (name) => {
    const { order, deprecated } = texture.names[name]
    const definitions = featureDefinitions[name]
    expect(definitions.map((definition) => definition.name)).toEqual(order)
    expect(definitions.filter((definition) => definition.deprecated).map((definition) => definition.name)).toEqual(
      Object.keys(deprecated),
    )
    expect(definitions.filter(({ replacedBy }) => replacedBy).map((definition) => definition.name)).toEqual(
      Object.keys(deprecated).filter((feature) => deprecated[feature] === null),
    )
    for (const { featureClass, unit, formula } of definitions) {
      expect(featureClass).toBe(name)
      expect(Math.min(unit.length, formula.length)).toBeGreaterThan(0)
    }
  })

  it('computes deprecated features only when named, and those that PyRadiomics put out of use never', () => {
    const made = caseNamed('defaults')
    withRegion(kernelsOf.release, made, (region) => {
      for (const name of classNames) {
        const { order, deprecated } = texture.names[name]
        const got = computeFeatureClass(kernelsOf.release, region, name, order, defaults)
        expect(got.map(([feature]) => feature)).toEqual(order.filter((feature) => deprecated[feature] !== null))
        for (const [feature, value] of got) if (deprecated[feature]) expect(value).toBeCloseTo(deprecated[feature], 9)
      }
      expect(computeFeatureClass(kernelsOf.release, region, 'glcm', ['Homogeneity1'], defaults)).toEqual([])
      expect(computeFeatureClass(kernelsOf.release, region, 'glcm', ['MCC', 'Id', 'MCC'], defaults).map(([feature]) => feature)).toEqual(['MCC', 'Id'])
      expect(() => computeFeatureClass(kernelsOf.release, region, 'ngtdm', ['Coarsness'], defaults)).toThrowSaying(/no feature Coarsness; it has Busyness/)
    }) // prettier-ignore
  })
})

describe.each(['brain1', 'breast1'])('%s, PyRadiomics’s defaults', (name) => {
  it('has every feature within 1e-9', () => {
    const want = file(`reference/pyradiomics/${name}/features_default.csv`).toString().trim().split('\n').slice(1)
      .map((line) => line.split(','))
      .map(([feature, value]): [string, number] => [feature.replace('original_', ''), Number(value)])
      .filter(([feature]) => !feature.startsWith('shape_')) // prettier-ignore
    const [release, debug] = builds.map((build) =>
      withRegion(kernelsOf[build], readSample(name), (region) =>
        computeFeatureClasses(kernelsOf[build], region, classNames.map((className) => ({ name: className, features: 'all' })), defaults).features,
      ),
    ) // prettier-ignore
    expect(want).toHaveLength(93)
    expect(differences(release, want)).toEqual([])
    expect(debug).toEqual(release)
  })
})

interface IbsiTags {
  readonly tags: Record<GreyValueClassName, Record<string, string>>
  readonly different: Record<string, string>
}

describe('IBSI digital phantom', () => {
  const { tags, different } = JSON.parse(file('reference/ibsi/featureTags.json').toString()) as IbsiTags
  const consensus = new Map(
    file('reference/ibsi/ibsi_1_dig_phantom.csv').toString().trim().split('\n').slice(1)
      .map((line) => line.split(';'))
      .map(([value, tolerance, tag]) => [tag.trim(), { value: Number(value), tolerance: Number(tolerance) }]),
  ) // prettier-ignore
  const aggregations: [string, Partial<GeneralSettings>, Partial<Record<GreyValueClassName, string>>][] = [
    ['3D, averaged', {}, { firstorder: '', glcm: '_3D_avg', glrlm: '_3D_avg', glszm: '_3D', gldm: '_3D', ngtdm: '_3D' }],
    ['3D, merged', { weightingNorm: 'no_weighting' }, { glcm: '_3D_comb', glrlm: '_3D_comb' }],
    [
      '2.5D, averaged',
      { force2D: true },
      { glcm: '_2_5D_avg', glrlm: '_2_5D_avg', glszm: '_2_5D', gldm: '_2_5D', ngtdm: '_2_5D' },
    ],
    ['2.5D, merged', { force2D: true, weightingNorm: 'no_weighting' }, { glcm: '_2_5D_comb', glrlm: '_2_5D_comb' }],
  ]
  const phantom = readSample('phantom', 'reference/ibsi/ibsi_1_digital_phantom')
  const compute = (settings: Partial<GeneralSettings>, requests: readonly GreyValueClassName[]) =>
    withRegion(kernelsOf.release, phantom, (region) =>
      computeFeatureClasses(kernelsOf.release, region, requests.map((name) => ({ name, features: 'all' })), optionsOf({ binWidth: 1, ...settings })).features,
    ) // prettier-ignore

  it.each(aggregations)('%s: equals the consensus to its three digits', (_, settings, suffixes) => {
    const requests = Object.keys(suffixes) as GreyValueClassName[]
    const outside: string[] = []
    for (const [name, value] of compute(settings, requests)) {
      const [className, feature] = name.split('_') as [GreyValueClassName, string]
      const tag = tags[className][feature]
      if (tag === undefined) {
        expect(different, name).toHaveProperty(name)
        continue
      }
      const want = consensus.get(tag + suffixes[className]!)!
      const digits = Number(value.toPrecision(3))
      if (digits !== want.value && Math.abs(value - want.value) > want.tolerance)
        outside.push(`${name}: got ${value}, want ${want.value}`)
    }
    expect(outside).toEqual([])
  })

  it('differs by 3 in kurtosis, and where else is written down', () => {
    const kurtosis = new Map(compute({}, ['firstorder'])).get('firstorder_Kurtosis')!
    expect(Number((kurtosis - 3).toPrecision(3))).toBe(consensus.get('stat_kurt')!.value)
    const shared = classNames.flatMap((name) => Object.keys(tags[name]).map((feature) => `${name}_${feature}`))
    const all = classNames.flatMap((name) => featureDefinitions[name].filter(({ deprecated }) => !deprecated).map((definition) => `${name}_${definition.name}`))
    expect([...shared, ...Object.keys(different)].sort()).toEqual(all.sort())
    for (const name of shared) expect(findDefinition(name)!.ibsi, name).toMatch(/^[A-Z0-9]{4}$/)
  }) // prettier-ignore
})

function attempt<T>(work: () => T): T | string {
  try {
    return work()
  } catch (error) {
    return sayError(error)
  }
}

/** Grey level of each voxel of the region. */
function levelsOf(kernels: Kernels, levels: LevelImage): number[] {
  const indices = new Uint16Array(kernels.u8(levels.pointer, 2 * levels.length).slice().buffer)
  const present = kernels.i32(levels.present, levels.levelCount + 1)
  return [...kernels.i32(levels.places, levels.voxelCount)].map((place) => present[indices[place]])
}

function rowsOf(cells: Float64Array, columns: number): number[][] {
  return Array.from({ length: cells.length / columns }, (_, i) => [...cells.subarray(i * columns, (i + 1) * columns)])
}

function cellsOf(kernels: Kernels, { levelCount }: LevelImage, { pointer, columns }: SizeMatrix): number[][] {
  return rowsOf(kernels.f64(pointer, levelCount * columns), columns)
}

function expectClose(got: unknown, want: unknown): void {
  const flat = (nested: unknown) => (nested as number[][][]).flat(2)
  const [here, there] = [flat(got), flat(want)]
  expect(here).toHaveLength(there.length)
  expect(here.filter((x, k) => !(Math.abs(x - there[k]) <= 1e-12 * Math.max(1, Math.abs(there[k]))))).toEqual([])
}

/** Image and mask of a sample case (NIfTI-1), cropped to the mask's box. */
function readSample(name: string, folder = `public/samples/${name}`): MadeRegion {
  const [image, mask] = ['image', 'mask'].map((part) => readNifti(`${folder}/${part}.nii.gz`)) as [NiftiImage, NiftiImage]
  const [nx, ny] = image.size
  const inside = mask.voxels.flatMap((value, i) =>
    value ? [[i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))] as const] : [],
  )
  const lower = [0, 1, 2].map((axis) => Math.min(...inside.map((at) => at[axis])))
  const upper = [0, 1, 2].map((axis) => Math.max(...inside.map((at) => at[axis])))
  const box: number[] = []
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) for (let x = lower[0]; x <= upper[0]; x++) box.push(x + nx * (y + ny * z))
  }
  return {
    size: [0, 1, 2].map((axis) => upper[axis] - lower[axis] + 1) as unknown as Triple,
    spacing: image.spacing,
    pixelType: image.pixelType,
    image: box.map((i) => image.voxels[i]),
    mask: box.map((i) => (mask.voxels[i] ? 1 : 0)),
  }
}

interface NiftiImage {
  readonly size: Triple
  readonly spacing: Triple
  readonly pixelType: PixelType
  readonly voxels: number[]
}

function readNifti(path: string): NiftiImage {
  const bytes = gunzipSync(file(path))
  const header = new DataView(bytes.buffer, bytes.byteOffset)
  const size = [1, 2, 3].map((axis) => header.getInt16(40 + 2 * axis, true)) as unknown as Triple
  const spacing = [1, 2, 3].map((axis) => header.getFloat32(76 + 4 * axis, true)) as unknown as Triple
  const start = header.getFloat32(108, true)
  const count = size[0] * size[1] * size[2]
  const readers = {
    2: ['uint8', (i: number) => header.getUint8(start + i)],
    4: ['int16', (i: number) => header.getInt16(start + 2 * i, true)],
    16: ['float32', (i: number) => header.getFloat32(start + 4 * i, true)],
    64: ['float64', (i: number) => header.getFloat64(start + 8 * i, true)],
  } as const
  const [pixelType, read] = readers[header.getInt16(70, true) as keyof typeof readers]
  return { size, spacing, pixelType, voxels: Array.from({ length: count }, (_, i) => read(i)) }
}
