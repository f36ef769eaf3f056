import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels, MaskBlock } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { compareFeatures, defaultTolerance, parseFeatureLines } from './madeComparison.ts'
import { computeShape, measureDiameters, measureGreatestDiameter, padMask, shapeDefinitions } from './shape.ts'
import { generalDefaults } from '../parameters/profiles/pyradiomics/generalSettings.ts'
import { planShape2D } from '../parameters/profiles/pyradiomics.ts'
import { computeShape2D, shape2DDefinitions, shape2DSkipReason } from './shape2D.ts'

interface MadeMask {
  size: Triple
  spacingMm: Triple
  voxels: Uint8Array
}

const reference = (path: string) => readFileSync(new URL(`../../../reference/${path}`, import.meta.url), 'utf8')
const rows = (path: string) => reference(path).trim().split('\n').slice(1).map((line) => line.split(',')) // prettier-ignore
const number = (text: string) => (text === 'nan' ? NaN : Number(text))

interface MaskText {
  size_xyz: Triple
  spacing_xyz_mm: Triple
  slices: string[]
}
const texts = (JSON.parse(reference('pyradiomics/shape/masks.json')) as { masks: Record<string, MaskText> }).masks
const madeMasks: Record<string, MadeMask> = Object.fromEntries(
  Object.entries(texts).map(([name, { size_xyz, spacing_xyz_mm, slices }]) => {
    const voxels = Uint8Array.from(slices.join('').replaceAll(' ', ''), (character) => (character === '#' ? 1 : 0))
    return [name, { size: size_xyz, spacingMm: spacing_xyz_mm, voxels }]
  }),
)

/** Tighter than what an extraction is asked for: the mesh is exact up to rounding. */
const tolerance = { ...defaultTolerance, relative: 1e-11, absolute: 1e-12, absoluteWhereCancelling: 1e-12 }

/**
 * Regions within an oblique line or plane have an exact variance of 0 there; PyRadiomics's eigenvalue solver leaves rounding of
 * about 1e-16 of the largest, so its axis lengths are near 1e-8 of the longest.
 */
const obliqueAndFlat = ['line_diagonal', 'corner_twins', 'stair']
const toleranceOf = (name: string) => (obliqueAndFlat.includes(name) ? { ...tolerance, absolute: 5e-7 } : tolerance)

function withMask<T>(kernels: Kernels, { size, voxels }: Omit<MadeMask, 'spacingMm'>, work: (mask: MaskBlock) => T): T {
  return kernels.scope(() => {
    const pointer = kernels.allocate(voxels.length)
    kernels.u8(pointer, voxels.length).set(voxels)
    return work({ pointer, size })
  })
}

/** Voxels different from 0 of a NIfTI-1 file with 8-bit voxels, cropped to their box. */
function readSampleMask(path: string): MadeMask {
  const bytes = gunzipSync(readFileSync(new URL(`../../../${path}`, import.meta.url)))
  const header = new DataView(bytes.buffer, bytes.byteOffset)
  const size = [1, 2, 3].map((axis) => header.getInt16(40 + 2 * axis, true))
  const spacing = [1, 2, 3].map((axis) => header.getFloat32(76 + 4 * axis, true))
  const bytesPerVoxel = header.getInt16(72, true) / 8
  const start = header.getFloat32(108, true)
  const inside = (x: number, y: number, z: number) => bytes[start + bytesPerVoxel * (x + size[0] * (y + size[1] * z))] !== 0
  const [lower, upper] = [[Infinity, Infinity, Infinity], [-1, -1, -1]] // prettier-ignore
  for (let z = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++)
      for (let x = 0; x < size[0]; x++)
        if (inside(x, y, z))
          [x, y, z].forEach((at, axis) => {
            lower[axis] = Math.min(lower[axis], at)
            upper[axis] = Math.max(upper[axis], at)
          })
  const cropped = lower.map((from, axis) => upper[axis] - from + 1) as unknown as Triple
  const voxels = Uint8Array.from({ length: cropped[0] * cropped[1] * cropped[2] }, (_, i) => {
    const [x, y, z] = [i % cropped[0], Math.floor(i / cropped[0]) % cropped[1], Math.floor(i / (cropped[0] * cropped[1]))]
    return Number(inside(x + lower[0], y + lower[1], z + lower[2]))
  })
  return { size: cropped, spacingMm: spacing as unknown as Triple, voxels }
}

const shapeNames = shapeDefinitions.map(({ name }) => name)
const shape2DNames = shape2DDefinitions.map(({ name }) => name)

