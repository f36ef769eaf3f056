import { describe, expect, it } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { extractSlice } from './extractSlice.ts'
import { colourSlice, findBorders } from './maskLayer.ts'
import { gridPlanes } from './planes.ts'

// Grey level of voxel (x, y, z): 100 z + 10 y + x.
const size = [3, 2, 2] as const
const voxels = Int16Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112)
const { axial, sagittal, coronal } = gridPlanes(identityDirection)

describe('extractSlice', () => {
  it('lays a slice down as the view shows it, row by row', () => {
    expect([...extractSlice({ voxels, size }, axial, 1)]).toEqual([100, 101, 102, 110, 111, 112])
    // Head up: the highest slice is the first row.
    expect([...extractSlice({ voxels, size }, coronal, 1)]).toEqual([110, 111, 112, 10, 11, 12])
    expect([...extractSlice({ voxels, size }, sagittal, 2)]).toEqual([102, 112, 2, 12])
  })

  it('turns a slice whose index axes run against the screen', () => {
    const turned = gridPlanes([-1, 0, 0, 0, -1, 0, 0, 0, 1])
    expect([...extractSlice({ voxels, size }, turned.axial, 0)]).toEqual([12, 11, 10, 2, 1, 0])
  })

  it('shows what is not finite as 0', () => {
    expect([...extractSlice({ voxels: Float64Array.of(NaN, 2.5, -Infinity, 4), size: [2, 2, 1] }, axial, 0)]).toEqual([
      0, 2.5, 0, 4,
    ])
  })
})

describe('colourSlice', () => {
  const mask = { voxels: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0), size } as const

  it('colours the voxels of the mask, by rising index, and nothing else', () => {
    const words = new Uint32Array(6).fill(7)
    expect(
      colourSlice(
        mask,
        axial,
        1,
        [
          [1, 2, 3],
          [7, 7, 7],
        ],
        words,
      ),
    ).toBe(true)
    expect([...new Uint8Array(words.buffer)]).toEqual([...Array<number>(12).fill(0), 1, 2, 3, 255, ...Array<number>(8).fill(0)])
    const side = new Uint32Array(4)
    expect(
      colourSlice(
        mask,
        sagittal,
        1,
        [
          [9, 9, 9],
          [7, 7, 7],
        ],
        side,
      ),
    ).toBe(true)
    expect([...new Uint8Array(side.buffer)]).toEqual([9, 9, 9, 255, ...Array<number>(12).fill(0)])
  })

  it('gives voxels that hold 2 the second colour', () => {
    const two = { voxels: Uint8Array.of(1, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0), size } as const
    const words = new Uint32Array(6)
    expect(
      colourSlice(
        two,
        axial,
        0,
        [
          [1, 1, 1],
          [2, 2, 2],
        ],
        words,
      ),
    ).toBe(true)
    const [first, second] = [
      [1, 1, 1, 255],
      [2, 2, 2, 255],
    ]
    const none = [0, 0, 0, 0]
    expect([...new Uint8Array(words.buffer)]).toEqual([first, second, none, none, second, none].flat())
  })

  it('tells of an empty slice', () => {
    expect(
      colourSlice(
        mask,
        sagittal,
        2,
        [
          [1, 2, 3],
          [7, 7, 7],
        ],
        new Uint32Array(4),
      ),
    ).toBe(false)
  })
})

describe('findBorders', () => {
  const of = (rows: readonly string[]) => ({
    voxels: Uint8Array.from(rows.join(''), Number),
    size: [rows[0].length, rows.length, 1] as const,
  })
  const sorted = (lines: number[]) =>
    Array.from({ length: lines.length / 4 }, (_, i) => lines.slice(4 * i, 4 * i + 4).join(' ')).sort()

  it('goes along the faces of the voxels, round holes too and up to the border of the slice', () => {
    const [lines, second] = findBorders(of(['1110', '1010', '1110']), axial, 0)
    expect(sorted(lines)).toEqual(['0 0 0 3', '0 0 3 0', '0 3 3 3', '1 1 1 2', '1 1 2 1', '1 2 2 2', '2 1 2 2', '3 0 3 3'])
    expect(second).toEqual([])
  })

  it('parts the two colours where they touch, and takes the slice of the plane that is asked for', () => {
    const [one, two] = findBorders(of(['12']), axial, 0)
    expect(sorted(one)).toEqual(['0 0 0 1', '0 0 1 0', '0 1 1 1', '1 0 1 1'])
    expect(sorted(two)).toEqual(['1 0 1 1', '1 0 2 0', '1 1 2 1', '2 0 2 1'])
    // By rising index, as the pixels of a fill.
    const standing = { voxels: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0), size }
    expect(sorted(findBorders(standing, coronal, 0)[0])).toEqual(['1 0 1 1', '1 0 2 0', '1 1 2 1', '2 0 2 1'])
    expect(findBorders(standing, sagittal, 2)[0]).toEqual([])
  })
})
