import type { VolumeSource } from '../image/volume.ts'
import type { Message } from '../messages/message.ts'
import { tell, type Identifier } from './messages.ts'

const identifiers: readonly Identifier[] = ['PatientID', 'StudyInstanceUID', 'FrameOfReferenceUID']

/**
 * Signs in the DICOM attributes that a mask was not drawn on this image; none if they agree or are unknown.
 * The identifiers themselves are not in the messages.
 */
export function compareIdentity(image: VolumeSource, mask: VolumeSource): Message[] {
  return identifiers
    .filter(
      (keyword) =>
        image.dicom?.[keyword] !== undefined &&
        mask.dicom?.[keyword] !== undefined &&
        image.dicom[keyword] !== mask.dicom[keyword],
    )
    .map((identifier) => tell('identity-differs', { identifier }))
}
