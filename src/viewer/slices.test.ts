import { describe, expect, it } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { extractSlice } from './extractSlice.ts'
import { colourSlice } from './maskLayer.ts'
import { gridPlanes } from './planes.ts'

// Grey level of voxel (x, y, z): 100 z + 10 y + x.
const size = [3, 2, 2] as const
const voxels = Int16Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112)

describe('extractSlice', () => {
  it('lays a slice down as the view shows it, row by row', () => {
    const { axial, sagittal, coronal } = gridPlanes(identityDirection)
    expect([...extractSlice({ voxels, size }, axial, 1)]).toEqual([100, 101, 102, 110, 111, 112])
    // Head up: the highest slice is the first row.
    expect([...extractSlice({ voxels, size }, coronal, 1)]).toEqual([110, 111, 112, 10, 11, 12])
    expect([...extractSlice({ voxels, size }, sagittal, 2)]).toEqual([102, 112, 2, 12])
  })

  it('turns a slice whose index axes run against the screen', () => {
    const { axial } = gridPlanes([-1, 0, 0, 0, -1, 0, 0, 0, 1])
    expect([...extractSlice({ voxels, size }, axial, 0)]).toEqual([12, 11, 10, 2, 1, 0])
  })

  it('shows what is not finite as 0', () => {
    const { axial } = gridPlanes(identityDirection)
    expect([...extractSlice({ voxels: Float64Array.of(NaN, 2.5, -Infinity, 4), size: [2, 2, 1] }, axial, 0)]).toEqual([
      0, 2.5, 0, 4,
    ])
  })
})

describe('colourSlice', () => {
  const mask = {
    voxels: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0),
    size,
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: identityDirection,
  } as const

  it('colours the voxels of the mask, by rising index, and nothing else', () => {
    const { pixels, any } = colourSlice(mask, 0, 1, 2, 1, [1, 2, 3])
    expect(any).toBe(true)
    expect([...pixels]).toEqual([...Array(12).fill(0), 1, 2, 3, 255, ...Array(8).fill(0)])
    const side = colourSlice(mask, 1, 2, 0, 1, [9, 9, 9])
    expect([...side.pixels]).toEqual([9, 9, 9, 255, ...Array(12).fill(0)])
  })

  it('tells of an empty slice', () => {
    expect(colourSlice(mask, 1, 2, 0, 2, [1, 2, 3]).any).toBe(false)
  })
})
