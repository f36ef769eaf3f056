import type { HeaderMessages, UnreadableType, VoxelKind } from '../../io/headers/messages.ts'
import type { Sentences } from '../sentences.ts'

const correct = 'Correct the header or export the image again.'

const unreadable: Readonly<Record<UnreadableType, string>> = {
  bits: 'single bits',
  complex: 'complex numbers',
  float128: 'floating-point numbers of 128 bits',
}

const kinds: Readonly<Record<VoxelKind, string>> = {
  matrix: 'a matrix',
  symmetricMatrix: 'a symmetric matrix',
  displacement: 'a displacement',
  vector: 'a vector',
  point: 'a point',
  triangle: 'a triangle',
  quaternion: 'a quaternion',
  rgb: 'a colour (RGB)',
  rgba: 'a colour (RGBA)',
}

const short = (value: number) => String(Number(value.toPrecision(4)))
const lengths = (mm: readonly number[]) => `${mm.map(short).join(' x ')} mm`
const separate = 'or save each volume as a file of its own'

export const headers: Sentences<HeaderMessages> = {
  'empty-axis': ({ axis, voxels }) => `The header says that axis ${axis} has ${voxels} voxels; at least 1 is needed. ${correct}`,
  spacing: ({ axis, spacingMm }) =>
    `The voxel spacing along axis ${axis} is ${spacingMm} mm; it must be a positive number. ${correct}`,
  'length-unit': ({ unit }) => `The header gives lengths in "${unit}"; millimetres are needed. ${correct}`,
  'no-voxel-size': ({ format }) =>
    `The header gives no voxel size (${format === 'NRRD' ? 'space directions or spacings' : 'ElementSpacing'}): 1 mm is taken.`,

  dimensions: ({ dimensions }) =>
    `The header says that the image has ${dimensions} dimensions (dim[0]); from 1 to 7 are possible. ${correct}`,
  'axis-too-long': ({ voxels, most }) =>
    `The file is NIfTI-2 with ${voxels} voxels along an axis; up to ${most} can be read. ${correct}`,
  'voxel-type': ({ datatype, kind }) =>
    `The voxels are ${kind ? unreadable[kind] : 'of an unknown kind'} (datatype ${datatype}); integers of up to 64 bits and floating-point numbers of 32 or 64 bits can be read. ${correct}`,
  bitpix: ({ datatype, bits, bitpix }) =>
    `The header contradicts itself: voxels of its datatype ${datatype} have ${bits} bits, its bitpix says ${bitpix}. Which of the two holds is unknown. ${correct}`,
  'scaling-not-finite': ({ slope, intercept }) =>
    `The header's scaling is no number: scl_slope ${slope}, scl_inter ${intercept}. ${correct}`,
  'scaling-too-small': ({ slope }) =>
    `The header's scaling of the values, scl_slope ${slope}, is too small to be read. ${correct}`,
  'several-numbers': ({ kind, intentCode, components }) =>
    `The header says that each voxel is ${kinds[kind]} (intent_code ${intentCode}), of ${components} numbers; one grey value a voxel is needed. ${correct}`,
  'one-number-of-several': ({ kind, intentCode }) =>
    `The header says that each voxel is ${kinds[kind]} (intent_code ${intentCode}), the file has one number a voxel: it is taken for the value. Check what it means.`,
  'read-as-mm': ({ unit }) => `The header gives lengths in ${unit}; they are read as millimetres.`,
  'no-nifti-orientation': () =>
    'The header gives no orientation (qform_code and sform_code are 0): left, front and top are unknown. The axes are taken for left, back and up, the first voxel for 0.',
  'forms-disagree': ({ sformMm, qformMm, apartMm, isTurned, used, sformCode }) => {
    const differences = [
      `voxels of ${lengths(sformMm)} and ${lengths(qformMm)}`,
      `first voxels ${apartMm.toFixed(2)} mm apart`,
      ...(isTurned ? ['axes in different directions'] : []),
    ]
    const why =
      used === 'sform'
        ? 'The sform is used.'
        : `The qform, of the scanner, is used; the sform is of another space (code ${sformCode}).`
    return `The header's sform and qform disagree: ${differences.join(', ')}. ${why} Check where the mask lies on the image.`
  },
  'form-left-out': ({ form, problem }, say) =>
    `The ${form} is left out: ${say(problem)} The ${form === 'sform' ? 'qform' : 'sform'} is used.`,
  'no-form': ({ problems }, say) => `${problems.map(say).join(' ')} ${correct}`,
  'qform-offset': ({ offset }) => `The offset of the qform is no number (${offset.join(', ')}).`,
  quaternion: ({ quaternion, length }) =>
    `The quaternion of the qform (${quaternion.map(short).join(', ')}) is no rotation: its length is ${length.toPrecision(7)}, at most 1 is allowed.`,
  'sform-not-finite': () => 'The sform holds entries that are no numbers.',
  'sform-singular': () => 'The sform is singular: its axes lie in one plane or have no length.',
  'sform-sheared': ({ angleDegrees }) =>
    `The sform is sheared: two of its axes meet at ${angleDegrees.toFixed(2)}° instead of 90°. Resample the image onto perpendicular axes first.`,
  pixdim: ({ pixdimMm, sformMm }) =>
    `The voxel size in the header (pixdim ${lengths(pixdimMm)}) is not that of its sform (${lengths(sformMm)}): the sform's is used, as the NIfTI standard says. Check which of the two is right.`,

  'missing-field': ({ field }) => `The header lacks the field "${field}". ${correct}`,
  blocks: () => `The voxels are blocks of bytes (type "block"), not numbers. ${correct}`,
  'dimension-and-sizes': ({ dimension, sizes }) =>
    `The header contradicts itself: its dimension is ${dimension}, its sizes are of ${sizes} axes. ${correct}`,
  encoding: ({ encoding }) =>
    `The voxels of this NRRD file are packed with ${/^bz(ip)?2$/.test(encoding) ? 'bzip2' : `an encoding that is not known, "${encoding}"`}; raw and gzip can be read. Open it in the program that wrote it, or 3D Slicer, and save it without compression.`,
  'byte-order': ({ bytes }) =>
    `The header does not give the byte order (endian) of its numbers of ${bytes} bytes. Add the line "endian: little" or "endian: big" to the header, whichever gives the right image, or export it again.`,
  'axis-outside-space': ({ axis, isTime }) =>
    `Axis ${axis} has no direction in space${isTime ? ' and is one of time (kind "time")' : ''}; several volumes can be read where its kind is "list". Write "list" in its place in the line "kinds" of the header, ${separate}.`,
  'axis-of-time': ({ axis, axes }) =>
    `Axis ${axis} of ${axes} is one of time (kind "time"); it can be read where it follows three axes of space. Save the image with time last, ${separate}.`,
  'space-dimensions': ({ axes, dimensions }) =>
    `The header contradicts itself: ${axes} axes of the image lie in a space of ${dimensions} dimensions. ${correct}`,
  'space-with-time': ({ space }) =>
    `The header gives the space "${space}"; of spaces with time only left-posterior-superior-time can be read. ${correct}`,
  'axis-limits': () =>
    `The header gives the size of its voxels by axis mins and axis maxs; spacings or space directions are needed. ${correct}`,
  'space-unknown': ({ space }) =>
    `The header ${space === undefined ? 'gives no space' : `gives the space "${space}"`}: left, front and top are unknown. The axes are taken for left, back and up (LPS).`,
  'space-origin': () => 'The header gives no space origin: the first voxel is taken to be at 0.',
  'values-of-others': () => 'The header says that the values were made of others (old min, old max): the stored ones are taken.',

  'element-type': ({ type }) =>
    `The header gives its voxels the type "${type}", which is no type of single numbers, as short is (MET_SHORT in a MetaImage). ${correct}`,
  'no-numbers': ({ field, given }) => `The header's ${field} is "${given}"; numbers were expected. ${correct}`,
  'voxels-as-text': () =>
    'The voxels are written as text (BinaryData = False), whose end cannot be told; binary ones are needed. Open it in the program that wrote it, or 3D Slicer, and save it as .nrrd or .nii.gz.',
  'intensity-function': ({ slope, offset }) =>
    `The header wants the values scaled (ElementToIntensityFunctionSlope ${slope}, Offset ${offset}), which is not done by any common program. ${correct}`,
  'anatomical-orientation': ({ letters, fromMatrix, hasMatrix }) =>
    `The header's AnatomicalOrientation is ${letters}, its ${hasMatrix ? 'TransformMatrix is' : 'axes without a TransformMatrix are'} ${fromMatrix}: where left, front and top are is in doubt. ${fromMatrix} is taken.`,
}
