import type { ImportingMessages } from '../../io/importing/messages.ts'
import type { Sentences } from '../sentences.ts'

const mostNames = 5
const some = (names: readonly string[]) => `${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ' ...' : ''}`

export const importing: Sentences<ImportingMessages> = {
  'left-out': ({ files }, say) =>
    `${files.length === 1 ? '1 file is' : `${files.length} files are`} no image and left out: ${some(files.map(({ name, reason }) => `${name} (${say(reason)})`))}.`,
  'no-image-here': ({ leftOut }, say) => `There is no image here. ${say(leftOut)}`,
  empty: () => 'empty',
  'no-grey-image': ({ reason }, say) => `This is ${say(reason)}; no grey image can be read from it.`,
  'zip-in-zip': () => 'The zip file is cut off or damaged, or lies inside another zip. Unpack it yourself and give the folder.',
  'dicom-damaged': () => 'The DICOM header is cut off or damaged. Copy or export the file again.',
  'mixed-units': ({ units, slices }, say) =>
    `The PET values of this volume are of different units: ${units.map((one) => `${one.slices} of ${slices} slices in ${say(one.unit)}`).join('; ')}. They are no one image. Export the series again, or give only the slices of one unit.`,
  copies: ({ files }) =>
    `A doubled slice: ${some(files)} ${files.length === 1 ? 'is a copy' : 'are copies'} of other files of the series (same SOPInstanceUID) and left out.`,
  'same-identifiers': ({ files, versions }) =>
    versions > 1
      ? `There are ${versions} versions of this series with the same identifiers (SOPInstanceUID) and different pixels; this one has ${files} files. They are not mixed: say which one is right.`
      : `Several of these ${files} files have the same identifier (SOPInstanceUID) and different pixels.`,
  'echo-times': ({ echoTimes }) => `The slices of this volume have different echo times (${echoTimes.join(', ')}).`,
  lossy: ({ lossy, slices, ratio }) =>
    `${lossy === slices ? 'The images were' : `${lossy} of ${slices} slices were`} compressed with loss${ratio ? ` (${ratio} : 1)` : ''}: their values are not those of the scanner, and features change. Use the uncompressed images if there are any.`,
  inverted: ({ inverted, slices }) =>
    inverted === slices
      ? 'The images are MONOCHROME1, which is shown with dark and light exchanged. The values are those stored.'
      : `${inverted} of ${slices} slices are MONOCHROME1, which is shown with dark and light exchanged, the others are not. The values are those stored: check whether they mean the same in all slices.`,
  'lookup-table': ({ tabled, slices }) =>
    tabled === slices
      ? 'The values come from the table of the file (Modality LUT).'
      : `The values of ${tabled} of ${slices} slices come from the table of their file (Modality LUT), the others have none: check whether they mean the same in all slices.`,
  'several-mappings': ({ mappings }) =>
    `The file gives ${mappings.length} mappings of its values to the real world (${mappings.join(', ')}); the first is used.`,
  'detector-spacing': () =>
    'The files give no pixel spacing in the patient; that of the detector is taken (ImagerPixelSpacing), before which the patient is magnified: lengths and volumes come out too large.',
  'nothing-chosen': () => 'There is no file in it. Choose NIfTI, NRRD, MetaImage or DICOM files, or a folder that holds them.',
  'drop-not-listed': ({ why }) => `The dropped files could not be listed: ${why}`,
}
