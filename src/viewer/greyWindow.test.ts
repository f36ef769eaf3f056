import { describe, expect, it } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { dicomWindow, percentileWindow, startWindow } from './greyWindow.ts'

describe('start of window and level', () => {
  it('leaves out a hundredth at each end', () => {
    expect(percentileWindow(Float32Array.from({ length: 101 }, (_, i) => i * 10))).toEqual({ centre: 500, width: 980 })
  })

  it('is not led astray by voxels that are no numbers', () => {
    expect(percentileWindow(Float64Array.of(NaN, 1, 3, Infinity))).toEqual({ centre: 2, width: 2 })
    expect(percentileWindow(Float64Array.of(NaN, NaN))).toEqual({ centre: 0, width: 1 })
  })

  it('shows the whole range where nearly all is background, and something for a flat image', () => {
    const spot = new Int16Array(1000)
    spot[500] = 80
    expect(percentileWindow(spot)).toEqual({ centre: 40, width: 80 })
    expect(percentileWindow(new Int16Array(8).fill(7))).toEqual({ centre: 7, width: 1 })
  })

  it('takes the first pair that DICOM gives, if it can be used', () => {
    expect(dicomWindow({ WindowCenter: '40\\600', WindowWidth: '400\\1500' })).toEqual({ centre: 40, width: 400 })
    expect(dicomWindow({ WindowCenter: ' -500.5 ', WindowWidth: '1e3' })).toEqual({ centre: -500.5, width: 1000 })
    expect(dicomWindow({ WindowCenter: '40', WindowWidth: '0' })).toBeUndefined()
    expect(dicomWindow({ WindowCenter: '', WindowWidth: '100' })).toBeUndefined()
    expect(dicomWindow(undefined)).toBeUndefined()
  })

  const volumeOf = (values: readonly number[], dicom?: Readonly<Record<string, string>>): Volume => ({
    size: [values.length, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels: Float32Array.from(values),
    source: dicom ? { path: 'made', format: 'DICOM', dicom } : { path: 'made', format: 'NIfTI' },
  })
  const levels = (count: number, from: number, to: number) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / count)
  /** A chest: air around, lung, fat and muscle, some bone. */
  const chest = [...levels(600, -1024, -980), ...levels(150, -900, -700), ...levels(230, -120, 80), ...levels(20, 200, 1200)]
  const softTissue = { centre: 40, width: 400 }

  it.each<[string, number[], Readonly<Record<string, string>> | undefined, { centre: number; width: number } | 'percentiles']>([
    [
      'CT with the window of its scanner',
      chest,
      { Modality: 'CT', WindowCenter: '-600\\40', WindowWidth: '1500\\400' },
      { centre: -600, width: 1500 },
    ],
    ['CT without a window', chest, { Modality: 'CT' }, softTissue],
    ['CT with a window of no width', chest, { Modality: 'CT', WindowCenter: '40', WindowWidth: '0' }, softTissue],
    ['CT with a window above all that it holds', chest, { Modality: 'CT', WindowCenter: '9000', WindowWidth: '100' }, softTissue],
    [
      'CT with a window below all that it holds',
      chest,
      { Modality: 'CT', WindowCenter: '-3000', WindowWidth: '100' },
      softTissue,
    ],
    ['CT cropped to the liver', levels(500, -80, 160), { Modality: 'CT' }, softTissue],
    ['CT that was never rescaled', levels(500, 900, 2000), { Modality: 'CT' }, 'percentiles'],
    ['CT in a NIfTI file', chest, undefined, softTissue],
    ['CT in a NIfTI file, padded', [...levels(100, -3024, -3024), ...chest], undefined, softTissue],
    ['air and bone alone, in a NIfTI file', [...levels(600, -1024, -980), ...levels(300, 300, 1200)], undefined, 'percentiles'],
    ['MR in a NIfTI file', [...levels(600, 0, 30), ...levels(400, 200, 1500)], undefined, 'percentiles'],
    ['a subtraction of MR', [...levels(500, -400, 0), ...levels(500, 0, 900)], undefined, 'percentiles'],
    ['MR whose levels look like Hounsfield units', chest, { Modality: 'MR' }, 'percentiles'],
    ['PET', [...levels(900, 0, 0.2), ...levels(100, 0.5, 12)], { Modality: 'PT' }, 'percentiles'],
    ['nothing but no numbers', [NaN, NaN], { Modality: 'CT', WindowCenter: '40', WindowWidth: '400' }, 'percentiles'],
  ])('%s', (_, values, dicom, expected) => {
    const volume = volumeOf(values, dicom)
    expect(startWindow(volume)).toEqual(expected === 'percentiles' ? percentileWindow(volume.voxels) : expected)
  })
})
