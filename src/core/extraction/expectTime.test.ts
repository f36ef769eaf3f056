// @vitest-environment node
import { expect, test } from 'vitest'
import { parseParameterFile, studyParameterFile } from '../../io/records/parameterFile.ts'
import { identityDirection } from '../image/volume.ts'
import { planExtraction } from '../parameters/profiles/pyradiomics.ts'
import { expectTime, expectVoxels } from './expectTime.ts'
import { planImage } from './cutCase.ts'

test('regions take a time each and a time a voxel, by those that were measured', () => {
  const line = expectTime([1, 2, 4].map((voxels) => ({ voxels, ms: 100 + 3 * voxels })))
  expect(line(10)).toBeCloseTo(130)
  // Of one size, or against all sense: the mean.
  expect(expectTime([{ voxels: 5, ms: 10 }, { voxels: 5, ms: 30 }])(50)).toBe(20) // prettier-ignore
  expect(expectTime([{ voxels: 1, ms: 30 }, { voxels: 9, ms: 10 }])(50)).toBe(20) // prettier-ignore
})

test('voxels are those of the grid on which a region is measured, to a slice on each side', () => {
  const grid = { size: [120, 120, 30], spacingMm: [0.7, 0.7, 3], originMm: [0, 0, 0], direction: identityDirection } as const
  const box = { lower: [40, 50, 10], upper: [69, 74, 17] } as const
  const parameters = parseParameterFile(studyParameterFile)
  for (const spacing of [[1, 1, 1], null] as const) {
    const plan = planExtraction({ ...parameters, settings: { ...parameters.settings, resampledPixelSpacing: spacing } })
    const { size } = planImage(grid, grid, box, plan).grid
    const voxels = expectVoxels([30, 25, 8], grid, plan)
    const [fewest, most] = [-2, 2].map((more) => size.reduce((product, n) => product * (n + more), 1))
    expect(voxels).toBeGreaterThan(fewest)
    expect(voxels).toBeLessThan(most)
  }
})
