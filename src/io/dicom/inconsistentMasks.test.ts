import { describe, expect, it } from 'vitest'
import { say } from '../../messages/say.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { encodeDicomFile, type DicomElement } from './encodeDicom.ts'
import { readSegmentation } from './readSegmentation.ts'
import { describeStructures, readStructures } from './readStructures.ts'

/* Segmentations and structure sets that contradict themselves: what cannot be told is refused, what is decided is told. */

const grid = { size: [8, 8, 4], spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] } as const
const references = [{ seriesUid: '1.2', grid }]

type Box = readonly [x0: number, y0: number, x1: number, y1: number]
/** A rectangle in the second slice whose edges run between voxels. */
const contour = (box: Box, type = 'CLOSED_PLANAR', data = cornersOf(box)): DicomElement[] => [['30060042', 'CS', type], ['30060046', 'IS', '4'], ['30060050', 'DS', data]] // prettier-ignore
const cornersOf = ([x0, y0, x1, y1]: Box) =>
  [[x0, y0], [x1, y0], [x1, y1], [x0, y1]].flatMap(([x, y]) => [String(x - 0.5), String(y - 0.5), '2']) // prettier-ignore
const item = (tag: string, elements: DicomElement[]): DicomElement => [tag, 'SQ', [elements]]

interface Drawn {
  readonly roi: string
  readonly name: string
  readonly frame?: string
  readonly contours: DicomElement[][]
}

const frameOf = (uid: string, series: string): DicomElement[] => [
  ['00200052', 'UI', uid],
  item('30060012', [item('30060014', [['0020000e', 'UI', series]])]),
]

function setOf(drawn: readonly Drawn[], frames = [frameOf('1.9', '1.2')], split = drawn) {
  const named = drawn.map(({ roi, name, frame = '1.9' }): DicomElement[] => [
    ['30060022', 'IS', roi],
    ['30060024', 'UI', frame],
    ['30060026', 'LO', name],
  ])
  const contours = split.map(({ roi, contours }): DicomElement[] => [
    ['30060040', 'SQ', contours],
    ['30060084', 'IS', roi],
  ])
  const bytes = encodeDicomFile('1.2.840.10008.5.1.4.1.1.481.3', '2.25.1', [
    ['00080060', 'CS', 'RTSTRUCT'],
    ['30060010', 'SQ', frames],
    ['30060020', 'SQ', named],
    ['30060039', 'SQ', contours],
  ])
  return fileFromBytes('set.dcm', bytes)
}

async function read(file: ReturnType<typeof setOf>) {
  const { volumes, warnings } = await readStructures(file, references)
  const counts = Object.fromEntries(
    volumes.flatMap(({ source }) => source.segments!.map(({ name, value, voxelCount }) => [name, [value, voxelCount]])),
  )
  return { counts, warnings: warnings.map(say), volumes }
}

describe('contours of a structure in one slice', () => {
  it('that stand there twice, at whatever point they begin, count once', async () => {
    const turned = [...cornersOf([1, 1, 5, 5]).slice(3), ...cornersOf([1, 1, 5, 5]).slice(0, 3)]
    const { counts, warnings } = await read(
      setOf([
        { roi: '1', name: 'A', contours: [contour([1, 1, 5, 5]), contour([1, 1, 5, 5], 'CLOSED_PLANAR', turned)] },
        { roi: '2', name: 'B', contours: [contour([1, 1, 5, 5]), contour([2, 2, 4, 4])] },
      ]),
    )
    expect(counts).toEqual({ A: [1, 16], B: [2, 12] })
    expect(warnings).toEqual(['"A": 1 contour stands there twice and counts once.'])
  })

  it('that cross are told, unless they are said to exclude each other', async () => {
    const boxes: Box[] = [[0, 0, 4, 4], [2, 2, 6, 6]] // prettier-ignore
    const { counts, warnings } = await read(
      setOf([
        { roi: '1', name: 'A', contours: boxes.map((box) => contour(box)) },
        { roi: '2', name: 'B', contours: boxes.map((box) => contour(box, 'CLOSEDPLANAR_XOR')) },
      ]),
    )
    expect(counts).toEqual({ A: [1, 24], B: [2, 24] })
    expect(warnings).toEqual([expect.stringMatching(/^"A": contours cross each other in slice 2 \(counted from 1\); what two/)])
  })

  it('are all taken where they stand in several items of the structure', async () => {
    const one: Drawn = { roi: '1', name: 'A', contours: [contour([0, 0, 2, 2])] }
    const file = setOf([one], undefined, [one, { ...one, contours: [contour([4, 4, 7, 7])] }])
    expect((await read(file)).counts).toEqual({ A: [1, 13] })
  })

  it('whose points cannot be read make their structure refused', async () => {
    const good: Drawn = { roi: '1', name: 'Good', contours: [contour([0, 0, 2, 2])] }
    for (const data of [[...cornersOf([1, 1, 5, 5]), ''], cornersOf([1, 1, 5, 5]).slice(1), ['1', '1', 'x']]) {
      const bad: Drawn = {
        roi: '2',
        name: 'Bad',
        contours: [contour([1, 1, 5, 5]), contour([1, 1, 5, 5], 'CLOSED_PLANAR', data)],
      }
      const { counts, warnings } = await read(setOf([good, bad]))
      expect(counts).toEqual({ Good: [1, 4] })
      expect(warnings).toEqual([
        expect.stringMatching(/^The structure "Bad" is refused: the points of its contour 2 cannot be read/),
      ])
    }
  })
})

