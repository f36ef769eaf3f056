import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../workers/loadKernels.node.ts'
import { parseParameterFile } from '../io/records/parameterFile.ts'
import { extractFeatures } from './extract.ts'
import { featureDefinitions } from './features/registry.ts'
import { identityDirection, type Volume } from './image/volume.ts'
import type { Kernels } from './kernels/kernels.ts'
import type { Triple } from './numeric/voxelArray.ts'
import { planExtraction } from './parameters/profiles/pyradiomics.ts'

/* What a feature must not depend on, over random images and masks. */

/** Of each property; `npm run fuzz` gives more. */
const runs = Math.ceil(Number(process.env.TEXEL_FUZZ_INPUTS ?? 1200) / 100)
const seed = Number(process.env.TEXEL_FUZZ_SEED ?? 1)
const binWidth = 10
const plan = planExtraction(parseParameterFile(`setting: { binWidth: ${binWidth} }\n`))

/** What a feature does when all grey values grow by whole bins; those that are not named stay as they are. */
const withGreyLevels: Readonly<Record<'moves' | 'changes', readonly string[]>> = {
  moves: ['10Percentile', '90Percentile', 'Maximum', 'Mean', 'Median', 'Minimum'].map((name) => `firstorder_${name}`),
  changes: ['Energy', 'TotalEnergy', 'RootMeanSquared'].map((name) => `firstorder_${name}`),
}

/** What changes with the axes though the region is the same: PyRadiomics's own doing, and therefore ours. */
const withAxes: Readonly<Record<string, string>> = {
  shape_MeshVolume:
    'the mesh has two ways through a cube of voxels that touch along an edge, and takes one by the order of the axes',
  shape_SurfaceArea: 'of the mesh',
  shape_SurfaceVolumeRatio: 'of the mesh',
  shape_Sphericity: 'of the mesh',
  shape_Maximum2DDiameterSlice: 'of the plane of x and y, which is another one then',
  shape_Maximum2DDiameterColumn: 'of the plane of x and z',
  shape_Maximum2DDiameterRow: 'of the plane of y and z',
}

interface Made {
  readonly size: Triple
  readonly spacingMm: Triple
  readonly image: readonly number[]
  readonly mask: readonly number[]
}

const side = fc.integer({ min: 3, max: 6 })
const spacing = fc.constantFrom(0.5, 1, 1.25, 3)
const made: fc.Arbitrary<Made> = fc.tuple(side, side, side).chain((size) => {
  const count = size[0] * size[1] * size[2]
  const voxels = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: count, maxLength: count })
  return fc.record({
    size: fc.constant<Triple>(size),
    spacingMm: fc.tuple(spacing, spacing, spacing),
    image: voxels(fc.integer({ min: -40, max: 80 })),
    // Opposite corners are in, so that there are voxels in every direction.
    mask: voxels(fc.constantFrom(0, 1, 1)).map((mask) => mask.map((value, i) => (i === 0 || i === count - 1 ? 1 : value))),
  })
})

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels()
})

/** @param at voxels to this place in a larger grid, all else of which is grey 1000 and outside */
function measure({ size, spacingMm, image, mask }: Made, at: Triple = [1, 1, 1]): Map<string, number> {
  const [nx, ny, nz] = size
  const larger: Triple = [nx + 5, ny + 5, nz + 5]
  const voxels = new Float64Array(larger[0] * larger[1] * larger[2]).fill(1000)
  const inside = new Uint8Array(voxels.length)
  image.forEach((value, i) => {
    const place = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))].map((along, axis) => along + at[axis])
    const to = place[0] + larger[0] * (place[1] + larger[1] * place[2])
    voxels[to] = value
    inside[to] = mask[i]
  })
  const volume: Volume = { size: larger, spacingMm, originMm: [-7, 3, 11], direction: identityDirection, voxels, source: { path: 'made', format: 'NIfTI' } } // prettier-ignore
  const { features, failures } = extractFeatures(kernels, volume, { ...volume, voxels: inside }, plan)
  expect(failures).toEqual([])
  return new Map(features.map(([name, value]) => [name.replace('original_', ''), value]))
}

/** Names of features that differ by more than sums in another order do. Of Imc2 and MCC rounding alone decides whether an independent direction is NaN, 0 or 1e-8. */
function differing(got: Map<string, number>, wanted: Map<string, number>): string[] {
  expect([...got.keys()]).toEqual([...wanted.keys()])
  const same = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= Math.max(1e-9 * Math.abs(b), 1e-9)
  return [...wanted].filter(([name, value]) => !/Imc[12]|MCC/.test(name) && !same(got.get(name)!, value)).map(([name]) => name)
}

const options = { numRuns: runs, seed }

test('the tables name features that there are', () => {
  const known = Object.entries(featureDefinitions).flatMap(([name, all]) => all.map((one) => `${name}_${one.name}`))
  expect(known).toEqual(expect.arrayContaining([...Object.values(withGreyLevels).flat(), ...Object.keys(withAxes)]))
})

test('no feature changes when the region moves through the grid', () => {
  fc.assert(
    fc.property(made, fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)), (region, at) => {
      expect(differing(measure(region, at), measure(region))).toEqual([])
    }),
    options,
  )
  console.log(`translation: ${runs} regions`)
})

test('none but those that are named change when the axes change places', () => {
  const order = fc.constantFrom<Triple>([1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1])
  fc.assert(
    fc.property(made, order, (region, axes) => {
      const { size } = region
      const [nx, ny] = axes.map((axis) => size[axis])
      const turn = (values: readonly number[]) =>
        values.map((_, i) => {
          const place = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))]
          const from = [0, 1, 2].map((axis) => place[axes.indexOf(axis)])
          return values[from[0] + size[0] * (from[1] + size[1] * from[2])]
        })
      const by = (triple: Triple) => axes.map((axis) => triple[axis]) as unknown as Triple
      const turned = { size: by(size), spacingMm: by(region.spacingMm), image: turn(region.image), mask: turn(region.mask) }
      const others = differing(measure(turned), measure(region)).filter((name) => !Object.hasOwn(withAxes, name))
      expect(others).toEqual([])
    }),
    options,
  )
  console.log(`axes: ${runs} regions`)
})

test('grey levels that grow by whole bins move what the table says, by as much, and leave the rest', () => {
  fc.assert(
    fc.property(made, fc.integer({ min: 1, max: 6 }), (region, bins) => {
      const before = measure(region)
      const after = measure({ ...region, image: region.image.map((value) => value + binWidth * bins) })
      const { moves, changes } = withGreyLevels
      for (const name of moves) expect(after.get(name)! - before.get(name)!, name).toBeCloseTo(binWidth * bins, 9)
      const others = differing(after, before).filter((name) => !moves.includes(name) && !changes.includes(name))
      expect(others).toEqual([])
    }),
    options,
  )
  console.log(`grey levels: ${runs} regions`)
})
