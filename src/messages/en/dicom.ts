import type { DicomMessages, PetUnit, WrittenKind } from '../../io/dicom/messages.ts'
import type { Sentences } from '../sentences.ts'

const again = 'Copy or export it again.'
const drawNothing = 'Nothing is drawn in it: export it again.'

const petUnits: Readonly<Record<Exclude<PetUnit, 'other'>, string>> = {
  activity: 'Bq/ml, activity concentration and not SUV',
  suv: 'SUV (g/ml)',
  suvByWeight: 'SUV by body weight (g/ml)',
  suvByLeanMass: 'SUV by lean body mass (g/ml)',
  suvBySurface: 'SUV by body surface (cm2/ml)',
  suvByIdealWeight: 'SUV by ideal body weight (g/ml)',
  counts: 'counts, not SUV',
  countRate: 'counts per second, not SUV',
  likeCounts: 'proportional to counts, not SUV',
  likeCountRate: 'proportional to counts per second, not SUV',
  unknown: 'unknown (the file gives no Units)',
}

const gap = ({ slice, slices, foundMm, usualMm }: DicomMessages['uneven'], digits: number) =>
  `between slices ${slice} and ${slice + 1} of ${slices} there are ${foundMm.toFixed(digits)} mm instead of ${usualMm.toFixed(digits)}`

const titles: Readonly<Record<WrittenKind, string>> = {
  segmentation: 'A DICOM segmentation',
  'structure set': 'A DICOM structure set',
}

