import { describe, expect, test } from 'vitest'
import { identityDirection, type Direction } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { checkRise } from './checkRise.ts'
import { chooseContrastPhase } from './chooseContrastPhase.ts'
import { clockTime } from './clockTime.ts'
import { clusterPhases, setAside, type ListedVolume } from './clusterPhases.ts'
import { findPhases, isChoiceClose } from './findPhases.ts'
import { tell } from './messages.ts'

interface Made {
  time?: string
  dicom?: Record<string, string>
  origin?: Triple
  direction?: Direction
  size?: Triple
  spacing?: Triple
}
let made = 0
function volume({
  time,
  dicom = {},
  origin = [0, 0, 0],
  direction = identityDirection,
  size = [100, 100, 60],
  spacing = [1, 1, 2],
}: Made): ListedVolume {
  const clock = clockTime('20240301', time)
  return {
    size,
    spacingMm: spacing,
    originMm: origin,
    direction,
    source: {
      path: 'study',
      format: 'DICOM',
      dicom: { Modality: 'MR', RepetitionTime: '4.5', EchoTime: '1.7', FlipAngle: '10', ...dicom },
      timing: { clocks: { ...(clock && { acquisition: clock }) }, uid: `1.${String(++made).padStart(4, '0')}` },
    },
  }
}
const dce = (count: number, hour: string, more: Made = {}) =>
  Array.from({ length: count }, (_, i) => volume({ time: `${hour}${String(10 + i)}00`, ...more }))
const coronal: Direction = [1, 0, 0, 0, 0, 1, 0, -1, 0]

describe('volumes that are set aside', () => {
  test.each([
    [{ SeriesDescription: 'Subtraction 2-1' }, 'described'],
    [{ SeriesDescription: 'dyn_SUB1' }, 'described'],
    [{ SeriesDescription: 'ADC (10^-6 mm2/s)' }, 'described'],
    [{ SeriesDescription: 'subject 7 dynamic' }, undefined],
    [{ ImageType: 'DERIVED\\PRIMARY\\MIP' }, 'derived'],
    [{ ImageType: 'DERIVED\\SECONDARY\\SUBTRACTION' }, 'derived'],
    [{ ImageType: 'DERIVED\\PRIMARY\\M\\FFE' }, undefined],
    [{ ImageType: 'ORIGINAL\\PRIMARY\\M' }, undefined],
  ])('%j', (dicom, reason) => expect(setAside([volume({ dicom: dicom })])).toEqual([reason]))

  test('few slices, and three orientations in one series', () => {
    const series = { dicom: { SeriesInstanceUID: '7' } }
    const sagittal: Direction = [0, 0, 1, 1, 0, 0, 0, 1, 0]
    expect(setAside([volume({ size: [10, 10, 7] }), ...[identityDirection, coronal, sagittal].map((direction) => volume({ ...series, direction }))])).toEqual(['fewSlices', 'localizer', 'localizer', 'localizer']) // prettier-ignore
  })
})

describe('volumes that were scanned alike', () => {
  test.each<[string, Made, number]>([
    ['a first position 0.9 mm off', { origin: [0.9, 0, 0] }, 1],
    ['a first position 1.1 mm off', { origin: [1.1, 0, 0] }, 2],
    ['TE within 2 %', { dicom: { EchoTime: '1.73' } }, 1],
    ['another TE', { dicom: { EchoTime: '1.8' } }, 2],
    ['another TR', { dicom: { RepetitionTime: '5' } }, 2],
    ['another flip angle', { dicom: { FlipAngle: '12' } }, 2],
    ['another slice count', { size: [100, 100, 61] }, 2],
    ['another pixel spacing', { spacing: [1.01, 1.01, 2] }, 2],
    ['another orientation', { direction: coronal }, 2],
    ['the fat image of a Dixon scan', { dicom: { ImageType: 'DERIVED\\PRIMARY\\DIXON\\FAT' } }, 2],
    ['another frame of reference', { dicom: { FrameOfReferenceUID: '2' } }, 2],
    ['a subtraction of it', { dicom: { SeriesDescription: 'sub' } }, 2],
  ])('%s', (_, other, groups) => {
    const first = volume({ dicom: { FrameOfReferenceUID: '1' } })
    const dicom = { FrameOfReferenceUID: '1', ...other.dicom }
    expect(clusterPhases([first, volume({ ...other, dicom })])).toHaveLength(groups)
  })
})

