import { describe, expect, it } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { brightnessOf, dicomWindow, greyScaleOf, isHounsfield, percentileWindow, startWindow } from './greyWindow.ts'

const levels = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / count)

/** Every hundredth of the voxels, in order, of a CT of a body (`CT_small.dcm` of pydicom, a slice of NEMA's samples). */
// prettier-ignore
const realCt = [
  -896, -850, -840, -833, -828, -823, -818, -815, -810, -806, -800, -796, -790, -784, -778, -771, -761, -750, -731, -707, -657,
  -570, -381, -161, -127, -117, -112, -106, -102, -97, -94, -90, -86, -82, -78, -72, -68, -62, -55, -48, -42, -36, -30, -25, -20,
  -16, -12, -9, -5, -2, 2, 5, 8, 11, 14, 17, 19, 22, 24, 26, 28, 30, 33, 35, 37, 39, 42, 44, 46, 49, 51, 54, 57, 60, 63, 66, 71,
  76, 81, 87, 97, 117, 134, 146, 156, 163, 171, 179, 189, 203, 216, 235, 256, 280, 308, 348, 419, 479, 570, 673, 1167,
]

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

  it('makes a twentieth of what is bright white at most, however much air there is around it', () => {
    // All tissue would be white, and in the second picture a quarter of it, if a hundredth of all voxels were.
    const skullStripped = [...new Array<number>(990).fill(0), ...levels(10, 400, 800)]
    expect(percentileWindow(Float32Array.from(skullStripped))).toEqual({ centre: 380, width: 760 })
    const pet = [...levels(960, 0, 0.05), ...levels(40, 0.5, 10.5)]
    const { centre, width } = percentileWindow(Float32Array.from(pet))
    expect(pet.filter((value) => value > centre + width / 2)).toHaveLength(2)
    expect(centre - width / 2).toBeCloseTo(0, 2)
  })

  const volumeOf = (values: readonly number[], dicom?: Readonly<Record<string, string>>): Volume => ({
    size: [values.length, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels: Float32Array.from(values),
    source: dicom ? { path: 'made', format: 'DICOM', dicom } : { path: 'made', format: 'NIfTI' },
  })
  it('is the same for MONOCHROME1, through which it goes from white to black', () => {
    const window = { WindowCenter: '40', WindowWidth: '400' }
    const [plain, inverted] = ['MONOCHROME2', 'MONOCHROME1'].map((kind) =>
      volumeOf([-400, 400], { ...window, PhotometricInterpretation: kind }),
    )
    expect(startWindow(inverted)).toEqual(startWindow(plain))
    const shown = [plain, inverted].map((image) =>
      [-160, 40, 140, 500].map((value) => brightnessOf(value, greyScaleOf(image, startWindow(image)))),
    )
    expect(shown).toEqual([
      [0, 0.5, 0.75, 1],
      [1, 0.5, 0.25, 0],
    ])
  })

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
    ['a real CT', realCt, { Modality: 'CT' }, softTissue],
    ['a real CT in a NIfTI file', realCt, undefined, softTissue],
    ['a real CT that was never rescaled', realCt.map((value) => value + 1024), { Modality: 'CT' }, 'percentiles'],
    ['a real CT that was never rescaled, padded', [0, ...realCt.map((v) => v + 1024)], { Modality: 'CT' }, 'percentiles'],
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

  it.each<[string, number[], string | undefined, boolean]>([
    ['a real CT', realCt, 'CT', true],
    ['a real CT without a modality', realCt, undefined, true],
    ['CT cropped to the liver', levels(500, -80, 160), 'CT', true],
    ['CT cropped to the liver, without a modality', levels(500, -80, 160), undefined, false],
    ['CT that was never rescaled', realCt.map((value) => value + 1024), 'CT', false],
    ['CT cropped to a vertebra', levels(500, 10, 800), 'CT', true],
    ['MR whose levels look like Hounsfield units', realCt, 'MR', false],
    ['PET', levels(500, 0, 12), 'PT', false],
    ['nothing but no numbers', [NaN, NaN], 'CT', false],
  ])('offers the windows of a CT where the levels are Hounsfield units: %s', (_, values, modality, expected) => {
    expect(isHounsfield(volumeOf(values, modality === undefined ? undefined : { Modality: modality }))).toBe(expected)
  })
})
