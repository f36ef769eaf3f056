import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { measureVolume } from '../image/statistics.ts'
import { identityDirection, type Grid, type Volume } from '../image/volume.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { Mask } from '../mask/mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { planIbsi } from '../parameters/profiles/ibsi.ts'
import { ibsiDefaults, type IbsiSettings } from '../parameters/profiles/ibsi/parameters.ts'
import { cutCase } from './cutCase.ts'
import { measureByIbsi } from './measureByIbsi.ts'
import { planJobs } from './planJobs.ts'
import { prepareCase, prepareSlices } from './prepareCase.ts'
import { openCase, runJob } from './runJob.ts'

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels({ build: 'debug' })
})

const gridOf = (size: Triple, spacingMm: Triple): Grid => ({
  size,
  spacingMm,
  originMm: [-10, 5, 30],
  direction: identityDirection,
})

function fill<T>(size: Triple, valueAt: (x: number, y: number, z: number) => T): T[] {
  const [nx, ny, nz] = size
  return Array.from({ length: nx * ny * nz }, (_, i) => valueAt(i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))))
}

function makeCase(grid: Grid, greyAt: (x: number, y: number, z: number) => number, isInside: (x: number, y: number, z: number) => boolean): { image: Volume; mask: Mask } {
  return {
    image: { ...grid, voxels: Int16Array.from(fill(grid.size, greyAt)), source: { path: 'made', format: 'memory' } },
    mask: { ...grid, voxels: Uint8Array.from(fill(grid.size, (x, y, z) => (isInside(x, y, z) ? 1 : 0))) },
  }
} // prettier-ignore

const planOf = (settings: Partial<IbsiSettings>, padding = Infinity) => {
  const plan = planIbsi({ profile: 'IBSI', settings: { ...ibsiDefaults, ...settings }, filters: [{ kind: 'none' }], families: ['stat', 'loc'] }) // prettier-ignore
  return { ...plan, surroundings: { ...plan.surroundings, padding } }
}

const prepare = ({ image, mask }: { image: Volume; mask: Mask }, plan: ReturnType<typeof planOf>) =>
  prepareCase(kernels, cutCase(image, mask, plan), measureVolume(image.voxels), plan)

