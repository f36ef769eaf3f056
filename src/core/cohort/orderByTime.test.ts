import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identityDirection } from '../image/volume.ts'
import { clockTime } from './clockTime.ts'
import type { ListedVolume } from './clusterPhases.ts'
import { orderByTime } from './orderByTime.ts'

interface Made {
  name: string
  time?: string
  tr?: string
  slices?: number
  position?: number
  uid?: string
}

function make({ name, time, tr = '4', slices = 20, position, uid }: Made): ListedVolume {
  const clock = clockTime('20240301', time)
  return {
    size: [10, 10, slices],
    spacingMm: [1, 1, 2],
    originMm: [0, 0, 0],
    direction: identityDirection,
    source: {
      path: name,
      format: uid === undefined ? 'NIfTI' : 'DICOM',
      ...(uid !== undefined && { dicom: { Modality: 'MR', RepetitionTime: tr } }),
      timing: {
        clocks: { ...(clock && { acquisition: clock }) },
        ...(position !== undefined && { temporalPosition: position }),
        ...(uid !== undefined && { uid }),
      },
    },
  }
}

const study = [
  make({ name: 'late/t2', time: '100500', tr: '4000', uid: '9' }),
  make({ name: 'x/phase a', time: '102000', uid: '5' }),
  make({ name: 'b', time: '102100', uid: '3' }),
  make({ name: 'a', time: '102200', uid: '4' }),
  make({ name: 'dwi', time: '103000', tr: '8000', uid: '2' }),
  make({ name: 'without a time', tr: '900', uid: '1' }),
]

test('images of a visit come in the order of time, whatever the order in which they are given', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(study, { minLength: study.length }), (shuffled) => {
      expect(orderByTime(shuffled, (volume) => volume)).toEqual(study)
    }),
  )
})

test('phases without times go by their temporal positions, and stay together', () => {
  const phases = [1, 2, 3, 4].map((position) => make({ name: `p${5 - position}`, position, uid: `${9 - position}` }))
  const t2 = make({ name: 't2', tr: '4000', time: '090000', uid: '0' })
  expect(orderByTime([phases[2], phases[0], t2, phases[3], phases[1]], (volume) => volume)).toEqual([t2, ...phases])
})

test('files without any header go by the numbers in their names, what is called before contrast first', () => {
  const names = (...given: string[]) => orderByTime(given, (name) => make({ name }))
  expect(names('p10.nii', 'p9.nii', 'p1.nii')).toEqual(['p1.nii', 'p9.nii', 'p10.nii'])
  expect(names('post_1.nii', 'pre.nii')).toEqual(['pre.nii', 'post_1.nii'])
})