describe.each(['release', 'debug'] as const)('shape, %s build', (build) => {
  let kernels: Kernels
  beforeAll(async () => {
    kernels = await loadKernels({ build })
  })

  it.each(Object.keys(madeMasks))('%s: every 3D feature is PyRadiomics’s', (name) => {
    const { spacingMm, ...mask } = madeMasks[name]
    const want = rows('pyradiomics/shape/shape.csv').filter(([key]) => key === name).map(([, feature, value]): [string, number] => [feature, number(value)]) // prettier-ignore
    const got = withMask(kernels, mask, (block) => computeShape(kernels, block, spacingMm, shapeNames))
    expect(want).toHaveLength(17)
    expect(compareFeatures(withClass(got), withClass(want), toleranceOf(name))).toMatchObject({
      equal: true,
      missing: [],
      extra: [],
      outside: [],
    })
  })

  it.each(['0', '1', '2'])('every 2D feature is PyRadiomics’s, plane across dimension %s', (dimension) => {
    const all = rows('pyradiomics/shape/shape2D.csv').filter(([, key]) => key === dimension)
    const names = [...new Set(all.map(([name]) => name))]
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) {
      const want = all.filter(([key]) => key === name).map(([, , feature, value]): [string, number] => [feature, number(value)])
      const { spacingMm, ...mask } = madeMasks[name]
      const got = withMask(kernels, mask, (block) => computeShape2D(kernels, block, spacingMm, planeOf(Number(dimension) as 0 | 1 | 2), shape2DNames)) // prettier-ignore
      expect(compareFeatures(withClass(got), withClass(want), toleranceOf(name)), name).toMatchObject({
        equal: true,
        outside: [],
      })
    }
  })

  it.each(['brain1', 'breast1'])('%s: the 14 features of a default extraction, in its order', (name) => {
    const want = parseFeatureLines(reference(`pyradiomics/${name}/features_default.csv`)).filter(([key]) => key.startsWith('original_shape_')) // prettier-ignore
    const { spacingMm, ...mask } = readSampleMask(`public/samples/${name}/mask.nii.gz`)
    const got = withClass(withMask(kernels, mask, (block) => computeShape(kernels, block, spacingMm)))
    expect(got.map(([key]) => key)).toEqual(want.map(([key]) => key))
    expect(compareFeatures(got, want, { ...tolerance, relative: 1e-9 })).toMatchObject({ equal: true, outside: [] })
  })

  it('IBSI digital phantom: the features that PyRadiomics shares with IBSI', () => {
    const ibsi = new Map(reference('ibsi/ibsi_1_dig_phantom.csv').trim().split('\n').slice(1).map((line) => line.split(';')).map(([value, within, tag]) => [tag, { value: Number(value), within: Number(within) }])) // prettier-ignore
    const { spacingMm, ...mask } = readSampleMask('reference/ibsi/ibsi_1_digital_phantom/mask.nii.gz')
    const got = new Map(withMask(kernels, mask, (block) => computeShape(kernels, block, spacingMm, shapeNames)))
    const shared = Object.entries(ibsiTags)
    const voxelCount = mask.voxels.reduce((sum, inside) => sum + inside, 0)
    expect(voxelCount).toBe(74)
    expect(shapeNames.filter((name) => !Object.hasOwn(ibsiTags, name))).toEqual(shapeDefinitions.filter(({ ibsi: id }) => !id).map(({ name }) => name)) // prettier-ignore
    for (const [name, tag] of shared) {
      const { value, within } = ibsi.get(tag)!
      // IBSI divides the covariance of the voxel centres by N - 1, PyRadiomics by N.
      const asIbsi = got.get(name)! * (name.endsWith('AxisLength') ? Math.sqrt(voxelCount / (voxelCount - 1)) : 1)
      expect(Math.abs(asIbsi - value), `${name} ${asIbsi}`).toBeLessThanOrEqual(within)
    }
  })

  it('area and volume of all 256 single cubes', () => {
    const { corners_zyx, rows: cubes } = JSON.parse(reference('pyradiomics/shape/marching_cubes_cases.json')) as { corners_zyx: Triple[]; rows: number[][] } // prettier-ignore
    expect(cubes).toHaveLength(256)
    for (const [cube, ...want] of cubes) {
      const voxels = new Uint8Array(8)
      corners_zyx.forEach(([z, y, x], corner) => (voxels[x + 2 * y + 4 * z] = (cube >> corner) & 1))
      const got = withMask(kernels, { size: [2, 2, 2], voxels }, ({ pointer }) => {
        const [tally, result] = [kernels.allocate(8192), kernels.allocate(16)]
        kernels.exports.tallyCubes(pointer, 2, 2, 2, tally)
        return [[1, 1, 1] as const, [5, 3, 2] as const].flatMap(([sx, sy, sz]) => {
          kernels.exports.measureCubes(tally, sx, sy, sz, result)
          return [...kernels.f64(result, 2)]
        })
      })
      want.forEach((value, i) => expect(Math.abs(got[i] - value), `case ${cube}`).toBeLessThan(1e-12))
    }
  })

  it('the greatest diameter alone is PyRadiomics’s', () => {
    for (const [name, { voxels, ...grid }] of Object.entries(madeMasks)) {
      const mask = {
        ...grid,
        originMm: [0, 0, 0],
        direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        voxels: Uint8Array.from(voxels),
      } as const
      const [, , want] = rows('pyradiomics/shape/shape.csv').find(([key, feature]) => key === name && feature === 'Maximum3DDiameter')! // prettier-ignore
      expect(measureGreatestDiameter(kernels, mask), name).toBeCloseTo(number(want), 10)
    }
  })

  it('diameters are those of all pairs of vertices', () => {
    for (const [name, { spacingMm, ...mask }] of Object.entries(madeMasks)) {
      const got = withMask(kernels, mask, (block) => measureDiameters(kernels, padMask(kernels, block), spacingMm))
      allPairs(mask, spacingMm).forEach((want, i) => expect(Math.abs(got[i] - want), name).toBeLessThan(1e-12))
    }
  })

  it.each([[1, 1, 1], [0.9, 1.3, 2.1], [0.7, 0.7, 5]] as const)('an oblique plane is flat, and an oblique line has one axis: %d x %d x %d mm', (...spacingMm) => {
    const voxelsWhere = (isInside: (x: number, y: number, z: number) => boolean) =>
      Uint8Array.from({ length: 9 * 8 * 8 }, (_, i) => Number(isInside(i % 9, Math.floor(i / 9) % 8, Math.floor(i / 72))))
    const axes = (voxels: Uint8Array) =>
      new Map(withMask(kernels, { size: [9, 8, 8], voxels }, (block) => computeShape(kernels, block, spacingMm)))
    const plane = axes(voxelsWhere((x, y, z) => y === z && (x === y || x === y + 1)))
    expect([plane.get('LeastAxisLength'), plane.get('Flatness')]).toEqual([0, 0])
    const line = axes(voxelsWhere((x, y, z) => y === z && x === y))
    expect([line.get('MinorAxisLength'), line.get('Elongation')]).toEqual([0, 0])
  }) // prettier-ignore

  it('leaves no memory behind and refuses an empty mask and unknown names', () => {
    const before = kernels.scope(() => kernels.allocate(8))
    const empty = { size: [3, 2, 1] as const, voxels: new Uint8Array(6) }
    expect(() => withMask(kernels, empty, (block) => computeShape(kernels, block, [1, 1, 1]))).toThrowSaying('The mask is empty')
    expect(() => withMask(kernels, madeMasks.box, (block) => computeShape(kernels, block, [1, 1, 1], ['Roundness']))).toThrowSaying('no feature Roundness') // prettier-ignore
    expect(() => withMask(kernels, madeMasks.box, (block) => computeShape2D(kernels, block, [1, 1, 1], planeOf(0)))).toThrowSaying('dimension 0 (z) is 3, expected 1') // prettier-ignore
    expect(kernels.scope(() => kernels.allocate(8))).toBe(before)
  })

  it('rescaling all spacings rescales lengths, areas and volumes, and nothing else', () => {
    const { spacingMm, ...mask } = madeMasks.noise_50
    const powers: Record<string, number> = { mm: 1, 'mm²': 2, 'mm³': 3, '1/mm': -1, '1': 0 }
    const [once, twice] = [1, 2].map((factor) => withMask(kernels, mask, (block) => computeShape(kernels, block, spacingMm.map((s) => s * factor) as unknown as Triple, shapeNames))) // prettier-ignore
    once.forEach(([name, value], i) => {
      const { unit } = shapeDefinitions.find((definition) => definition.name === name)!
      expect(twice[i][1] / (value * 2 ** powers[unit]), name).toBeCloseTo(1, 12)
    })
  })
})