describe('image and masks on the IBSI’s grid', () => {
  const ramp = makeCase(gridOf([10, 7, 5], [1, 1, 3]), (x) => 100 * x, (x, y, z) => x > 2 && x < 8 && y > 1 && y < 5 && z > 0 && z < 4) // prettier-ignore

  it('covers the image and has its centre; points beyond the outermost voxels get their grey value', () => {
    const { grid, voxels } = prepare(ramp, planOf({ spacing: [3, 2, 2] }))
    expect(grid.size).toEqual([4, 4, 8])
    const centre = (g: Grid) => g.size.map((n, axis) => g.originMm[axis] + ((n - 1) / 2) * g.spacingMm[axis])
    expect(centre(grid)).toEqual(centre(ramp.image))
    // The old places of the new voxels along x are 0, 3, 6, 9.
    expect([...voxels.subarray(0, 4)].map((value) => Number(value.toFixed(9)))).toEqual([0, 300, 600, 900])
    // Old places -0.25 and 9.25: a quarter of a voxel beyond the outermost centres.
    const all = makeCase(gridOf([10, 1, 1], [1, 1, 1]), (x) => 100 * x, () => true) // prettier-ignore
    for (const interpolation of ['linear', 'cubic'] as const) {
      const { voxels: ends } = prepare(all, planOf({ spacing: [9.5, 0, 0], interpolation }))
      expect(Math.abs(ends[0]) < 20 && Math.abs(ends[1] - 900) < 20, `${interpolation}: ${ends.join(' ')}`).toBe(true)
      if (interpolation === 'linear') expect([...ends]).toEqual([0, 900])
    }
  })

  it('a spline of the whole image gives the same bits to the region alone, and to slices made apart', () => {
    const settings = { spacing: [1.3, 0.8, 2], interpolation: 'cubic' } as const
    const whole = prepare(ramp, planOf(settings))
    const plan = planOf(settings, 1)
    const cut = cutCase(ramp.image, ramp.mask, plan)
    const part = prepareCase(kernels, cut, measureVolume(ramp.image.voxels), plan)
    const [dx, dy, dz] = part.grid.originMm.map((mm, axis) => Math.round((mm - whole.grid.originMm[axis]) / whole.grid.spacingMm[axis])) // prettier-ignore
    const [wx, wy] = whole.grid.size
    const seen = fill(part.grid.size, (x, y, z) => whole.voxels[x + dx + wx * (y + dy + wy * (z + dz))])
    part.voxels.forEach((value, i) => expect(value).toBeCloseTo(seen[i], 9))
    const last = part.grid.size[2]
    const slices = [[0, 2], [2, last]].map(([from, to]) => prepareSlices(kernels, cut, measureVolume(ramp.image.voxels), plan, { from, to })) // prettier-ignore
    expect(slices.flatMap(({ voxels }) => [...voxels])).toEqual([...part.voxels])
    expect(slices.flatMap(({ mask }) => [...mask])).toEqual([...part.shapeMask])
  })

  it('has the voxels that are inside by at least a half, and goes on at the image’s edge as the image does', () => {
    const toEdge = makeCase(gridOf([6, 1, 1], [1, 1, 1]), (x) => x, (x) => x < 3) // prettier-ignore
    const { shapeMask, grid } = prepare(toEdge, planOf({ spacing: [0.5, 0, 0] }))
    expect(grid.size).toEqual([12, 1, 1])
    // Old places -0.25, 0.25 .. 2.25, 2.75: the last but one is 0.75 inside, the last 0.25.
    expect([...shapeMask]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    const tie = prepare(makeCase(gridOf([6, 1, 1], [1, 1, 1]), (x) => x, (x) => x < 3), planOf({ spacing: [2, 0, 0] })) // prettier-ignore
    // Old places 0.5, 2.5, 4.5: a half is inside.
    expect([...tie.shapeMask]).toEqual([1, 1, 0])
  })

  it('rounds a half up, below 0 too', () => {
    const halves = makeCase(gridOf([6, 1, 1], [1, 1, 1]), (x) => 2 * x - 5, () => true) // prettier-ignore
    const odd = makeCase(gridOf([6, 1, 1], [1, 1, 1]), (x) => x - 3, () => true) // prettier-ignore
    const plan = planOf({ spacing: [2, 0, 0], roundIntensities: true })
    expect([...prepare(halves, plan).voxels]).toEqual([-4, 0, 4])
    expect([...prepare(odd, plan).voxels]).toEqual([-2, 0, 2])
  })

  it('takes spacings as the decimals that headers in single precision stand for', () => {
    const spacing = Math.fround(0.977)
    const { grid } = prepare(makeCase(gridOf([1000, 1, 1], [spacing, 1, 1]), (x) => x, (x) => x === 3 || x === 4), planOf({ spacing: [1, 0, 0] })) // prettier-ignore
    expect(grid.size).toEqual([977, 1, 1])
    const kept = prepare(makeCase(gridOf([4, 1, 1], [spacing, 1, 1]), (x) => x, (x) => x > 1), planOf({})) // prettier-ignore
    expect(kept.grid.spacingMm).toEqual([0.977, 1, 1])
  })
})

it('leaves out of what is measured first what is out of range, then what is far from the mean of the rest; what was drawn stays', () => {
  const values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 1000, 0]
  const made = makeCase(gridOf([16, 1, 1], [1, 1, 1]), (x) => values[x], (x) => x < 15) // prettier-ignore
  const { mask, shapeMask, boundingBox, voxelCount } = prepare(made, planOf({ range: [-100, 100], outlierSd: 3 }))
  const sum = (voxels: Uint8Array) => voxels.reduce((total, inside) => total + inside, 0)
  // Without the range the 9 would not be far from a mean that the 1000 moves.
  expect([sum(mask), sum(shapeMask), voxelCount]).toEqual([13, 15, 13])
  expect(boundingBox).toEqual({ lower: [0, 0, 0], upper: [14, 0, 0] })
  expect(sum(prepare(made, planOf({ outlierSd: 3 })).mask)).toBe(14)
})

it('local peaks look at the image round the region as far as a sphere of a cubic centimetre reaches', () => {
  const made = makeCase(gridOf([21, 21, 21], [1, 1, 1]), (x, y, z) => (x * 7 + y * 3 + z * 5) % 11, (x, y, z) => x > 8 && x < 12 && y > 8 && y < 12 && z > 8 && z < 12) // prettier-ignore
  const measure = (padding: number) => {
    const plan = planOf({}, padding)
    const prepared = prepare(made, plan)
    return kernels.scope(() => {
      const open = openCase(kernels, prepared, measureByIbsi)
      return planJobs(prepared, plan).flatMap((job) => runJob(open, job).features!)
    })
  }
  expect(measure(0)).toEqual(measure(Infinity))
})