export const dicom: Sentences<DicomMessages> = {
  'no-orientation': () => 'The slices carry no orientation (ImageOrientationPatient): where they lie in the patient is unknown.',
  'pixel-spacing': ({ foundMm }) =>
    `The pixel spacing is ${foundMm ? foundMm.join(' x ') : 'missing'}; two positive numbers are needed (PixelSpacing).`,
  'no-positions': ({ missing, slices }) => `${missing} of ${slices} slices carry no position (ImagePositionPatient).`,
  'not-perpendicular': ({ orientation }) =>
    `The rows and columns of the slices are not perpendicular (ImageOrientationPatient ${orientation.join(', ')}).`,
  'single-slice': ({ thicknessMm }) =>
    thicknessMm === undefined
      ? 'The series is a single slice of unknown thickness; 1 mm is taken.'
      : `The series is a single slice; its thickness, ${thicknessMm} mm, is taken as the distance of slices.`,
  'same-place': ({ slice, slices, atMm, pairs }) =>
    `Slices ${slice} and ${slice + 1} of ${slices} lie at the same place (${atMm.toFixed(2)} mm)${pairs > 1 ? `, and so do ${pairs - 1} more pairs` : ''}, and nothing in their headers tells them apart.`,
  'slices-missing': ({ missing, ...place }) =>
    `${missing === 1 ? 'A slice is' : `About ${missing} slices are`} missing: ${gap(place, 2)}.`,
  uneven: (place) => `The slices are not evenly spaced: ${gap(place, 3)}.`,
  'slightly-uneven': (place) => `The slices are not quite evenly spaced: ${gap(place, 3)}. Their mean distance is used.`,
  sideways: ({ mm }) =>
    `The slices are shifted sideways by ${mm.toFixed(2)} mm from the first to the last (tilted gantry): they make no rectangular volume. Resample the series to one first.`,

  'pixels-cut-off': ({ file, presentBytes, expectedBytes }) =>
    `${file} is cut off: ${presentBytes} of ${expectedBytes} bytes of pixel data are there. ${again}`,
  'no-pixels': ({ file }) => `${file} is cut off: it has no pixel data. ${again}`,
  'file-not-decoded': ({ file }) =>
    `${file} cannot be decoded: it is damaged or uses an encoding that ITK does not know. Export it again, uncompressed if possible.`,
  'pixel-formats-differ': () =>
    'The slices can be decoded one by one, but not together: their pixel formats differ. Export the series again.',
  'pet-unit': ({ unit, given, isUncorrected }) =>
    `${unit === 'other' ? `${given} (Units of the file), not SUV` : petUnits[unit]}${isUncorrected ? ', not corrected for decay' : ''}`,
  'pet-unit-not-suv': ({ unit }, say) =>
    `The unit of the PET values is ${say(unit)}: features of patients with other doses and weights do not compare.`,

  'without-image': ({ modality = 'unknown modality' }) => `DICOM without an image (${modality})`,
  dose: () => 'a radiotherapy dose (RTDOSE), not an image',
  palette: () => 'a colour DICOM image (palette; grey values are needed)',
  colour: ({ samples }) => `a colour DICOM image (${samples} numbers a voxel; one grey value is needed)`,
  'unusual-bits': ({ allocated, stored, highest }) =>
    `an image whose values stand in unusual bits (Bits Allocated ${allocated}, Bits Stored ${stored}, High Bit ${highest})`,
  'packed-map': () => 'a parametric map, or an image of floating-point numbers, that is packed or of an unknown kind',
  'map-table': () =>
    'a parametric map that gives its values as a table (Real World Value LUT Data), which is not read: export it with slope and intercept',
  'map-scale': () =>
    'a parametric map whose values cannot be told, since its mapping to the real world has no slope and intercept',
  'lut-incomplete': () => 'an image whose Modality LUT, which says what its values mean, is incomplete',
  scale: ({ element, given }) => `an image whose values cannot be told, since its ${element} is "${given}"`,
  'no-stack': ({ type = 'of unknown type' }) =>
    `a nuclear medicine image (NM, ${type}) that is no stack of slices (RECON TOMO is)`,

  'segmentation-damaged': () => `The segmentation is cut off or damaged. ${again}`,
  'segmentation-syntax': ({ syntax }) =>
    `The segmentation is stored in the transfer syntax ${syntax}; only uncompressed ones are read. Export it uncompressed.`,
  'segmentation-bits': ({ bits }) => `The segmentation has ${bits} bits a voxel; 1, 8 or 16 were expected.`,
  'segmentation-cut-off': ({ presentBytes, expectedBytes }) =>
    `The segmentation is cut off: ${presentBytes} of ${expectedBytes} bytes of pixel data are there. ${again}`,
  'segmentation-without-frames': () => 'The segmentation has no frames: no voxel is drawn in it.',
  'segmentation-without-orientation': () =>
    'The segmentation carries no orientation (ImageOrientationPatient): where it lies is unknown.',
  'segmentation-without-spacing': () => 'The segmentation carries no pixel spacing (PixelSpacing).',
  'segmentation-turned': () => 'The frames of the segmentation have different orientations: they make no volume.',
  'segmentation-uneven': ({ frame, offMm }) =>
    `The frames of the segmentation lie on no even stack of slices: frame ${frame} is ${offMm.toFixed(2)} mm beside it. It was drawn on a series with uneven or tilted slices.`,
  fractional: () =>
    'The segmentation is fractional: its voxels are shares (probabilities or partial volume) from 0 to 1. Which of them are inside is a choice.',
  'frame-without-position': ({ frame }) => `Frame ${frame} of the segmentation carries no position (ImagePositionPatient).`,
  'frame-without-segment': ({ frame }) => `Frame ${frame} of the segmentation does not say which segment it is of.`,
  'empty-segment': ({ name }) => `The segment "${name}" is empty.`,
  'segmentation-frames': ({ announced, described }) =>
    `The segmentation announces ${announced} frames and says of ${described} where they lie. ${again}`,
  'frames-at-one-place': ({ frames: [first, second], segment }) =>
    `Frames ${first} and ${second} of the segmentation${segment === undefined ? '' : ` are both of segment ${segment} and`} lie at the same place: which of them is meant cannot be told. Export one time, or one series, alone.`,
  'segment-not-described': ({ number }) => `Voxels are of segment ${number}, which the file does not describe.`,

  'structures-damaged': () => `The structure set (RTSTRUCT) is cut off or damaged. ${again}`,
  'no-structures': () => `The structure set (RTSTRUCT) holds no structure. ${drawNothing}`,
  'no-closed-contours': ({ structures }) =>
    `The structure set (RTSTRUCT) has no closed contours; its structures are ${structures.join(', ')}. ${drawNothing}`,
  'structures-without-series': () =>
    'The structure set (RTSTRUCT) does not say which series it is drawn on. Export it again, with its reference to the series.',
  'series-not-open': ({ structures }) =>
    `The series that this structure set (RTSTRUCT) is drawn on is not open. Its structures are ${structures.join(', ')}. Open that DICOM series first, or both together, then this file again.`,
  'structures-refused': ({ refusals }, say) =>
    `${refusals.map(say).join(' ')} Draw or export the structures on the slices of the series.`,
  'structures-outside': ({ structures }) => `No voxel of the image lies in the contours of ${structures.join(', ')}.`,
  'contour-off-plane': ({ structure, offMm, slice, slices }) =>
    `The structure "${structure}" is refused: a contour lies ${offMm.toFixed(2)} mm off the plane of the nearest slice (slice ${slice} of ${slices}).`,
  'contours-beyond': ({ structure, contours }) =>
    `"${structure}": ${contours === 1 ? '1 contour lies' : `${contours} contours lie`} beyond the first or last slice of the image and cannot be kept.`,
  'contours-open': ({ structure, contours, types }) =>
    `"${structure}": ${contours === 1 ? '1 contour encloses nothing and is' : `${contours} contours enclose nothing and are`} left out (${types.join(', ')}).`,
  'no-contours': ({ structure }) => `The structure "${structure}" has no contours.`,
  'structures-share-number': ({ number, structures }) =>
    `The structures ${structures.map((name) => `"${name}"`).join(', ')} have the same number (ROINumber ${number}): which contours are of which cannot be told. Export the structure set again.`,
  'structures-renumbered': ({ numbers }) =>
    `The numbers of the structures (ROINumber ${numbers.slice(0, 5).join(', ')}${numbers.length > 5 ? ' ...' : ''}) cannot all be values of a mask, which go from 1 to 65535: the structures are numbered by their order instead.`,
  'structure-elsewhere': ({ structure }) =>
    `The structure "${structure}" is refused: it is drawn in another frame of reference, that of a series which is not open.`,
  'contour-unreadable': ({ structure, contour }) =>
    `The structure "${structure}" is refused: the points of its contour ${contour} cannot be read (ContourData is no list of three numbers a point).`,
  'contours-repeated': ({ structure, contours }) =>
    `"${structure}": ${contours === 1 ? '1 contour stands there twice and counts' : `${contours} contours stand there twice and count`} once.`,
  'contours-cross': ({ structure, slices }) =>
    `"${structure}": contours cross each other in ${slices.length === 1 ? 'slice' : `${slices.length} slices:`} ${slices.slice(0, 5).join(', ')}${slices.length > 5 ? ' ...' : ''} (counted from 1); what two of them enclose is left out, as a hole is. Join them into one if both are meant.`,

  'not-from-dicom': ({ kind }) =>
    `${titles[kind]} refers to the files of its series, and this image was not read from DICOM files. Save the mask as NIfTI or NRRD.`,
  'empty-mask': ({ kind }) => `The mask is empty: ${titles[kind].replace('A', 'a')} needs a voxel at least.`,
  'element-too-long': ({ tag, vr, bytes }) => `DICOM element ${tag} (${vr}) has ${bytes} bytes; 65535 are the most.`,
}
