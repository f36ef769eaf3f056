import { expect, it } from 'vitest'
import { say } from '../../messages/say.ts'
import type { VolumeSource } from '../image/volume.ts'
import { compareIdentity } from './compareIdentity.ts'

const source = (dicom: Record<string, string>): VolumeSource => ({ path: 'scan', format: 'DICOM', dicom })

it('names each identifier that differs, without its value', () => {
  const image = source({ PatientID: 'A17', StudyInstanceUID: '1.2', FrameOfReferenceUID: '1.3' })
  const other = source({ PatientID: 'B18', StudyInstanceUID: '1.2', FrameOfReferenceUID: '1.4' })
  const messages = compareIdentity(image, other).map(say)
  expect(messages).toHaveLength(2)
  expect(messages[0]).toContain('another patient')
  expect(messages[1]).toContain('FrameOfReferenceUID')
  expect(messages.join()).not.toMatch(/A17|B18/)
})

it('says nothing where they agree or one side does not know', () => {
  const image = source({ PatientID: 'A17', StudyInstanceUID: '1.2' })
  expect(compareIdentity(image, image)).toEqual([])
  expect(compareIdentity(image, { path: 'mask.nii', format: 'NIfTI' })).toEqual([])
  expect(compareIdentity(image, source({ FrameOfReferenceUID: '1.4' }))).toEqual([])
})
