// @vitest-environment node
import { expect, test } from 'vitest'
import { identityDirection, type Volume } from '../image/volume.ts'
import { planExtraction } from '../parameters/profiles/pyradiomics.ts'
import { defaultSettings } from '../parameters/profiles/pyradiomics/knownSettings.ts'
import { checkCase } from './checkCase.ts'
import { say } from '../../messages/say.ts'

const grid = { size: [10, 10, 4], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection } as const
const image = (value: (i: number) => number): Volume => ({
  ...grid,
  voxels: Float32Array.from({ length: 400 }, (_, i) => value(i)),
  source: { path: 'a', format: 'memory' },
})
const mask = (from: number, to: number) => ({ ...grid, voxels: new Uint8Array(400).fill(1, from, to) })
const whole = { lower: [0, 0, 0], upper: [9, 9, 3] } as const
const plan = planExtraction({
  settings: { ...defaultSettings, binWidth: 10 },
  imageTypes: [{ type: 'Original', overrides: {} }],
  featureClasses: [],
})

test('a fit region has facts and no warnings', () => {
  expect(
    checkCase(
      image((i) => i),
      mask(0, 300),
      whole,
      plan,
    ),
  ).toEqual({
    isRefused: false,
    voxelCount: 300,
    sliceCount: 3,
    minimum: 0,
    maximum: 299,
    warnings: [],
  })
})

test.each([
  [
    'one voxel',
    checkCase(
      image((i) => i),
      mask(7, 8),
      whole,
      plan,
    ),
    /one voxel/,
  ],
  [
    'one slice',
    checkCase(
      image((i) => 3 * i),
      mask(0, 100),
      whole,
      plan,
    ),
    /one slice/,
  ],
  [
    'one grey value',
    checkCase(
      image(() => 5),
      mask(0, 300),
      whole,
      plan,
    ),
    /same grey value/,
  ],
  [
    'voxels that are not numbers',
    checkCase(
      image((i) => (i === 9 ? NaN : i)),
      mask(0, 300),
      whole,
      plan,
    ),
    /refused: 1 NaN or infinite voxel in the ROI, at \(9, 0, 0\)/,
  ],
  [
    'a slice left out',
    checkCase(
      image((i) => i),
      { ...grid, voxels: new Uint8Array(400).fill(1, 0, 100).fill(1, 200, 300) },
      whole,
      plan,
    ),
    /Slice 2 lies inside the extent of the region and holds none of it.*Mask operations, Interpolate/,
  ],
  ['thick slices', checkCase({ ...image((i) => i), spacingMm: [1, 1, 5] }, mask(0, 300), whole, plan), /5\.0 times/],
])('%s is warned of', (_, { warnings, isRefused }, message) => {
  expect(warnings).toHaveLength(1)
  expect(say(warnings[0])).toMatch(message)
  expect(isRefused).toBe(/refused/.test(say(warnings[0])))
})
