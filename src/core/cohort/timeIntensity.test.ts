import { describe, expect, it } from 'vitest'
import type { Volume } from '../image/volume.ts'
import { drawMask } from '../mask/drawMask.ts'
import { defaultDceTumourOptions, simulateDceTumour } from '../simulate/dceTumour.ts'
import { describeTimeIntensity, relativeEnhancement, traceHottest, traceProbe, traceTimeIntensity } from './timeIntensity.ts'
import { defaultTimeIntensityOptions } from './timeIntensityOptions.ts'

const mask = drawMask([['##', '..']])
const phase = (...levels: number[]): Volume => ({
  ...mask,
  voxels: Float32Array.from(levels),
  source: { path: '', format: 'memory' },
})

describe('traceTimeIntensity', () => {
  it('gives the mean of the region a phase, without what is no number', () => {
    const phases = [phase(1, 3, 90, 90), phase(NaN, 4, 90, 90), phase(NaN, NaN, 1, 1)]
    expect(traceTimeIntensity(phases, [0, 60, 120], mask)).toEqual({ timesS: [0, 60, 120], means: [2, 4, NaN] })
  })

  it('knows no mean of an empty mask, and refuses other grids and times', () => {
    expect(traceTimeIntensity([phase(1, 1, 1, 1)], [0], { ...mask, voxels: new Uint8Array(4) }).means).toEqual([NaN])
    expect(() => traceTimeIntensity([phase(1, 1, 1, 1)], [0], drawMask([['#']]))).toThrowSaying('Phase 1 has 2 x 2 x 1 voxels')
    expect(() => traceTimeIntensity([phase(1, 1, 1, 1)], [0, 1], mask)).toThrowSaying('one a phase')
    expect(() => traceTimeIntensity([phase(1, 1, 1, 1), phase(1, 1, 1, 1)], [5, 5], mask)).toThrowSaying('ascending')
  })
})

it('traces a probe over the voxels within its radius in mm, cut off at the border', () => {
  const volume = (scale: number): Volume => ({
    ...phase(),
    size: [5, 3, 2],
    spacingMm: [1, 1, 3],
    voxels: Float32Array.from({ length: 30 }, (_, i) => scale * i),
  })
  const phases = [volume(1), volume(2)]
  // Voxel (2, 1, 0) is number 7; its four neighbours in the slice have the same mean.
  expect(traceProbe(phases, [0, 60], [2, 1, 0], 1).means).toEqual([7, 14])
  // At the corner: numbers 0, 1 and 5.
  expect(traceProbe(phases, [0, 60], [0, 0, 0], 1).means).toEqual([2, 4])
  expect(traceProbe(phases, [0, 60], [4, 2, 1], 0).means).toEqual([29, 58])
})

describe('traceHottest', () => {
  const size = [6, 5, 2] as const
  const inside = (i: number, j: number) => i > 0 && j > 0
  const volume = (level: (i: number, j: number, k: number) => number): Volume => ({
    ...phase(),
    size,
    voxels: Float32Array.from({ length: 60 }, (_, at) => level(at % 6, Math.floor(at / 6) % 5, Math.floor(at / 30))),
  })
  const region = {
    ...mask,
    size,
    voxels: Uint8Array.from({ length: 60 }, (_, at) => Number(inside(at % 6, Math.floor(at / 6) % 5))),
  }
  const before = volume(() => 100)
  // Hottest outside the region; within it around (3, 2) of the second slice.
  const early = volume((i, j, k) => (!inside(i, j) ? 900 : k === 1 && Math.abs(i - 3) < 2 && Math.abs(j - 2) < 2 ? 250 : 150))
  const late = volume(() => 160)
  const hottest = (phases: Volume[], inside: typeof region) =>
    traceHottest(phases, inside, traceTimeIntensity(phases, [0, 60, 300], inside))

  it('is the square of the region whose mean rises most to the early peak', () => {
    const { curve, centre } = hottest([before, early, late], region)!
    expect(centre).toEqual([3, 2, 1])
    expect(curve).toEqual({ timesS: [0, 60, 300], means: [100, 250, 160] })
    expect(describeTimeIntensity(curve).type).toBe('III')
    expect(describeTimeIntensity(traceTimeIntensity([before, early, late], [0, 60, 300], region)).type).toBe('II')
  })

  it('leaves out squares with what is no number, and tells where there is none', () => {
    const holed = volume((i, j, k) => (k === 1 && i === 3 && j === 2 ? NaN : early.voxels[i + 6 * (j + 5 * k)]))
    expect(hottest([before, holed, late], region)!.centre).not.toEqual([3, 2, 1])
    const line = { ...region, voxels: region.voxels.map((value, at) => (Math.floor(at / 6) % 5 === 2 ? value : 0)) }
    expect(hottest([before, early, late], line)).toBeNull()
  })
})