describe('structures', () => {
  const drawn: Drawn[] = [
    { roi: '0', name: 'A', contours: [contour([0, 0, 2, 2])] },
    { roi: '1', name: 'B', contours: [contour([4, 4, 7, 7])] },
  ]

  it('of the same number are refused: whose contours they are cannot be told', async () => {
    const file = setOf(drawn.map((one) => ({ ...one, roi: '7' })))
    const message = /structures "A", "B" have the same number \(ROINumber 7\)/
    await expect(readStructures(file, references)).rejects.toThrowSaying(message)
    await expect(describeStructures(file)).rejects.toThrowSaying(message)
  })

  it('whose numbers are no values of a mask are numbered by order, which is told', async () => {
    const { counts, warnings } = await read(setOf(drawn))
    expect(counts).toEqual({ A: [1, 4], B: [2, 9] })
    const told = expect.stringMatching(/\(ROINumber 0, 1\) cannot all be values of a mask.* numbered by their order instead/)
    expect(warnings).toEqual([told])
    expect((await describeStructures(setOf(drawn))).warnings.map(say)).toEqual([told])
  })

  it('of the frame of reference of another series are not laid on this one', async () => {
    const [here, there] = [{ ...drawn[0], roi: '3' }, { ...drawn[1], frame: '1.8' }] // prettier-ignore
    const { counts, warnings, volumes } = await read(setOf([here, there], [frameOf('1.8', '1.3'), frameOf('1.9', '1.2')]))
    expect(counts).toEqual({ A: [3, 4] })
    expect(warnings).toEqual([expect.stringContaining('The structure "B" is refused: it is drawn in another frame of reference')])
    expect(volumes[0].source.dicom).toMatchObject({ FrameOfReferenceUID: '1.9' })
  })
})

describe('a segmentation', () => {
  interface Frame {
    readonly segment: number
    readonly z: string
  }

  const made = (frames: readonly Frame[], announced = frames.length, type = 'BINARY', pixels = frames.map(() => 3)) =>
    fileFromBytes(
      'seg.dcm',
      encodeDicomFile('1.2.840.10008.5.1.4.1.1.66.4', '2.25.2', [
        ['00080060', 'CS', 'SEG'],
        ['00280008', 'IS', String(announced)],
        ['00280010', 'US', [1]],
        ['00280011', 'US', [8]],
        ['00280100', 'US', [type === 'BINARY' ? 1 : 8]],
        ['00620001', 'CS', type],
        ['00620002', 'SQ', [[['00620004', 'US', [1]], ['00620005', 'LO', 'One']]]],
        ['52009229', 'SQ', [[item('00289110', [['00180050', 'DS', '2'], ['00280030', 'DS', ['1', '1']]]), item('00209116', [['00200037', 'DS', ['1', '0', '0', '0', '1', '0']]])]]],
        ['52009230', 'SQ', frames.map(({ segment, z }) => [item('00209113', [['00200032', 'DS', ['0', '0', z]]]), item('0062000a', [['0062000b', 'US', [segment]]])])],
        ['7fe00010', 'OW', Uint8Array.from(pixels)],
      ]),
    ) // prettier-ignore

  it('with two frames of a segment at one place is refused', async () => {
    const frames = [{ segment: 1, z: '0' }, { segment: 1, z: '2' }, { segment: 1, z: '2.01' }] // prettier-ignore
    await expect(readSegmentation(made(frames))).rejects.toThrowSaying(/Frames 2 and 3 of the segmentation are both of segment 1/)
  })

  it('with more frames than are described is refused', async () => {
    await expect(readSegmentation(made([{ segment: 1, z: '0' }], 2))).rejects.toThrowSaying(/announces 2 frames and says of 1/)
  })

  it.each(['BINARY', 'LABELMAP'])('with voxels of a segment that is not described has it by number: %s', async (type) => {
    const frames = [{ segment: 1, z: '0' }, { segment: 4, z: '2' }] // prettier-ignore
    const pixels = type === 'BINARY' ? [3, 7] : [1, 1, 0, 0, 0, 0, 0, 0, 4, 4, 4, 0, 0, 0, 0, 0]
    const { volumes, warnings } = await readSegmentation(made(frames, 2, type, pixels))
    expect(volumes[0].source.segments).toEqual([
      { value: 1, name: 'One', voxelCount: 2 },
      { value: 4, name: 'Segment 4', voxelCount: 3 },
    ])
    expect(warnings.map(say)).toEqual(['Voxels are of segment 4, which the file does not describe.'])
  })
})