test('release and debug builds give the same bits', async () => {
  const [release, debug] = await Promise.all((['release', 'debug'] as const).map((build) => loadKernels({ build })))
  for (const { spacingMm, ...mask } of Object.values(madeMasks)) {
    const [a, b] = [release, debug].map((kernels) => withMask(kernels, mask, (block) => computeShape(kernels, block, spacingMm)))
    expect(a).toEqual(b)
  }
})

test('deprecated features come only when named, named ones once and in the order given', async () => {
  const kernels = await loadKernels()
  const { spacingMm, ...mask } = madeMasks.ball
  const names = (features: 'all' | string[]) => withMask(kernels, mask, (block) => computeShape(kernels, block, spacingMm, features)).map(([name]) => name) // prettier-ignore
  expect(names('all')).toHaveLength(14)
  expect(names([])).toEqual(names('all'))
  expect(names('all').filter((name) => shapeDefinitions.find((definition) => definition.name === name)!.deprecated)).toEqual([])
  expect(names(['Sphericity', 'Compactness2', 'Elongation', 'Sphericity'])).toEqual(['Sphericity', 'Compactness2', 'Elongation'])
})

test('shape2D is skipped, computed or refused as in a whole extraction', () => {
  const outcomes = (JSON.parse(reference('pyradiomics/shape/shape2D_applicability.json')) as { rows: { extent_zyx: Triple; force2D: boolean; force2Ddimension: 0 | 1 | 2; outcome: string }[] }).rows // prettier-ignore
  expect(outcomes).toHaveLength(42)
  for (const { extent_zyx, outcome, ...settings } of outcomes) {
    const size = extent_zyx.toReversed() as unknown as Triple
    const skipped = !settings.force2D || shape2DSkipReason(size, planeOf(settings.force2Ddimension)) !== null
    expect(skipped, JSON.stringify({ extent_zyx, settings })).toBe(outcome === 'skipped')
    if (outcome !== 'skipped') expect(extent_zyx[settings.force2Ddimension] === 1).toBe(outcome === 'computed')
  }
})