describe('describeTimeIntensity', () => {
  const timesS = [0, 60, 120, 300, 420]
  const typeOf = (last: number, more = {}) =>
    describeTimeIntensity({ timesS, means: [100, 180, 200, 210, last] }, { ...defaultTimeIntensityOptions, ...more }).type

  it('gives wash-in, peak and wash-out as by hand', () => {
    expect(describeTimeIntensity({ timesS, means: [100, 180, 200, 210, 170] })).toEqual({
      washInPercent: 100,
      washInPercentPerS: 100 / 120,
      earlyPeakTimeS: 120,
      peakTimeS: 300,
      peakPercent: 110,
      washOutPercent: -15,
      type: 'III',
    })
  })

  it('types the curve by its bounds, which belong to the plateau', () => {
    expect([221, 220, 200, 180, 179].map((last) => typeOf(last))).toEqual(['I', 'II', 'II', 'II', 'III'])
    expect([typeOf(221, { inflowPercent: 20 }), typeOf(185, { outflowPercent: 5 })]).toEqual(['II', 'III'])
  })

  it('takes the first phase after the baseline where none is early, and has no type without a later one', () => {
    expect(describeTimeIntensity({ timesS: [0, 200, 400], means: [100, 150, 170] })).toMatchObject({
      earlyPeakTimeS: 200,
      type: 'I',
    })
    expect(describeTimeIntensity({ timesS: [0, 90], means: [100, 150] })).toMatchObject({ washInPercent: 50, type: undefined })
    expect(describeTimeIntensity({ timesS: [0, 90, 300], means: [100, 150, NaN] }).type).toBeUndefined()
  })

  it('refuses a baseline that is no phase, and bounds that are no numbers', () => {
    const curve = { timesS: [0, 90], means: [1, 2] }
    expect(() => describeTimeIntensity(curve, { ...defaultTimeIntensityOptions, baselinePhase: 1 })).toThrowSaying('Phase 2 of 2')
    expect(() => describeTimeIntensity(curve, { ...defaultTimeIntensityOptions, inflowPercent: NaN })).toThrowSaying(
      'NaN and 10 %',
    )
  })

  it.each([
    ['spiculated', 'III'],
    ['rimEnhancing', 'II'],
  ] as const)('finds the course that the simulated %s tumour was given', (kind, type) => {
    const {
      phases,
      timesS: times,
      truth,
    } = simulateDceTumour(kind, 3, { ...defaultDceTumourOptions, size: [64, 64, 24], spacingMm: [1.6, 1.6, 3.2] })
    expect(
      describeTimeIntensity(traceTimeIntensity(phases, times, truth), { ...defaultTimeIntensityOptions, earlyUntilS: 180 }).type,
    ).toBe(type)
  })
})

it('gives the relative enhancement of a voxel, but of air', () => {
  const pairs = [[100, 150], [50, 25], [0, 7], [3, 9]] // prettier-ignore
  expect(pairs.map(([before, after]) => relativeEnhancement(before, after, 5))).toEqual([50, -50, NaN, NaN])
})
