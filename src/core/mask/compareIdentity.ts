import type { VolumeSource } from '../image/volume.ts'

const identifiers = [
  ['PatientID', 'another patient'],
  ['StudyInstanceUID', 'another examination'],
  ['FrameOfReferenceUID', 'another frame of reference: positions need not agree'],
] as const

/**
 * Signs in the DICOM attributes that a mask was not drawn on this image, full sentences; none if they agree or are unknown.
 * The identifiers themselves are not in the messages.
 */
export function compareIdentity(image: VolumeSource, mask: VolumeSource): string[] {
  return identifiers
    .filter(
      ([keyword]) =>
        image.dicom?.[keyword] !== undefined &&
        mask.dicom?.[keyword] !== undefined &&
        image.dicom[keyword] !== mask.dicom[keyword],
    )
    .map(([keyword, meaning]) => `The mask is of ${meaning} (its ${keyword} is not that of the image).`)
}