describe('dynamic series', () => {
  const t2 = volume({ time: '100000', dicom: { RepetitionTime: '4000', EchoTime: '90' } })

  test('phases in the order of time, a T2 on their grid left out', () => {
    const phases = dce(6, '10')
    const found = findPhases([t2, ...[...phases].reverse()])
    expect(found).toMatchObject([{ phases: [6, 5, 4, 3, 2, 1], isDce: true, times: { proved: true, from: 'acquisition' } }])
  })

  test('a volume before contrast with another TE joins the phases that it lies before, and only those', () => {
    const before = volume({ time: '100900', dicom: { EchoTime: '2.1' }, origin: [0.5, 0, 0] })
    const after = volume({ time: '102900', dicom: { EchoTime: '2.1' }, origin: [0.5, 0, 0] })
    expect(findPhases([...dce(5, '10'), before])[0].phases).toEqual([5, 0, 1, 2, 3, 4])
    expect(findPhases([...dce(5, '10'), after])[0].phases).toEqual([0, 1, 2, 3, 4])
    const elsewhere = { ...before, originMm: [5, 0, 0] as const }
    expect(findPhases([...dce(5, '10'), elsewhere])[0].phases).toEqual([0, 1, 2, 3, 4])
  })

  test.each<[string, ListedVolume[], ListedVolume[], boolean]>([
    [
      'water before fat, told by its series',
      dce(6, '10', { dicom: { SeriesDescription: 'dyn_dixon_W' } }),
      dce(6, '10', { dicom: { SeriesDescription: 'dyn_dixon_F' } }),
      false,
    ],
    [
      'water before in phase, told by its image type',
      dce(6, '10', { dicom: { ImageType: 'DERIVED\\PRIMARY\\M\\WATER' } }),
      dce(6, '10', { dicom: { ImageType: 'DERIVED\\PRIMARY\\M\\IN_PHASE' } }),
      false,
    ],
    ['axial before others', dce(6, '09'), dce(6, '10', { direction: coronal }), false],
    ['4 to 12 phases before more', dce(6, '09'), dce(20, '10', { origin: [50, 0, 0] }), false],
    ['larger coverage', dce(6, '09'), dce(6, '10', { size: [100, 100, 30] }), false],
    ['finer in the plane', dce(6, '09'), dce(6, '10', { spacing: [1.5, 1.5, 2] }), false],
    ['the later one, which is to be asked', dce(6, '10', { origin: [50, 0, 0] }), dce(6, '09'), true],
  ])('of two: %s', (_, better, other, isClose) => {
    for (const volumes of [
      [...better, ...other],
      [...other, ...better],
    ]) {
      const found = findPhases(volumes)
      expect(volumes[found[0].phases[0]]).toBe(better[0])
      expect(isChoiceClose(found, volumes)).toBe(isClose)
    }
  })
})

test('T1WI is the first phase, T1WI+C the highest, the earlier of equals; a rising curve whose last is not the highest is asked', () => {
  expect(chooseContrastPhase([100, 150, 220, 220, 200], 'II')).toEqual({ before: 0, after: 2 })
  expect(chooseContrastPhase([100, 150, 170, 190], 'I')).toEqual({ before: 0, after: 3 })
  expect(chooseContrastPhase([300, 150, 170], 'II')).toEqual({ before: 0, after: 2 })
  expect(chooseContrastPhase([100, 150, 190, 185], 'I')).toEqual({
    before: 0,
    after: 2,
    decision: { code: 'risingCurve', options: [2, 3] },
  })
  expect(() => chooseContrastPhase([100], 'I')).toThrowSaying('at least two')
  expect(() => chooseContrastPhase([100, NaN], undefined)).toThrowSaying('finite')
})

test('bright grey levels that do not rise by more than 5 % after contrast are told', () => {
  const image = (level: number) => ({ voxels: Float32Array.from({ length: 1000 }, (_, i) => (i < 900 ? 10 : level)) })
  expect(checkRise(image(100), image(106))).toEqual([])
  expect(checkRise(image(100), image(104))).toEqual([tell('no-rise', { risePercent: expect.closeTo(4, 9) as number })])
  expect(checkRise(image(200), image(100))).toMatchObject([{ code: 'no-rise' }])
})