/** Where PyRadiomics's definition is IBSI's. */
const ibsiTags: Record<string, string> = {
  Compactness1: 'morph_comp_1',
  Compactness2: 'morph_comp_2',
  Elongation: 'morph_pca_elongation',
  Flatness: 'morph_pca_flatness',
  LeastAxisLength: 'morph_pca_least_axis',
  MajorAxisLength: 'morph_pca_maj_axis',
  Maximum3DDiameter: 'morph_diam',
  MeshVolume: 'morph_volume',
  MinorAxisLength: 'morph_pca_min_axis',
  SphericalDisproportion: 'morph_sph_dispr',
  Sphericity: 'morph_sphericity',
  SurfaceArea: 'morph_area_mesh',
  SurfaceVolumeRatio: 'morph_av',
  VoxelVolume: 'morph_vol_approx',
}

function withClass(features: [string, number][]): [string, number][] {
  return features.map(([name, value]) => [`original_shape_${name}`, value])
}

const planeOf = (force2Ddimension: 0 | 1 | 2) => planShape2D({ ...generalDefaults, force2Ddimension })

/** Largest distances of mesh vertices with equal z, y, x, and of all, by comparing every pair. */
function allPairs({ size: [nx, ny, nz], voxels }: Omit<MadeMask, 'spacingMm'>, spacingMm: Triple): number[] {
  const inside = (x: number, y: number, z: number) => x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz && voxels[x + nx * (y + ny * z)] === 1 // prettier-ignore
  const vertices: number[][] = []
  for (let z = -1; z <= nz; z++)
    for (let y = -1; y <= ny; y++)
      for (let x = -1; x <= nx; x++) {
        if (inside(x, y, z) !== inside(x + 1, y, z)) vertices.push([x + 0.5, y, z])
        if (inside(x, y, z) !== inside(x, y + 1, z)) vertices.push([x, y + 0.5, z])
        if (inside(x, y, z) !== inside(x, y, z + 1)) vertices.push([x, y, z + 0.5])
      }
  const best = [0, 0, 0, 0]
  vertices.forEach((a, i) =>
    vertices.slice(0, i).forEach((b) => {
      const distance = Math.sqrt(a.reduce((sum, value, axis) => sum + ((value - b[axis]) * spacingMm[axis]) ** 2, 0))
      const equal = [2, 1, 0].map((axis) => a[axis] === b[axis])
      ;[...equal, true].forEach((counts, k) => counts && (best[k] = Math.max(best[k], distance)))
    }),
  )
  return best
}
