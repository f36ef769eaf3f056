import { describe, expect, it } from 'vitest'
import { countConnectedComponents } from '../mask/connectedComponents.ts'
import { measureMask } from '../mask/measure/measureMask.ts'
import { defaultDceTumourOptions, simulateDceTumour } from './dceTumour.ts'

describe.each(['spiculated', 'rimEnhancing'] as const)('simulateDceTumour, %s', (kind) => {
  const series = simulateDceTumour(kind, 5)
  const meanAt = (phase: number) => measureMask(series.phases[phase], series.truth).mean

  it('gives one volume a phase, on one grid with the truth', () => {
    expect(series.phases.length).toBe(series.timesS.length)
    for (const { size, direction, voxels } of series.phases) {
      expect(size).toEqual(series.truth.size)
      expect(direction).toEqual(series.truth.direction)
      expect(voxels.length).toBe(series.truth.voxels.length)
    }
  })

  it('has a tumour of a few cm3 around its centre that takes contrast up as it should', () => {
    const { volumeMm3 } = measureMask(series.phases[0], series.truth)
    expect(volumeMm3).toBeGreaterThan(3000)
    expect(volumeMm3).toBeLessThan(9000)
    const [x, y, z] = series.centre
    expect(series.truth.voxels[x + series.truth.size[0] * (y + series.truth.size[1] * z)]).toBe(1)
    expect(countConnectedComponents(series.truth.voxels, series.truth.size)).toBeLessThan(6)
    expect(meanAt(1) / meanAt(0)).toBeGreaterThan(1.4)
    const change = meanAt(5) / Math.max(meanAt(1), meanAt(2)) - 1
    if (kind === 'spiculated') expect(change).toBeLessThan(-0.1)
    else expect(Math.abs(change)).toBeLessThan(0.1)
  })

  it('is the same for the same seed, another for another', () => {
    const small = { ...defaultDceTumourOptions, size: [64, 64, 24], spacingMm: [1.6, 1.6, 3.2], timesS: [0, 90] } as const
    const [one, again, other] = [9, 9, 10].map((seed) => simulateDceTumour(kind, seed, small))
    const bytes = (dce: typeof one) => [dce.truth, ...dce.phases].map(({ voxels }) => Buffer.from(voxels.buffer))
    expect(bytes(again).every((volume, i) => volume.equals(bytes(one)[i]))).toBe(true)
    expect(bytes(other).some((volume, i) => volume.equals(bytes(one)[i]))).toBe(false)
  })
})
