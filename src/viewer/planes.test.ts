import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction } from '../core/image/volume.ts'
import { axisVector, directionLetters, edgeLetters, gridPlanes, planes } from './planes.ts'

/** Row-major matrix with these columns. */
const columns = (x: number[], y: number[], z: number[]): Direction => [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]]
const lettersOf = (direction: Direction) =>
  Object.fromEntries(
    planes.map((plane) => {
      const { left, right, top, bottom } = edgeLetters(direction, gridPlanes(direction)[plane])
      return [plane, `${left} ${right} ${top} ${bottom}`]
    }),
  )

/** What every scan along the body's axes must show, whatever the order and the sense of its index axes. */
const upright = { axial: 'R L A P', sagittal: 'A P S I', coronal: 'R L S I' }

describe('gridPlanes and edgeLetters', () => {
  it('says of a mirrored image that left is right, and leaves the other letters', () => {
    const direction = columns([1, 0, 0], [0, 1, 0], [0, 0, 1])
    const { axial, sagittal } = gridPlanes(direction)
    expect(edgeLetters(direction, axial, true)).toEqual({ left: 'L', right: 'R', top: 'A', bottom: 'P' })
    expect(edgeLetters(direction, sagittal, true)).toEqual(edgeLetters(direction, sagittal))
  })

  it('shows scans along the axes of the body as radiologists look at them', () => {
    const axes = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      for (let signs = 0; signs < 8; signs++) {
        const direction = columns(
          ...(order.map((axis, column) => axes[axis].map((v) => (signs & (1 << column) ? -v : v) + 0)) as [
            number[],
            number[],
            number[],
          ]),
        )
        expect(lettersOf(direction)).toEqual(upright)
      }
    }
  })

  it('is right for the sample case brain1, whose second index axis runs to the front', () => {
    const direction: Direction = [1, 0, 0, 0, -1, 0, 0, 0, 1]
    expect(gridPlanes(direction)).toEqual({
      axial: { across: { axis: 0, sign: 1 }, down: { axis: 1, sign: -1 }, through: { axis: 2, sign: 1 } },
      sagittal: { across: { axis: 1, sign: -1 }, down: { axis: 2, sign: -1 }, through: { axis: 0, sign: 1 } },
      coronal: { across: { axis: 0, sign: 1 }, down: { axis: 2, sign: -1 }, through: { axis: 1, sign: 1 } },
    })
  })

  it('names both parts of an oblique edge, the greater first', () => {
    const [c, s] = [Math.cos(0.5), Math.sin(0.5)]
    // Turned about the long axis of the body: the rows run to the left and somewhat to the back.
    expect(lettersOf(columns([c, s, 0], [-s, c, 0], [0, 0, 1]))).toEqual({
      axial: 'RA LP AL PR',
      sagittal: 'AL PR S I',
      coronal: 'RA LP S I',
    })
    // The same, mirrored: a left-handed grid.
    expect(lettersOf(columns([-c, -s, 0], [-s, c, 0], [0, 0, 1]))).toEqual({
      axial: 'RA LP AL PR',
      sagittal: 'AL PR S I',
      coronal: 'RA LP S I',
    })
  })

  it('takes each index axis once, and never looks from behind, for any rotation', () => {
    const angle = fc.double({ min: -3.1, max: 3.1, noNaN: true })
    fc.assert(
      fc.property(angle, angle, angle, fc.boolean(), (a, b, c, mirrored) => {
        const direction = rotation(a, b, c, mirrored)
        const found = gridPlanes(direction)
        expect([found.axial.through.axis, found.sagittal.through.axis, found.coronal.through.axis].sort()).toEqual([0, 1, 2])
        for (const plane of planes) {
          const { across, down, through } = found[plane]
          expect([across.axis, down.axis, through.axis].sort()).toEqual([0, 1, 2])
        }
        // To the right is rather left than right of the patient, down rather back than front, up rather head than feet.
        expect(axisVector(direction, found.axial.across)[0]).toBeGreaterThanOrEqual(0)
        expect(axisVector(direction, found.axial.down)[1]).toBeGreaterThanOrEqual(0)
        expect(axisVector(direction, found.coronal.down)[2]).toBeLessThanOrEqual(0)
      }),
      { seed: 4, numRuns: 300 },
    )
  })
})

it('leaves out parts under six degrees, and names up to three', () => {
  expect(directionLetters([0.999, 0.04, 0])).toBe('L')
  expect(directionLetters([-0.8, -0.6, 0])).toBe('RA')
  expect(directionLetters([0.5, -0.6, -0.62])).toBe('IAL')
})

function rotation(a: number, b: number, c: number, mirrored: boolean): Direction {
  const [ca, sa, cb, sb, cc, sc] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b), Math.cos(c), Math.sin(c)]
  const m = mirrored ? -1 : 1
  return [
    m * cb * cc,
    -cb * sc,
    sb,
    m * (sa * sb * cc + ca * sc),
    -sa * sb * sc + ca * cc,
    -sa * cb,
    m * (-ca * sb * cc + sa * sc),
    ca * sb * sc + sa * cc,
    ca * cb,
  ]
}
