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

  it('prefers what the scanner said', () => {
    const volume: Volume = {
      size: [2, 1, 1],
      spacingMm: [1, 1, 1],
      originMm: [0, 0, 0],
      direction: identityDirection,
      voxels: Int16Array.of(0, 10),
      source: { path: 'series', format: 'DICOM', dicom: { WindowCenter: '50', WindowWidth: '20' } },
    }
    expect(startWindow(volume)).toEqual({ centre: 50, width: 20 })
    expect(startWindow({ ...volume, source: { path: 'a.nii', format: 'NIfTI' } })).toEqual({ centre: 5, width: 10 })
  })
})
