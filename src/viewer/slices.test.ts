import { describe, expect, it } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { greySlice } from './imageLayer.ts'
import { colourSlice } from './maskLayer.ts'
import { gridPlanes } from './planes.ts'

// Grey level of voxel (x, y, z): 100 z + 10 y + x.
const size = [3, 2, 2] as const
const voxels = Int16Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112)
const { axial, sagittal, coronal } = gridPlanes(identityDirection)

describe('greySlice', () => {
  /** Red, of pixels whose red, green and blue must be the same, and opaque. */
  const grey = (
    ...[volume, axes, slice, window]: Parameters<typeof greySlice> extends [...infer Given, Uint32Array] ? Given : never
  ) => {
    const words = new Uint32Array(volume.size[axes.across.axis] * volume.size[axes.down.axis])
    greySlice(volume, axes, slice, window, words)
    return [...words].map((word) => {
      expect(word).toBe((0xff000000 | ((word & 255) * 0x010101)) >>> 0)
      return word & 255
    })
  }
  const asStored = { centre: 127.5, width: 255 }

  it('lays a slice down by rising index, whatever the plane', () => {
    expect(grey({ voxels, size }, axial, 1, asStored)).toEqual([100, 101, 102, 110, 111, 112])
    expect(grey({ voxels, size }, coronal, 1, asStored)).toEqual([10, 11, 12, 110, 111, 112])
    expect(grey({ voxels, size }, sagittal, 2, asStored)).toEqual([2, 12, 102, 112])
  })

  it('is black below the window, white above it, and even between', () => {
    const levels = Float32Array.of(-5, 0, 25.5, 51, 101.9, 103)
    expect(grey({ voxels: levels, size: [6, 1, 1] }, axial, 0, { centre: 51, width: 102 })).toEqual([0, 0, 64, 128, 255, 255])
  })

  it('shows what is not a number as black, infinity as white', () => {
    const levels = Float64Array.of(NaN, 2.5, -Infinity, Infinity)
    expect(grey({ voxels: levels, size: [2, 2, 1] }, axial, 0, { centre: 2.5, width: 5 })).toEqual([0, 128, 0, 255])
  })
})

describe('colourSlice', () => {
  const mask = { voxels: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0), size } as const

  it('colours the voxels of the mask, by rising index, and nothing else', () => {
    const words = new Uint32Array(6).fill(7)
    expect(colourSlice(mask, axial, 1, [1, 2, 3], words)).toBe(true)
    expect([...new Uint8Array(words.buffer)]).toEqual([...Array<number>(12).fill(0), 1, 2, 3, 255, ...Array<number>(8).fill(0)])
    const side = new Uint32Array(4)
    expect(colourSlice(mask, sagittal, 1, [9, 9, 9], side)).toBe(true)
    expect([...new Uint8Array(side.buffer)]).toEqual([9, 9, 9, 255, ...Array<number>(12).fill(0)])
  })

  it('tells of an empty slice', () => {
    expect(colourSlice(mask, sagittal, 2, [1, 2, 3], new Uint32Array(4))).toBe(false)
  })
})
